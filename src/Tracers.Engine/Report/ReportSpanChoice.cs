using System.Runtime.InteropServices;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Report;

/// <summary>Chooses the spans that a report shows while all go by: the longest, those of certain traces, a sample of the others, and what is around these.</summary>
/// <remarks>
/// Never more are held than will be shown. The sample is drawn by lots that depend on nothing but how many spans came before, so that a capture
/// has the same report every time; a span is in it when its lot is below a limit, which only falls. A parent ends behind its children, mostly:
/// until then it is remembered by its number alone.
/// </remarks>
internal sealed class ReportSpanChoice
{
    private readonly int _most;
    private readonly int _mostLongest;
    private readonly PriorityQueue<ReportSpan, long> _longest = new();

    // By the numbers of their roots, the longest of each trace; as many as all of them together may be, traces and spans, are held.
    private readonly Dictionary<long, PriorityQueue<ReportSpan, long>> _traces = [];

    // The highest lot is the first to go.
    private readonly PriorityQueue<ReportSpan, ulong> _sample = new(Comparer<ulong>.Create(static (a, b) => b.CompareTo(a)));
    private readonly HashSet<ReportSpan> _kept = [];

    // Those that have begun, by number; and how many kept children those have that have not come yet, or will not.
    private readonly Dictionary<long, ReportSpan> _bySequence = [];
    private readonly Dictionary<long, int> _awaited = [];
    private ulong _lotLimit = ulong.MaxValue;
    private long _argumentsLength;
    private long _longestLeftOut = -1;

    /// <param name="most">How many at most.</param>
    /// <param name="traces">The numbers of the roots of traces of which more is wanted.</param>
    public ReportSpanChoice(int most, IReadOnlySet<long> traces)
    {
        _most = most;
        _mostLongest = (int)Math.Max((long)most * ReportLimits.LongestPercent / 100, 1);
        foreach (long root in traces)
            _traces.Add(root, new PriorityQueue<ReportSpan, long>());
    }

    /// <summary>How many there were.</summary>
    public long Total { get; private set; }

    /// <summary>How many are held.</summary>
    public int Count => _kept.Count;

    /// <summary>Of those that are held, how many because they took longest.</summary>
    public int Longest => _longest.Count;

    /// <summary>Of the others, how many because of their trace.</summary>
    public int OfTraces => _traces.Values.Sum(static spans => spans.UnorderedItems.Count(static item => !item.Element.IsLongest));

    /// <summary>Of the others, how many because the lot fell on them.</summary>
    public int Sampled => _sample.Count;

    /// <summary>Nanoseconds: every span that took longer, or has been open for longer when the capture ends, is held. −1 when all are.</summary>
    public long AllAbove => Count == Total ? -1 : Math.Max(_longestLeftOut, 0);

    /// <summary>Takes a span when it ends, or the capture does.</summary>
    public void Add(SpanRecord record)
    {
        Total++;
        long rank = record.State switch
        {
            SpanState.Finished => record.Duration,
            SpanState.Unfinished => record.Work?.Inclusive.Time ?? 0,
            _ => -1,
        };
        ulong lot = ReportLot.Of(Total);
        _awaited.Remove(record.Sequence, out int children);
        bool isLongest = rank >= 0 && (_longest.Count < _mostLongest || (_longest.TryPeek(out _, out long least) && rank > least));
        bool isOfTrace = _traces.TryGetValue(record.RootSequence, out PriorityQueue<ReportSpan, long>? trace)
            && (trace.Count < ReportLimits.SpansOfTrace || (trace.TryPeek(out _, out long shortest) && rank > shortest));
        if (!isLongest && !isOfTrace && lot >= _lotLimit && children == 0)
        {
            _longestLeftOut = Math.Max(_longestLeftOut, rank);
            return;
        }

        ReportSpan span = new(record, withArguments: _argumentsLength < ReportLimits.ArgumentsLength) { Rank = rank, Lot = lot, KeptChildren = children };
        Keep(span);
        if (isOfTrace)
            AddToTrace(span, trace!);
        if (isLongest)
            AddToLongest(span);
        else if (!isOfTrace)
            TrySample(span);
        Shrink();
    }

