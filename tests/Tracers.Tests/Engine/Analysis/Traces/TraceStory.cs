using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Traces;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Spans;

namespace Tracers.Tests.Engine.Analysis.Traces;

/// <summary>A capture of spans at given times: a service of three threads (100, 101, 102), each with /dev/null as 3 and a file as 4.</summary>
internal sealed class TraceStory
{
    public const long Microsecond = 1_000;
    public const long Second = 1_000_000_000;

    private readonly CaptureBuilder _capture = new CaptureBuilder().Header().Processes(
        CaptureBuilder.Process(100, "web"),
        CaptureBuilder.Process(101, "web-2", pid: 100, flags: 1),
        CaptureBuilder.Process(102, "web-3", pid: 100, flags: 1));

    public TraceStory() => _capture.Fds(100, FdRecord.ForFile(3, "/dev/null", 2), FdRecord.ForFile(4, "/srv/data", 3));

    public byte[] Bytes => _capture.ToArray();

    /// <summary>A marker at a time after the beginning, in nanoseconds.</summary>
    public TraceStory At(long time, string marker, int tid = 100)
    {
        _capture.Now = CaptureBuilder.Start + time - 1000;
        _capture.Write(tid, 3, marker);
        return this;
    }

    /// <summary>Reads bytes from the file, or fails to with a negative number.</summary>
    public TraceStory Read(long time, long result, int tid = 100)
    {
        _capture.Now = CaptureBuilder.Start + time - 1000;
        _capture.Read(tid, 4, result);
        return this;
    }

    public List<SpanRecord> Spans(SpanQuery? query = null) => Spans(out _, query);

    public List<SpanRecord> Spans(out long captureEnd, SpanQuery? query = null)
    {
        List<SpanRecord> spans = [];
        using CaptureFile file = new("memory", MemorySource.Of(Bytes), keepArguments: true, CancellationToken.None);
        file.ReadSpans(query ?? new SpanQuery { WithWork = true }, spans.Add);
        captureEnd = file.Statistics.LastTimestamp;
        return spans;
    }

    public TraceForest Forest(SpanQuery? query = null)
    {
        List<SpanRecord> spans = Spans(out long end, query);
        return new TraceForest(spans, end);
    }
}
