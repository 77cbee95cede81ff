using System.Globalization;
using System.Runtime.InteropServices;
using Tracers.Engine.Scap.Writing;

namespace Tracers.Engine.Capture.Linux;

/// <summary>The file that a capture writes, or the row of them when it rotates.</summary>
internal sealed class RecordingFiles : IDisposable
{
    private const int LastErrno = 4096;
    private const int NumberDigits = 4;

    private readonly CaptureOptions _options;
    private readonly List<string> _kept = [];
    private FileStream? _prepared;
    private readonly bool _existed;
    private int _count;

    /// <summary>Opens the first file, so that one that cannot be written is known before anything is attached. What is in it stays until <see cref="Begin"/>.</summary>
    /// <exception cref="CaptureStartException">It cannot be written, or exists and is not to be overwritten.</exception>
    public RecordingFiles(CaptureOptions options)
    {
        _options = options;
        string path = NextPath();
        _existed = File.Exists(path);
        try
        {
            if (!options.Overwrite && LaterFile() is { } later)
                throw Exists(later);
            _prepared = Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Refuse(path, e);
        }
    }

    /// <summary>Why a capture did not begin whose first file could be opened and not be written: a full disk. What was made of the file goes.</summary>
    public CaptureStartException NotBegun(IOException reason)
    {
        string path = _kept is [var first, ..] ? first : NextPath();
        if (!_existed)
            File.Delete(path);
        return Refuse(path, reason);
    }

    /// <summary>The files that are there, the newest last.</summary>
    public IReadOnlyList<string> Kept
    {
        get
        {
            lock (_kept)
                return [.. _kept];
        }
    }

    /// <summary>The writer of the next file. The oldest one goes where there are too many.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public CaptureWriter Begin()
    {
        string path = NextPath();
        FileStream stream = _prepared ?? Open(path);
        _prepared = null;
        if (stream is { CanSeek: true, Length: > 0 })
            stream.SetLength(0);
        _count++;
        lock (_kept)
            _kept.Add(path);
        CaptureWriter writer = new(new WholeWrites(stream), new CaptureWriterOptions { Compress = _options.Compress, CutLongNames = true });
        if (_options.RotateCount > 0 && _kept.Count > _options.RotateCount)
        {
            File.Delete(_kept[0]);
            lock (_kept)
                _kept.RemoveAt(0);
        }

        return writer;
    }

    /// <summary>Leaves no empty file behind when the capture did not begin.</summary>
    public void Dispose()
    {
        if (_prepared is null)
            return;
        _prepared.Dispose();
        _prepared = null;
        if (!_existed)
            File.Delete(NextPath());
    }

    private string NextPath()
    {
        if (_options.RotateBytes is null)
            return _options.Path;
        string folder = Path.GetDirectoryName(_options.Path) ?? "";
        string name = Path.GetFileNameWithoutExtension(_options.Path);
        return Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}.{_count + 1:D4}{Path.GetExtension(_options.Path)}"));
    }

    // One of an earlier capture would end this one when its turn comes.
    private string? LaterFile()
    {
        if (_options.RotateBytes is null || Path.GetDirectoryName(_options.Path) is not { } folder || !Directory.Exists(folder))
            return null;
        string name = Path.GetFileNameWithoutExtension(_options.Path), extension = Path.GetExtension(_options.Path);
        return Directory.EnumerateFiles(folder).FirstOrDefault(file => IsOneOfTheRow(Path.GetFileName(file), $"{name}.", extension));
    }

    private static bool IsOneOfTheRow(string file, string begin, string end) =>
        file.Length >= begin.Length + NumberDigits + end.Length && file.StartsWith(begin, StringComparison.Ordinal) && file.EndsWith(end, StringComparison.Ordinal)
        && !file.AsSpan(begin.Length..^end.Length).ContainsAnyExceptInRange('0', '9');

    private FileStream Open(string path) => new(path, _options.Overwrite ? FileMode.OpenOrCreate : FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);

    private static CaptureStartException Exists(string path) => new(CaptureStartFailure.Path, ExistsText(path));

    private static string ExistsText(string path) => $"'{path}' exists. Overwrite it with -Force, or choose another -Path.";

    private CaptureStartException Refuse(string path, Exception e)
    {
        string why = e switch
        {
            _ when _existed && !_options.Overwrite => ExistsText(path),
            DirectoryNotFoundException => $"'{path}' cannot be written: its folder does not exist. Create it, or choose another -Path.",
            UnauthorizedAccessException => $"'{path}' cannot be written: no permission. Choose another -Path.",
            _ => $"'{path}' cannot be written: {Reason(e)}. Choose another -Path.",
        };
        return new CaptureStartException(CaptureStartFailure.Path, why, e);
    }

    // Of a call that failed .NET keeps the error's number, and adds the path to its text.
    private static string Reason(Exception e) =>
        e.HResult is > 0 and < LastErrno ? Marshal.GetPInvokeErrorMessage(e.HResult) : e.Message.TrimEnd('.');
}
