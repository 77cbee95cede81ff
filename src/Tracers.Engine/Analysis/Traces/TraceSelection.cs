using Tracers.Engine.Spans;

namespace Tracers.Engine.Analysis.Traces;

/// <summary>Spans of one capture that somebody chose, for another pass over it that hands out the whole traces that they belong to.</summary>
/// <param name="mostRoots">Where only roots of traces are chosen: how many will be taken at most, so that no more have to be held; null otherwise.</param>
internal sealed class TraceSelection(int? mostRoots = null)
{
    private const long Some = 1000;

    private readonly Dictionary<long, Choice> _chosen = [];
    private readonly Dictionary<long, Trace> _traces = [];
    private Dictionary<long, Choice> _awaited = [];
    private long _lastMoment;
    private long _dropAt = mostRoots is { } most ? most + Some : long.MaxValue;
    private long _dropped;

    /// <summary>The chosen traces, see <see cref="SpanRecord.RootSequence"/>.</summary>
    public IReadOnlySet<long> Roots { get; private set; } = new HashSet<long>();

    /// <summary>The same, those with the longest chosen spans first.</summary>
    public IReadOnlyList<long> OrderedRoots { get; private set; } = [];

    /// <summary>How many traces there were to choose from.</summary>
    public long TraceCount => _traces.Count + _dropped;

    /// <summary>Spans that were chosen and have no beginning, so that they belong to no trace.</summary>
    public long Orphans { get; private set; }

    /// <summary>Whether this span was chosen itself.</summary>
    public bool Contains(SpanRecord span) => _chosen.ContainsKey(span.Sequence);

    /// <summary>Chooses a span.</summary>
    public void Add(SpanRecord span)
    {
        if (span.State == SpanState.Orphan)
        {
            Orphans++;
            return;
        }

        _chosen[span.Sequence] = new Choice(new SpanIdentity(span), span.RootSequence);
        _lastMoment = Math.Max(_lastMoment, Math.Max(span.Start, span.End));
        Trace trace = _traces.GetValueOrDefault(span.RootSequence, new Trace(0, long.MaxValue));
        _traces[span.RootSequence] = span.State == SpanState.Unfinished
            ? trace with { OpenSince = Math.Min(trace.OpenSince, span.Start) }
            : trace with { Longest = Math.Max(trace.Longest, span.Duration) };
        if (_traces.Count > _dropAt)
            DropShort();
    }

    /// <summary>Ends the choice: of the traces those with the longest chosen spans.</summary>
    /// <param name="count">At most so many.</param>
    /// <param name="captureEnd">When the capture ended, up to where unfinished spans count, ns since the epoch; 0 where it is not known.</param>
    public void Take(int count, long captureEnd)
    {
        long end = Math.Max(captureEnd, _lastMoment);
        OrderedRoots = [.. _traces.OrderByDescending(t => t.Value.Length(end)).ThenBy(static t => t.Key).Take(count).Select(static t => t.Key)];
        Roots = OrderedRoots.ToHashSet();
        _awaited = _chosen.Where(c => Roots.Contains(c.Value.Root)).ToDictionary();
    }

    /// <summary>Takes note of a span that comes in the other pass.</summary>
    public void See(SpanRecord span)
    {
        if (_awaited.TryGetValue(span.Sequence, out Choice choice) && (choice.Span.Id, choice.Span.Start) == (span.Id, span.Start))
            _awaited.Remove(span.Sequence);
    }

    /// <summary>To be called at the end of the other pass.</summary>
    /// <exception cref="CaptureChangedException">Not all chosen spans came.</exception>
    public void CheckAllSeen()
    {
        foreach (Choice choice in _awaited.Values)
            throw CaptureChangedException.Of(choice.Span);
    }

    // How long one will have been that is open is known at the end.
    private void DropShort()
    {
        long[] shorter =
        [
            .. _traces.Where(static t => t.Value.OpenSince == long.MaxValue).OrderByDescending(static t => t.Value.Longest).ThenBy(static t => t.Key)
                .Skip(mostRoots!.Value).Select(static t => t.Key),
        ];
        foreach (long root in shorter)
        {
            _traces.Remove(root);
            _chosen.Remove(root);
        }

        _dropped += shorter.Length;
        _dropAt = (_traces.Count * 2L) + Some;
    }

    private readonly record struct Choice(SpanIdentity Span, long Root);

    /// <param name="Longest">Nanoseconds of the longest finished one.</param>
    /// <param name="OpenSince">When the first one began that did not end; the greatest number if all did.</param>
    private readonly record struct Trace(long Longest, long OpenSince)
    {
        public long Length(long end) => Math.Max(Longest, OpenSince == long.MaxValue ? 0 : end - OpenSince);
    }
}
