using Tracers.Engine.Analysis.Traces;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Export.Spans;

/// <summary>The spans of one capture, for a format that needs all of them before it can write one.</summary>
internal sealed class SpanBatch(string path)
{
    private TraceForest? _forest;

    public string Path { get; } = path;

    public List<SpanRecord> Spans { get; } = [];

    /// <summary>When the capture ended, ns since the epoch; 0 where that is not known.</summary>
    public long CaptureEnd { get; set; }

    /// <summary>Its trees, once all spans are there.</summary>
    public TraceForest Forest => _forest ??= new TraceForest(Spans, CaptureEnd);
}
