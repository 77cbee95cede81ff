using Tracers.Engine.Spans;

namespace Tracers.Engine.Export.Spans;

/// <summary>A format that needs to know all spans: which lies in which, and when the first began.</summary>
internal abstract class BatchedExport : SpanExport
{
    private readonly OrderedDictionary<string, SpanBatch> _batches = new(StringComparer.Ordinal);

    /// <summary>The captures with their spans, in the order in which they came.</summary>
    private protected IReadOnlyList<SpanBatch> Batches => _batches.Values;

    public override void EndCapture(string path, long timestamp)
    {
        if (_batches.TryGetValue(path, out SpanBatch? batch))
            batch.CaptureEnd = Math.Max(batch.CaptureEnd, timestamp);
    }

    private protected override void Write(SpanRecord span, string path)
    {
        if (!_batches.TryGetValue(path, out SpanBatch? batch))
            _batches.Add(path, batch = new SpanBatch(path));
        batch.Spans.Add(span);
    }
}