    /// <summary>Those that are held, by beginning, with their places among each other.</summary>
    public ReportSpan[] ToArray()
    {
        ReportSpan[] spans = [.. _kept.OrderBy(static s => s.Identity.Start).ThenBy(static s => s.Identity.Sequence).ThenBy(static s => s.End)];
        Dictionary<long, int> places = [];
        for (int i = 0; i < spans.Length; i++)
        {
            if (spans[i].Identity.Sequence != 0)
                places.Add(spans[i].Identity.Sequence, i);
        }

        for (int i = 0; i < spans.Length; i++)
        {
            ReportSpan span = spans[i];
            span.Parent = span.ParentSequence != 0 && places.TryGetValue(span.ParentSequence, out int parent) ? parent : -1;
            span.Root = i;
        }

        // A parent began before its children, but not always at an earlier time: only the chain of parents says which is the root.
        foreach (ReportSpan span in spans.OrderBy(static s => s.Identity.Sequence))
        {
            if (span.Parent >= 0)
                span.Root = spans[span.Parent].Root;
        }

        return spans;
    }

    private void Keep(ReportSpan span)
    {
        _kept.Add(span);
        _argumentsLength += span.ArgumentsLength;
        if (span.Identity.Sequence != 0)
            _bySequence.Add(span.Identity.Sequence, span);
        if (span.ParentSequence == 0)
            return;
        if (_bySequence.TryGetValue(span.ParentSequence, out ReportSpan? parent))
            parent.KeptChildren++;
        else
            CollectionsMarshal.GetValueRefOrAddDefault(_awaited, span.ParentSequence, out _)++;
    }

    private void AddToLongest(ReportSpan span)
    {
        span.IsLongest = true;
        _longest.Enqueue(span, span.Rank);
        if (_longest.Count > _mostLongest)
            TakeFromLongest();
    }

    private void AddToTrace(ReportSpan span, PriorityQueue<ReportSpan, long> trace)
    {
        span.IsOfTrace = true;
        trace.Enqueue(span, span.Rank);
        if (trace.Count > ReportLimits.SpansOfTrace)
            TakeFromTrace(trace);
    }

    private void TakeFromTrace(PriorityQueue<ReportSpan, long> trace)
    {
        ReportSpan shortest = trace.Dequeue();
        shortest.IsOfTrace = false;
        if (!shortest.IsLongest)
            TrySample(shortest);
    }

    private void TakeFromLongest()
    {
        ReportSpan shortest = _longest.Dequeue();
        shortest.IsLongest = false;
        _longestLeftOut = Math.Max(_longestLeftOut, shortest.Rank);
        if (!shortest.IsOfTrace)
            TrySample(shortest);
    }

    private void TrySample(ReportSpan span)
    {
        _longestLeftOut = Math.Max(_longestLeftOut, span.Rank);
        if (span.Lot < _lotLimit)
        {
            span.IsSampled = true;
            _sample.Enqueue(span, span.Lot);
        }
        else
        {
            ReleaseIfUnneeded(span);
        }
    }

    private void Shrink()
    {
        while (_kept.Count > _most)
        {
            if (_sample.TryDequeue(out ReportSpan? last, out ulong lot))
            {
                _lotLimit = lot;
                last.IsSampled = false;
                ReleaseIfUnneeded(last);
            }
            else if (_longest.Count > 0)
            {
                _lotLimit = 0;
                TakeFromLongest();
            }
            else
            {
                // What is around the spans of traces is more than all that there is room for.
                TakeFromTrace(_traces.Values.MaxBy(static spans => spans.Count)!);
            }
        }
    }

    private void ReleaseIfUnneeded(ReportSpan? span)
    {
        while (span is { IsLongest: false, IsOfTrace: false, IsSampled: false, KeptChildren: 0 } && _kept.Remove(span))
        {
            _argumentsLength -= span.ArgumentsLength;
            if (span.Identity.Sequence != 0)
                _bySequence.Remove(span.Identity.Sequence);
            long outer = span.ParentSequence;
            span = null;
            if (outer == 0)
                return;
            if (_bySequence.TryGetValue(outer, out span))
                span.KeptChildren--;
            else if (_awaited.TryGetValue(outer, out int children) && children > 1)
                _awaited[outer] = children - 1;
            else
                _awaited.Remove(outer);
        }
    }
}
