using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Finds out of every span what was done in it and where its time went, in one pass.</summary>
/// <remarks>
/// A call belongs to the innermost span of its thread, as in an accounting of I/O, and through that to the spans that this one is inside
/// of: its parent, the parent's parent, as far as they are open. Of the time, every moment of a span belongs to one part, so that the parts
/// add up. Where several threads are at work in a span, the first of file, network, pipe, other call, processor, ready to run and waiting
/// that one of them is in counts; where there is none, the moment is rest. A moment at which a span inside is open is not the span's own.
/// </remarks>
internal sealed class SpanWorkAccounting
{
    private readonly CapturePass _pass;
    private readonly Stack<SpanAccount> _free = [];
    private bool _knowsSwitches;

    public SpanWorkAccounting(CapturePass pass) => _pass = pass;

    /// <summary>Takes an event that is no marker, after it was applied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Event(scoped in EventView e, scoped in EventOutcome outcome)
    {
        if (WorkOf(outcome.Thread) is { } thread)
            Event(in e, in outcome, thread);
        else if (e.Type == EventKinds.SchedulerSwitch)
            SwitchIn(in e);
    }

    /// <summary>Adds what a call read or wrote; one that moves bytes comes twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Io(scoped in EventOutcome outcome, EventTraits traits)
    {
        if (WorkOf(outcome.Thread) is { Account: not null } thread)
            Io(in outcome, (traits & EventTraits.Reads) != 0, thread);
    }

    /// <summary>Takes a marker after it was applied, and a span that it ended after that was taken.</summary>
    /// <param name="e">The write.</param>
    /// <param name="outcome">What is known of it.</param>
    /// <param name="began">The span that it began; null for none.</param>
    [MethodImpl(HotPath.Compile)]
    public void Marker(scoped in EventView e, scoped in EventOutcome outcome, SpanNode? began)
    {
        ThreadSpans spans = SpanTracker.SpansOf(outcome.Thread);
        ThreadWork thread = (ThreadWork)(spans.Work ??= new ThreadWork(outcome.Thread, e.Timestamp));
        GoOn(thread, WorkField.CpuTime, e.Timestamp);
        if (began is not null)
        {
            SpanAccount account = _free.Count > 0 ? _free.Pop() : new SpanAccount();
            account.Open(began.Parent?.Work as SpanAccount, e.Timestamp);
            began.Work = account;
        }

        Move(thread, e.Timestamp);
    }

