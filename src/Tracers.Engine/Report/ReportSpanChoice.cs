using Tracers.Engine.Spans;

namespace Tracers.Engine.Report;

/// <summary>Chooses the spans that a report shows while all go by: the longest, a sample of the others, and what is around both.</summary>
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

    // The highest lot is the first to go.
    private readonly PriorityQueue<ReportSpan, ulong> _sample = new(Comparer<ulong>.Create(static (a, b) => b.CompareTo(a)));
    private readonly HashSet<ReportSpan> _kept = [];

    // Those that have begun, by number; and how many kept children those have that have not come yet, or will not.
    private readonly Dictionary<long, ReportSpan> _bySequence = [];
    private readonly Dictionary<long, int> _awaited = [];
    private ulong _lotLimit = ulong.MaxValue;

    /// <param name="most">How many at most.</param>
    public ReportSpanChoice(int most)
    {
        _most = most;
        _mostLongest = (int)Math.Max((long)most * ReportLimits.LongestPercent / 100, 1);
    }

    /// <summary>How many there were.</summary>
    public long Total { get; private set; }

    /// <summary>How many are held.</summary>
    public int Count => _kept.Count;

    /// <summary>Of those that are held, how many because they took longest.</summary>
    public int Longest => _longest.Count;

    /// <summary>Of those that are held, how many because the lot fell on them.</summary>
    public int Sampled => _sample.Count;

    /// <summary>Nanoseconds: every span that took longer, or has been open for longer when the capture ends, is held. −1 when all are.</summary>
    public long AllAbove { get; private set; } = -1;

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
        ulong lot = Lot((ulong)Total);
        _awaited.Remove(record.Sequence, out int children);
        bool isLongest = rank >= 0 && (_longest.Count < _mostLongest || (_longest.TryPeek(out _, out long least) && rank > least));
        if (!isLongest && lot >= _lotLimit && children == 0)
        {
            AllAbove = Math.Max(AllAbove, rank);
            return;
        }

        ReportSpan span = new(record) { Rank = rank, Lot = lot, KeptChildren = children };
        Keep(span);
        if (isLongest)
        {
            span.IsLongest = true;
            _longest.Enqueue(span, rank);
            if (_longest.Count > _mostLongest)
                Demote(_longest.Dequeue());
        }
        else
        {
            TrySample(span);
        }

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
        if (span.Identity.Sequence != 0)
            _bySequence.Add(span.Identity.Sequence, span);
        if (span.ParentSequence == 0)
            return;
        if (_bySequence.TryGetValue(span.ParentSequence, out ReportSpan? parent))
            parent.KeptChildren++;
        else
            _awaited[span.ParentSequence] = _awaited.GetValueOrDefault(span.ParentSequence) + 1;
    }

    private void TrySample(ReportSpan span)
    {
        AllAbove = Math.Max(AllAbove, span.Rank);
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

    private void Demote(ReportSpan span)
    {
        span.IsLongest = false;
        TrySample(span);
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
            else
            {
                Demote(_longest.Dequeue());
            }
        }
    }

    private void ReleaseIfUnneeded(ReportSpan? span)
    {
        while (span is { IsLongest: false, IsSampled: false, KeptChildren: 0 } && _kept.Remove(span))
        {
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

    // The last step of SplitMix64: neighbours have nothing in common.
    private static ulong Lot(ulong number)
    {
        ulong z = number * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
