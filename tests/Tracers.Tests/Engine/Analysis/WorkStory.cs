using System.Text;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Analysis;

/// <summary>A capture whose every event has a time, in microseconds since its beginning.</summary>
internal sealed class WorkStory
{
    private const long Microsecond = 1000;

    private readonly CaptureBuilder _capture = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(100), CaptureBuilder.Process(200), CaptureBuilder.Process(300));

    public WorkStory()
    {
        foreach (int tid in (int[])[100, 200, 300])
        {
            _capture.Fds(
                tid,
                FdRecord.ForFile(3, "/dev/null", 2),
                FdRecord.ForFile(4, "/tmp/blob.bin", 3),
                FdRecord.ForSocket(5, new(0x0900000A, 50000), new(0x0500000A, 8888), 2),
                FdRecord.ForNamed(6, FdRecordType.Pipe));
        }
    }

    public WorkStory Event(long at, int tid, ushort type, params ReadOnlySpan<object> parameters)
    {
        _capture.Now = CaptureBuilder.Start + at * Microsecond;
        _capture.Event(tid, type, parameters);
        return this;
    }

    public WorkStory Read(long from, long to, int tid, long fd, long result) =>
        Event(from, tid, 6, fd, 9u).Event(to, tid, 7, result, Array.Empty<byte>());

    /// <summary>A marker; its write begins one microsecond before.</summary>
    public WorkStory Mark(long at, int tid, string marker) => BeginMark(at - 1, tid).EndMark(at, tid, marker);

    public WorkStory BeginMark(long at, int tid) => Event(at, tid, 8, 3L, 9u);

    /// <summary>What returns from writing a marker; alone, as recorders of exits have it, it says which descriptor that was.</summary>
    public WorkStory EndMark(long at, int tid, string marker)
    {
        byte[] data = Encoding.UTF8.GetBytes(marker);
        return Event(at, tid, 9, (long)data.Length, data, 3L, (uint)data.Length);
    }

    public CaptureBuilder Capture => _capture;

    /// <summary>The spans in the order of their ends.</summary>
    public List<SpanRecord> Spans() => Spans(_capture.ToArray());

    /// <summary>Those of any capture.</summary>
    public static List<SpanRecord> Spans(byte[] capture)
    {
        List<SpanRecord> spans = [];
        using CaptureFile file = new("memory", MemorySource.Of(capture), keepArguments: false, CancellationToken.None);
        file.ReadSpans(new SpanQuery { WithWork = true }, spans.Add);
        return spans;
    }

    public SpanRecord Span(string tag) => Spans().Single(s => s.Tags.Text == tag);

    /// <summary>The parts of a time that are not 0, in microseconds.</summary>
    public static string Parts(WorkTotals totals)
    {
        (string Name, long Time)[] parts =
        [
            ("file", totals.FileTime), ("network", totals.NetworkTime), ("pipe", totals.PipeTime), ("wait", totals.WaitTime),
            ("other", totals.OtherTime), ("rest", totals.RestTime),
        ];
        Assert.Equal(totals.Time, parts.Sum(p => p.Time));
        return string.Join(' ', parts.Where(p => p.Time != 0).Select(p => $"{p.Name} {p.Time / (double)Microsecond}"));
    }
}
