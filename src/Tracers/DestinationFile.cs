using Tracers.Engine.Scap.Linux;

namespace Tracers;

/// <summary>
/// A file that appears under its name when it is whole: until then it lies beside it under another one, and goes when it is not completed.
/// </summary>
/// <param name="path">Its name; where that is a link, the file behind it is replaced. What is no file, a pipe or a device, is written to as it is.</param>
internal sealed class DestinationFile(string path) : IDisposable
{
    private string _target = path;
    private string? _temporary;
    private DestinationStream? _stream;

    /// <summary>Its name.</summary>
    public string Path { get; } = path;

    /// <summary>Whether a pipe or a device has this name.</summary>
    public bool IsSpecial { get; } = OperatingSystem.IsLinux() && FileStatus.Of(path) is { IsRegular: false };

    /// <summary>Whether <see cref="Open"/> was called.</summary>
    public bool IsOpen => _stream is not null;

    /// <summary>Whether it is the same file as another.</summary>
    public bool Is(string other) =>
        string.Equals(System.IO.Path.GetFullPath(other), Path, StringComparison.Ordinal)
        || (OperatingSystem.IsLinux() && FileStatus.Of(Path) is { } own && FileStatus.Of(other) is { } status && own.Device == status.Device && own.Inode == status.Inode);

    /// <summary>Where to write; created when it is first asked for.</summary>
    /// <exception cref="DestinationException">It cannot be created.</exception>
    public Stream Open()
    {
        if (_stream is not null)
            return _stream;
        try
        {
            if (IsSpecial)
                return _stream = new DestinationStream(new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
            _target = new FileInfo(Path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : Path;

            // The system would name the temporary file.
            if (System.IO.Path.GetDirectoryName(_target) is { } folder && !Directory.Exists(folder))
                throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
            string temporary = $"{_target}.{Guid.NewGuid().ToString("N")[..8]}.partial";
            _stream = new DestinationStream(new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0));
            _temporary = temporary;
            return _stream;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DestinationException(e);
        }
    }

    /// <summary>Gives the file its name; does nothing when it was not opened.</summary>
    /// <exception cref="DestinationException">It cannot be written to its end or renamed.</exception>
    public void Complete()
    {
        if (_stream is null)
            return;
        try
        {
            _stream.Dispose();
            if (_temporary is not null)
                File.Move(_temporary, _target, overwrite: true);
            _temporary = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DestinationException(e);
        }
    }

    /// <summary>Removes what was not completed.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        if (_temporary is null)
            return;
        File.Delete(_temporary);
        _temporary = null;
    }
}
