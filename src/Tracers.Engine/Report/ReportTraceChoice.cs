using Tracers.Engine.Spans;

namespace Tracers.Engine.Report;

/// <summary>Chooses traces of which more is to be shown than of others, before it is known which spans are: those with the longest spans, and a sample.</summary>
/// <remarks>A trace is known by the number of its root, also where a filter or tags select spans inside of it alone.</remarks>
internal sealed class ReportTraceChoice
{
    private readonly int _mostSlow;
    private readonly int _mostSampled;
    private readonly SortedSet<(long Rank, long Root)> _slow = [];
    private readonly Dictionary<long, long> _rankOf = [];
    private readonly SortedSet<(ulong Lot, long Root)> _sample = [];

    /// <param name="most">How many traces at most.</param>
    public ReportTraceChoice(int most)
    {
        _mostSampled = most * ReportLimits.SampledTraces / (ReportLimits.SlowTraces + ReportLimits.SampledTraces);
        _mostSlow = most - _mostSampled;
    }

    /// <summary>How many traces to choose where so many spans are shown.</summary>
    public static int CountFor(int spans) =>
        (int)Math.Min(ReportLimits.SlowTraces + ReportLimits.SampledTraces, (long)spans * ReportLimits.TracePercent / 100 / ReportLimits.SpansOfTrace);

    /// <summary>The numbers of their roots.</summary>
    public HashSet<long> Roots => [.. _rankOf.Keys, .. _sample.Select(static s => s.Root)];

    /// <summary>Takes a span.</summary>
    public void Add(SpanRecord span)
    {
        if (span.RootSequence == 0)
            return;

        // Of one that is open it is not known yet how long it will have been.
        AddSlow(span.State == SpanState.Unfinished ? long.MaxValue : span.Duration, span.RootSequence);
        _sample.Add((ReportLot.Of(span.RootSequence), span.RootSequence));
        if (_sample.Count > _mostSampled)
            _sample.Remove(_sample.Max);
    }

    private void AddSlow(long rank, long root)
    {
        bool isKnown = _rankOf.TryGetValue(root, out long known);
        if (isKnown ? rank <= known : _slow.Count == _mostSlow && (_mostSlow == 0 || rank <= _slow.Min.Rank))
            return;
        if (isKnown)
            _slow.Remove((known, root));
        _slow.Add((rank, root));
        _rankOf[root] = rank;
        if (_slow.Count <= _mostSlow)
            return;
        _rankOf.Remove(_slow.Min.Root);
        _slow.Remove(_slow.Min);
    }
}
