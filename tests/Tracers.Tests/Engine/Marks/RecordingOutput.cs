using System.Text;
using System.Text.RegularExpressions;
using Tracers.Engine.Scap.Records;
using Tracers.Marks;
using Xunit;

namespace Tracers.Tests.Engine.Marks;

/// <summary>Stands in the place of <c>/dev/null</c>, and gives what was written as text or as a capture of the process.</summary>
/// <remarks>Other tests of the process may mark at the same time: what is asserted must be of tags that only the test has.</remarks>
internal sealed partial class RecordingOutput : MarkerOutput, IDisposable
{
    public const int Markers = 3;
    public const int File = 4;
    public const int Switches = 6;

    private readonly MarkerOutput _before = Current;
    private readonly List<WrittenMarker> _written = [];

    public RecordingOutput() => Current = this;

    /// <summary>Whether writes fail.</summary>
    public bool Fails { get; set; }

    public void Dispose() => Current = _before;

    public override bool Write(byte[] marker, int length) => Add(Markers, marker.AsSpan(0, length));

    public override bool WriteSwitch(byte[] marker, int length) => Add(Switches, marker.AsSpan(0, length));

    /// <summary>The calling thread writes that many bytes to a file.</summary>
    public void WriteFile(int bytes) => Add(File, new byte[bytes]);

    /// <summary>Markers whose tags begin so, with their ids numbered in the order in which they come.</summary>
    public IReadOnlyList<string> Lines(string tag)
    {
        List<string> ids = [];
        List<string> lines = [];
        foreach (WrittenMarker write in Written())
        {
            string text = Encoding.UTF8.GetString(write.Bytes);
            Match head = Head().Match(text);
            if (write.Fd != Markers || !text[head.Length..].StartsWith(tag, StringComparison.Ordinal))
                continue;
            string id = head.Groups[1].Value;
            if (!ids.Contains(id))
                ids.Add(id);
            lines.Add($"{text[0]}:#{ids.IndexOf(id) + 1}:{text[head.Length..]}");
        }

        return lines;
    }

    /// <summary>All that was written, in the order of time.</summary>
    public IReadOnlyList<WrittenMarker> Written()
    {
        lock (_written)
            return [.. _written];
    }

    /// <summary>What the engine makes of it.</summary>
    public Reading Read()
    {
        IReadOnlyList<WrittenMarker> written = Written();
        CaptureBuilder capture = new CaptureBuilder().Header();
        int[] threads = [.. written.Select(w => w.Thread).Distinct()];
        capture.Processes([.. threads.Select(tid => CaptureBuilder.Process(tid, "app"))]);
        foreach (int tid in threads)
        {
            capture.Fds(
                tid, FdRecord.ForFile(Markers, "/dev/null", 2), FdRecord.ForFile(File, "/tmp/file", 3), FdRecord.ForFile(Switches, "/dev/null", 2));
        }

        foreach (WrittenMarker write in written)
            capture.Write(write.Thread, write.Fd, write.Bytes);
        Reading reading = Reading.Of(capture);
        Assert.Null(reading.Error);
        return reading;
    }

    // Threads get numbers that threads of a machine can have.
    private bool Add(int fd, ReadOnlySpan<byte> bytes)
    {
        if (Fails)
            return false;
        WrittenMarker write = new(1000 + Environment.CurrentManagedThreadId, fd, bytes.ToArray());
        lock (_written)
            _written.Add(write);
        return true;
    }

    [GeneratedRegex("^.:([0-9]+):")]
    private static partial Regex Head();
}
