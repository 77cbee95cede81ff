using Tracers.Engine.Analysis.Traces;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Pictures;

/// <summary>A line of a waterfall: a span, or several that were folded into it.</summary>
/// <param name="depth">How far inside.</param>
/// <param name="spans">One span; those that were folded, without what lies in them.</param>
/// <param name="isFold">Whether it stands for spans that have no line of their own, be it one.</param>
internal sealed class WaterfallRow(int depth, IReadOnlyList<TraceNode> spans, bool isFold)
{
    public int Depth { get; } = depth;

    public IReadOnlyList<TraceNode> Spans { get; } = spans;

    public bool IsFold { get; } = isFold;

    /// <summary>Its stretches of the longest path, those of spans without a line of their own included.</summary>
    public List<PathSection> Path { get; } = [];

    /// <summary>Spans that lie in folded ones.</summary>
    public long Inside { get; set; }

    /// <summary>Nanoseconds from beginning to end, of all together; of unfinished ones to the end of the capture.</summary>
    public long Duration => Spans.Sum(static s => s.End - s.Start);

    /// <summary>Nanoseconds in which no span inside was open, of all together; null unless it is known of all.</summary>
    public long? SelfTime => Sum(static s => s.State == SpanState.Finished ? s.SelfTime : s.Work?.Own.Time);

    /// <summary>Bytes with the spans inside; null unless they are known of all.</summary>
    public long? Bytes => Sum(static s => s.Work?.Inclusive.Bytes);

    /// <summary>Calls that failed, with those of the spans inside; null unless they are known of all.</summary>
    public long? Errors => Sum(static s => s.Work?.Inclusive.Errors);

    /// <summary>Whether one of them was still open when the capture ended.</summary>
    public bool IsUnfinished => Spans.Any(static s => s.IsUnfinished);

    private long? Sum(Func<SpanRecord, long?> value)
    {
        long sum = 0;
        foreach (TraceNode span in Spans)
        {
            if (value(span.Span) is not { } known)
                return null;
            sum += known;
        }

        return sum;
    }
}