    /// <summary>What was done in a span that ends now, or is open when the capture ends; null for an orphan.</summary>
    /// <param name="span">The span.</param>
    /// <param name="isWanted">Whether anybody asks: the numbers of others go on all the same.</param>
    [MethodImpl(HotPath.Compile)]
    public SpanWork? Take(SpanNode span, bool isWanted)
    {
        if (span.Work is not SpanAccount account)
            return null;
        long now = span.End == 0 ? _pass.LastTimestamp : span.End;
        account.Settle(now);
        SpanWork? work = isWanted ? account.ToWork(_knowsSwitches) : null;
        if (span.End == 0)
            return work;

        span.Work = null;
        while (account.Direct is { } thread)
        {
            thread.Advance(now);
            Move(thread, now);
        }

        if (account.Close(now))
            _free.Push(account);
        return work;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ThreadWork? WorkOf(TracedThread thread) => thread.Spans is ThreadSpans { Work: ThreadWork work } ? work : null;

    [MethodImpl(HotPath.Compile)]
    private void Event(scoped in EventView e, scoped in EventOutcome outcome, ThreadWork thread)
    {
        uint kind = EventKinds.ByType[e.Type];
        if ((kind & EventKinds.Aside) != 0)
        {
            if (e.Type == EventKinds.SchedulerSwitch)
            {
                if (thread.Part == WorkField.CpuTime)
                    GoOn(thread, WorkField.OffCpuTime, e.Timestamp);
                SwitchIn(in e);
            }
        }
        else if (e.IsExit)
        {
            if (thread.Account is not null && !outcome.Hidden)
            {
                Add(thread, WorkField.Calls, 1);
                if (!outcome.HasEnter)
                    Add(thread, WorkField.UntimedCalls, 1);
                if (CallResults.Failed(in e, in outcome))
                    Add(thread, WorkField.Errors, 1);
            }

            GoOn(thread, WorkField.CpuTime, e.Timestamp);
        }
        else if (EventKinds.Rule(kind) == StateRule.ProcessExit)
        {
            // It will never be seen again, and its spans may be closed by another one.
            GoOn(thread, WorkField.OffCpuTime, e.Timestamp);
            MoveTo(thread, null, e.Timestamp);
        }
        else
        {
            GoOn(thread, CallTimes.Of(in e, in outcome), e.Timestamp);
        }
    }

    [MethodImpl(HotPath.Compile)]
    private static void Io(scoped in EventOutcome outcome, bool reads, ThreadWork thread)
    {
        Add(thread, WorkField.IoCalls, 1);
        if (outcome.Result <= 0)
            return;
        Add(thread, reads ? WorkField.ReadBytes : WorkField.WriteBytes, outcome.Result);
        switch (outcome.Fd?.Kind)
        {
            case FdKind.File:
                Add(thread, WorkField.FileBytes, outcome.Result);
                break;
            case FdKind.Ipv4 or FdKind.Ipv6:
                Add(thread, WorkField.NetworkBytes, outcome.Result);
                break;
            case FdKind.Pipe or FdKind.Unix:
                Add(thread, WorkField.PipeBytes, outcome.Result);
                break;
        }
    }

    // A thread that comes back onto a processor in the middle of a call is still in the call.
    private void SwitchIn(scoped in EventView e)
    {
        _knowsSwitches = true;
        if (_pass.State.Threads.Find((int)e.Int64(0, -1)) is { } next && WorkOf(next) is { Part: WorkField.OffCpuTime } thread)
            GoOn(thread, WorkField.CpuTime, e.Timestamp);
    }

    private static void Add(ThreadWork thread, WorkField field, long amount)
    {
        thread.Sums[(int)field] += amount;
        thread.Account!.AddOwn(field, amount);
        if (!thread.MayShare)
            return;
        for (SpanAccount? account = thread.Account; account is not null; account = account.Outer)
        {
            if (account.IsShared)
                account.AddInclusive(field, amount);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GoOn(ThreadWork thread, WorkField part, long now)
    {
        thread.Advance(now);
        WorkField before = thread.Part;
        thread.Part = part;
        if (thread.MayShare && before != part)
            ChangeShared(thread, before, now);
    }

    private static void ChangeShared(ThreadWork thread, WorkField before, long now)
    {
        bool shares = false;
        for (SpanAccount? account = thread.Account; account is not null; account = account.Outer)
        {
            if (!account.IsShared)
                continue;
            account.Change(before, thread.Part, now);
            shares = true;
        }

        thread.MayShare = shares;
    }

    private static void Move(ThreadWork thread, long now) => MoveTo(thread, SpanTracker.InnermostOf(thread.Thread)?.Work as SpanAccount, now);

    // Only the spans that it is in before and not after, or the other way round, are told.
    private static void MoveTo(ThreadWork thread, SpanAccount? to, long now)
    {
        SpanAccount? from = thread.Account;
        if (from == to)
            return;
        from?.RemoveDirect(thread);
        to?.AddDirect(thread);
        thread.Account = to;
        while (from != to)
        {
            int fromDepth = from?.Depth ?? -1;
            int toDepth = to?.Depth ?? -1;
            if (fromDepth >= toDepth)
            {
                from!.Leave(thread, now);
                from = from.Outer;
            }

            if (toDepth >= fromDepth)
            {
                to!.Enter(thread, now);
                to = to.Outer;
            }
        }
    }
}
