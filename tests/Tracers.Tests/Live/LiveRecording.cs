using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Capture;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Tests.Engine;
using Tracers.Tests.Engine.Capture;
using Tracers.Tests.Engine.Differential;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Live;

/// <summary>A capture of this machine that went from the beginning to the end of some work.</summary>
internal sealed class LiveRecording : IDisposable
{
    private readonly TempFile _file = new();
    private List<EventRecord>? _events;

    private LiveRecording()
    {
    }

    public string Path => _file.Path;

    /// <summary>How far it was when it had ended.</summary>
    public CaptureProgress Progress { get; private set; }

    /// <summary>All events, hidden ones too.</summary>
    public IReadOnlyList<EventRecord> Events => _events ??= ReadEvents();

    /// <summary>Records while something works; the test is skipped where this machine cannot be recorded.</summary>
    public static LiveRecording Of(Action work, Func<CaptureOptions, CaptureOptions>? with = null)
    {
        LiveMachine.Require();
        LiveRecording recording = new();
        CaptureOptions options = new() { Path = recording.Path };
        using CaptureSession session = CaptureSession.Start(with is null ? options : with(options));
        work();
        session.Stop();
        Assert.Null(session.Error);
        recording.Progress = session.Progress;
        return recording;
    }

    /// <summary>The name that an event is listed under, a marker's as the write that it is.</summary>
    public static string NameOf(EventRecord e) => GenericCall.Is(e.Layout.Type) ? GenericCall.Name(GenericCall.Id(e.View)) : e.Info.Name;

    /// <summary>The events of a process's threads.</summary>
    public IEnumerable<EventRecord> Of(int pid) => Events.Where(e => e.Thread.Pid == pid);

    /// <summary>Those of them that are of one call's beginnings or ends.</summary>
    public IEnumerable<EventRecord> Of(int pid, string name, bool exits) => Of(pid).Where(e => e.IsExit == exits && NameOf(e) == name);

    /// <summary>What a pass over it found out; it has to be a whole file.</summary>
    public Reading Read()
    {
        Reading reading = Reading.OfFile(Path);
        Assert.Null(reading.Error);
        return reading;
    }

    /// <summary>Spans with an id.</summary>
    public List<SpanRecord> Spans(Func<SpanRecord, bool> which) => [.. Read().Spans.Where(which)];

    /// <summary>Bytes of reads and writes by the tags of the innermost span.</summary>
    public Dictionary<string, long> BytesByTag() =>
        EngineTable.Read(Path, new IoQuery { Keys = [IoKey.SpanTag] }, t => t.Bytes).ToDictionary();

    public void Dispose() => _file.Dispose();

    private List<EventRecord> ReadEvents()
    {
        List<EventRecord> events = [];
        using CaptureFile file = new(Path, keepArguments: true, CancellationToken.None);
        file.ReadEvents(new EventQuery { IncludeHidden = true }, events.Add);
        return events;
    }
}
