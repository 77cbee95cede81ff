using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Tests.Engine.Analysis;

/// <summary>
/// The rules of the accounting, taken literally: at every event it looks at every open span and every thread anew. Far too slow to be used,
/// and with nothing in common with what is but the question which span is a thread's innermost one, and what a call counts as.
/// </summary>
internal sealed class PlainWork
{
    private readonly List<PlainSpan> _open = [];
    private readonly Dictionary<TracedThread, WorkField> _doing = [];
    private readonly Dictionary<TracedThread, PlainSpan?> _where = [];
    private long _last;

    /// <summary>By sequence.</summary>
    public Dictionary<long, PlainSpan> Results { get; } = [];

    public void Event(scoped in EventView e, scoped in EventOutcome outcome)
    {
        GoTo(e.Timestamp);
        if (e.Type == EventKinds.SchedulerSwitch)
        {
            long next = e.Int64(0, -1);
            Replace(outcome.Thread.Tid, WorkField.CpuTime, WorkField.OffCpuTime);
            Replace((int)next, WorkField.OffCpuTime, WorkField.CpuTime);
        }
        else
        {
            if (e.IsExit && !outcome.Hidden)
                Count(in e, in outcome);
            _doing[outcome.Thread] = e.IsExit ? WorkField.CpuTime : CallTimes.Of(in e, in outcome);
        }

        Remember();
    }

    public void Io(scoped in EventOutcome outcome, bool reads)
    {
        Add(outcome.Thread, WorkField.IoCalls, 1);
        if (outcome.Result <= 0)
            return;
        Add(outcome.Thread, reads ? WorkField.ReadBytes : WorkField.WriteBytes, outcome.Result);
        if (outcome.Fd?.Kind is FdKind.File)
            Add(outcome.Thread, WorkField.FileBytes, outcome.Result);
        if (outcome.Fd?.Kind is FdKind.Ipv4 or FdKind.Ipv6)
            Add(outcome.Thread, WorkField.NetworkBytes, outcome.Result);
        if (outcome.Fd?.Kind is FdKind.Pipe or FdKind.Unix)
            Add(outcome.Thread, WorkField.PipeBytes, outcome.Result);
    }

    public void Marker(scoped in EventView e, scoped in EventOutcome outcome, SpanNode? began)
    {
        GoTo(e.Timestamp);
        _doing[outcome.Thread] = WorkField.CpuTime;
        if (began is not null)
            _open.Add(new PlainSpan(began.Sequence, _open.Find(s => s.Sequence == began.ParentSequence)));
        Remember();
    }

    public void Ended(SpanNode node, long now)
    {
        if (_open.Find(s => s.Sequence == node.Sequence) is not { } span)
            return;
        GoTo(now);
        Results[node.Sequence] = span;
        if (node.End != 0)
            _open.Remove(span);
    }

    // The threads are where they were after the last event.
    private void GoTo(long now)
    {
        foreach (PlainSpan span in _open)
        {
            WorkField part = WorkField.Calls;
            foreach ((TracedThread thread, WorkField doing) in _doing)
            {
                if (_where[thread]?.IsInside(span) == true && doing < part)
                    part = doing;
            }

            if (part == WorkField.Calls)
                part = WorkField.OffCpuTime;
            span.Inclusive[(int)part] += now - _last;
            if (!_open.Exists(s => s != span && s.IsInside(span)))
                span.Own[(int)part] += now - _last;
        }

        _last = now;
    }

    private void Remember()
    {
        foreach (TracedThread thread in _doing.Keys)
        {
            SpanNode? innermost = SpanTracker.InnermostOf(thread);
            _where[thread] = innermost is null ? null : _open.Find(s => s.Sequence == innermost.Sequence);
        }
    }

    private void Replace(int tid, WorkField from, WorkField to)
    {
        if (_doing.Keys.FirstOrDefault(t => t.Tid == tid) is { } thread && _doing[thread] == from)
            _doing[thread] = to;
    }

    private void Count(scoped in EventView e, scoped in EventOutcome outcome)
    {
        Add(outcome.Thread, WorkField.Calls, 1);
        if (!outcome.HasEnter)
            Add(outcome.Thread, WorkField.UntimedCalls, 1);
        if (CallResults.Failed(in e, in outcome))
            Add(outcome.Thread, WorkField.Errors, 1);
    }

    private void Add(TracedThread thread, WorkField field, long amount)
    {
        if (!_where.TryGetValue(thread, out PlainSpan? innermost) || innermost is null)
            return;
        innermost.Own[(int)field] += amount;
        foreach (PlainSpan span in _open)
        {
            if (innermost.IsInside(span))
                span.Inclusive[(int)field] += amount;
        }
    }
}
