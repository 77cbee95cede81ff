using System.Runtime.CompilerServices;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Report;

/// <summary>Collects the longest calls of each trace whose calls are shown.</summary>
internal sealed class ReportCalls
{
    private readonly Dictionary<long, int> _spanBySequence = [];
    private readonly ReportSpan[] _spans;
    private readonly Dictionary<int, PriorityQueue<ReportCall, long>> _traces = [];
    private CapturePass _pass = null!;
    private int _held;

    /// <param name="spans">The spans that are shown.</param>
    public ReportCalls(ReportSpan[] spans)
    {
        _spans = spans;
        int[] roots = [.. Enumerable.Range(0, spans.Length).Where(i => spans[i].Parent < 0 && spans[i].State != SpanState.Orphan)];
        TracesTotal = roots.Length;
        int[] slowest = [.. roots.OrderByDescending(i => spans[i].Rank).Take(ReportLimits.SlowTraces)];
        foreach (int root in slowest.Concat(roots.Except(slowest).OrderBy(i => ReportLot.Of(spans[i].RootSequence)).Take(ReportLimits.SampledTraces)))
            _traces.Add(root, new PriorityQueue<ReportCall, long>());
        for (int i = 0; i < spans.Length; i++)
        {
            if (spans[i].Identity.Sequence != 0 && _traces.ContainsKey(spans[i].Root))
                _spanBySequence.Add(spans[i].Identity.Sequence, i);
        }

        Chosen = new SpanSelection(_spanBySequence.Values.Select(i => spans[i].Identity), SpanScope.Thread, SpanNesting.Any);
    }

    /// <summary>The spans of the traces whose calls are shown.</summary>
    public SpanSelection Chosen { get; }

    /// <summary>Traces whose calls are shown.</summary>
    public int Traces => _traces.Count;

    /// <summary>Traces among the spans that are shown.</summary>
    public int TracesTotal { get; }

    /// <summary>Calls of one trace that are shown at most: fewer the more there are of all, but never fewer than <see cref="ReportLimits.CallsOfTrace"/>.</summary>
    public int PerTrace { get; private set; } = ReportLimits.MostCallsOfTrace;

    /// <summary>Calls that the traces have.</summary>
    public long Total { get; private set; }

    /// <summary>Those that are shown, by span, then time.</summary>
    public ReportCall[] ToArray() =>
        [.. _traces.Values.SelectMany(static calls => calls.UnorderedItems).Select(static item => item.Element).OrderBy(static c => c.Span).ThenBy(static c => c.Start)];

    public void Attach(CapturePass pass)
    {
        _pass = pass;
        Chosen.Attach(pass.State, pass.Tracker);
    }

    /// <summary>Takes an event, which may be the return of a call in one of the traces.</summary>
    [MethodImpl(HotPath.Compile)]
    public void Add(scoped in EventView e, scoped in EventOutcome outcome)
    {
        if (!e.IsExit || outcome.Hidden || !CallAccounting.IsCall(e.Type) || Chosen.Around(outcome.Thread) is not { } around)
            return;
        Total++;
        int span = _spanBySequence[around.Sequence];
        PriorityQueue<ReportCall, long> calls = _traces[_spans[span].Root];
        if (calls.Count == PerTrace && calls.TryPeek(out _, out long least) && outcome.Latency <= least)
            return;

        FdInfo? fd = outcome.OwnFd(in e);
        bool reads = (EventTable.Traits[e.Type] & EventTraits.Reads) != 0;
        long bytes = outcome.Result >= 0 && (EventTable.Traits[e.Type] & EventTraits.Io) != 0 ? outcome.Result : -1;
        if ((EventKinds.ByType[e.Type] & EventKinds.Transfer) != 0)
        {
            // What it writes comes last.
            IoSide? side = _pass.State.Sides is [.., var last] ? last : null;
            fd = side?.Fd ?? fd;
            reads = side is { Reads: true };
            bytes = side is { Result: >= 0 and var moved } ? moved : -1;
        }

        ReportCall call = new()
        {
            Span = span,
            Start = e.Timestamp - Math.Max(outcome.Latency, 0),
            Latency = outcome.Latency,
            Type = e.Type,
            GenericId = GenericCall.Is(e.Type) ? GenericCall.Id(in e) : 0,
            Fd = fd,
            Part = CallTimes.OfReturn(in e, fd),
            Reads = reads,
            Bytes = bytes,
            Error = CallResults.TryError(in e, in outcome, out long error) ? error : 0,
            ThreadId = outcome.Thread.Tid,
        };
        if (calls.Count == PerTrace)
        {
            calls.EnqueueDequeue(call, outcome.Latency);
            return;
        }

        calls.Enqueue(call, outcome.Latency);
        if (++_held > ReportLimits.Calls)
            Shrink();
    }

    // What each has left is its longest, as it would be had the limit been this one from the beginning.
    private void Shrink()
    {
        while (_held > ReportLimits.Calls && PerTrace > ReportLimits.CallsOfTrace)
        {
            PerTrace = Math.Max(PerTrace * 3 / 4, ReportLimits.CallsOfTrace);
            foreach (PriorityQueue<ReportCall, long> calls in _traces.Values)
            {
                for (; calls.Count > PerTrace; _held--)
                    calls.Dequeue();
            }
        }
    }
}
