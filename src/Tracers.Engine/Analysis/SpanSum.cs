using Tracers.Engine.Spans;

namespace Tracers.Engine.Analysis;

/// <summary>Spans that have something in common.</summary>
internal sealed class SpanSum
{
    private long _earliest = long.MaxValue;

    /// <summary>How many there are, in whatever state.</summary>
    public long Count { get; private set; }

    /// <summary>Nanoseconds that those which are finished took together.</summary>
    public long Time { get; private set; }

    /// <summary>Joined tags of the one that began first: of those with one id the outermost.</summary>
    public string OuterTag { get; private set; } = "";

    public void Add(SpanNode span, string tag)
    {
        Count++;
        if (Count == 1 || (span.Sequence > 0 && span.Sequence < _earliest))
        {
            _earliest = span.Sequence > 0 ? span.Sequence : long.MaxValue;
            OuterTag = tag;
        }

        if (span.Start >= 0 && span.End != 0)
            Time += Math.Max(span.End - span.Start, 0);
    }
}
