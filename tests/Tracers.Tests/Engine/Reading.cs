using Tracers.Engine;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Engine.State;
using Tracers.Tests.Scap.Writing;

namespace Tracers.Tests.Engine;

/// <summary>What one pass over a capture gave: everything it handed out, and how it ended.</summary>
internal sealed class Reading
{
    public List<SeenEvent> Events { get; } = [];

    public List<SeenIo> Io { get; } = [];

    public List<SpanRecord> Spans { get; } = [];

    public CaptureStatistics Statistics { get; private set; } = new();

    /// <summary>The state at the end; null when the file could not be opened as a capture.</summary>
    public CaptureState State { get; private set; } = new();

    /// <summary>How the pass ended; null when it came to the end of the file.</summary>
    public ScapFormatException? Error { get; private set; }

    public static Reading Of(CaptureBuilder capture) => Of(capture.ToArray());

    public static Reading Of(byte[] capture)
    {
        // In memory: a file that this process has just written can look as if it still were, while another test starts a process.
        return capture is [0x1F, 0x8B, ..]
            ? Of(() => new CapturePass("memory", ByteSource.OpenStream("memory", _ => new MemoryStream(capture), CancellationToken.None), keepArguments: true, CancellationToken.None))
            : OfSource(MemorySource.Of(capture));
    }

    /// <summary>Reads a file; any exception but the one that a damaged file may give fails the test.</summary>
    public static Reading OfFile(string path) => Of(() => new CapturePass(path, keepArguments: true, CancellationToken.None));

    /// <summary>Reads from a source; any exception but the one that a damaged capture may give fails the test.</summary>
    public static Reading OfSource(ByteSource source) => Of(() => new CapturePass("source", source, keepArguments: true, CancellationToken.None));

    private static Reading Of(Func<CapturePass> open)
    {
        Reading reading = new();
        try
        {
            using CapturePass pass = open();
            Recorder recorder = new(reading, pass);
            reading.Statistics = pass.Statistics;
            reading.State = pass.State;
            pass.Run(ref recorder);
        }
        catch (ScapFormatException e)
        {
            reading.Error = e;
        }

        return reading;
    }

    /// <summary>What stands before the events of the first section.</summary>
    public static SectionMetadata Metadata(CaptureBuilder capture)
    {
        using TempFile file = new();
        File.WriteAllBytes(file.Path, capture.ToArray());
        using BlockReader reader = new(file.Path, ByteSource.Open(file.Path, CancellationToken.None));
        return MetadataReader.Read(reader, CancellationToken.None);
    }

    /// <summary>Name of a thread's descriptor at the end; null when it is not known.</summary>
    public string? FdName(int tid, long fd) => Fd(tid, fd) is { } info ? State.Fds.Names.Text(info.NameId) : null;

    public IEnumerable<string?> FdNames(int tid, params IEnumerable<long> fds) => fds.Select(fd => FdName(tid, fd));

    public FdInfo? Fd(int tid, long fd) => State.Threads.Find(tid)?.Fds[fd];
}
