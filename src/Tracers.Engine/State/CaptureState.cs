using System.Runtime.CompilerServices;
using Tracers.Engine.Events;

namespace Tracers.Engine.State;

/// <summary>Threads and descriptors as they are at one moment of a capture; every event is applied in order.</summary>
internal sealed partial class CaptureState
{
    public ThreadTable Threads { get; } = new();

    public FdCatalog Fds { get; private set; } = new();

    /// <summary>Names of processes (comm) by the number in <see cref="ThreadIdentity.NameId"/>.</summary>
    public ByteInterner ProcessNames { get; private set; } = new();

    /// <summary>
    /// Whether what the lists tell and no event changes is kept, for lists that are to be made of this state again: by a capture that is
    /// being made, and for questions that ask for them. To be set before the first section.
    /// </summary>
    public bool KeepsRecords
    {
        get;
        set
        {
            field = value;
            Containers.KeepsDetails = value;
        }
    }

    /// <summary>Set by the pass: whether only container events stand before this event in its section.</summary>
    public bool IsLeading { get; set; }

    /// <summary>Forgets all: a new section of a file begins. Names keep their numbers, since sums by name go on.</summary>
    public void Clear()
    {
        Threads.Clear();
        Users.Clear();
        Groups.Clear();
        Containers.Clear();
        Array.Clear(_serverPorts);
        _childrenOfUnknown.Clear();
        Array.Clear(_switchedAt);
        Accounts.Clear();
        _unjoined = 0;
    }

    /// <summary>Applies one event, whose type must be in the table.</summary>
    /// <param name="e">The event.</param>
    /// <param name="kind">Its entry in <see cref="EventKinds.ByType"/>.</param>
    /// <param name="outcome">What is known of it now.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(in EventView e, uint kind, out EventOutcome outcome)
    {
        int type = e.Type;
        TracedThread thread = Threads.FindLast(e.Tid) ?? FindOther(e.Tid, kind);
        outcome.Thread = thread;
        outcome.Fd = null;
        outcome.FdNumber = -1;
        outcome.Result = 0;
        outcome.Latency = EventOutcome.UnknownLatency;
        outcome.Hidden = false;

        if ((type & 1) == 0)
        {
            if ((kind & EventKinds.Aside) != 0)
            {
                ApplyAside(in e, EventKinds.Rule(kind), ref outcome);
                return;
            }

            Enter(thread, in e, kind);
            if (EventKinds.Rule(kind) != StateRule.None && !((kind & EventKinds.Traffic) != 0 && thread.Fds[thread.EnterFd] is { TakesAddressFromTraffic: false }))
                ApplyEnter(in e, EventKinds.Rule(kind), thread);
            return;
        }

        if (thread.EnterType == type - 1)
        {
            outcome.Latency = e.Timestamp - thread.EnterTime;
            if ((kind & (uint)EventTraits.UsesFd) != 0)
            {
                outcome.FdNumber = thread.EnterFd;
                outcome.Fd = thread.Fds[thread.EnterFd];
            }
        }
        else if (EventKinds.OwnFd(kind) != 0)
        {
            // Today's recorders write exits only.
            outcome.FdNumber = e.Int64(EventKinds.OwnFd(kind), -1);
            outcome.Fd = thread.Fds[outcome.FdNumber];
        }

        outcome.Result = e.FirstInt64(0);
        if (EventKinds.Rule(kind) != StateRule.None && ((kind & EventKinds.Traffic) == 0 || outcome.Fd is { TakesAddressFromTraffic: true }))
            ApplyExit(in e, EventKinds.Rule(kind), ref outcome);
        thread.EnterType = TracedThread.NoCall;
    }

    /// <summary>The same for an event of <see cref="EventKinds.Quiet"/> or <see cref="EventKinds.QuietIo"/> of whose outcome at most the descriptor is asked.</summary>
    /// <param name="e">The event.</param>
    /// <param name="kind">Its entry in <see cref="EventKinds.ByType"/>.</param>
    /// <param name="wantsFd">A constant: whether anybody asks for the descriptor.</param>
    /// <param name="fd">The descriptor that the event works on; null when it has none, it is not known or nobody asks.</param>
    /// <returns>False when there is more to it: then it is for <see cref="Apply"/>, to which what was done here makes no difference.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryApplyQuiet(scoped EventView e, uint kind, bool wantsFd, out FdInfo? fd)
    {
        fd = null;
        if ((kind & EventKinds.Aside) != 0)
            return true;
        TracedThread thread = Threads.FindLast(e.Tid) ?? FindOther(e.Tid, kind);
        int type = e.Type;
        bool isExit = (type & 1) != 0;

        // What is damaged is an error here too, and that is for the other to say.
        if ((isExit || (kind & (uint)EventTraits.UsesFd) != 0) && !e.HasFirstInt64)
            return false;
        if (!isExit)
            Enter(thread, e, kind);
        else if (thread.EnterType != type - 1)
            return false;

        if ((wantsFd && (kind & (uint)EventTraits.UsesFd) != 0) || (kind & EventKinds.Traffic) != 0)
            fd = thread.Fds[thread.EnterFd];
        if ((kind & EventKinds.Traffic) != 0 && fd is not { TakesAddressFromTraffic: false, MayCarryMarkers: false })
            return false;
        if (isExit)
            thread.EnterType = TracedThread.NoCall;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Enter(TracedThread thread, scoped in EventView e, uint kind)
    {
        thread.EnterType = e.Type;
        thread.EnterTime = e.Timestamp;
        thread.EnterFd = (kind & (uint)EventTraits.UsesFd) != 0 ? e.FirstInt64(-1) : -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private TracedThread FindOther(int tid, uint kind) =>
        Threads.Find(tid) ?? ((kind & EventKinds.Aside) == 0 ? AddUnknown(tid) : Stranger(tid));

    private void ApplyAside(in EventView e, StateRule rule, ref EventOutcome outcome)
    {
        switch (rule)
        {
            case StateRule.Container:
                ApplyContainer(in e, ref outcome);
                break;
            case StateRule.Account:
                ApplyAccount(in e);
                break;
            case StateRule.Task:
                ApplyTask(in e);
                break;
            case StateRule.TaskFile:
                ApplyTaskFile(in e);
                break;
            case StateRule.Switch:
                ApplySwitch(in e, outcome.Thread);
                break;
        }
    }

    private void ApplyEnter(in EventView e, StateRule rule, TracedThread thread)
    {
        switch (rule)
        {
            case StateRule.KeepEnter:
                thread.SaveEnter(in e);
                break;
            case StateRule.BeginConnect:
                thread.SaveEnter(in e);
                BeginConnect(in e, thread);
                break;
            case StateRule.KeepSendEnter:
                if (e.Type == SendToEnter)
                    InferSocket(e.Parameter(2), thread);
                if (thread.Fds[thread.EnterFd] is { TakesAddressFromTraffic: true })
                    thread.SaveEnter(in e);
                break;
            case StateRule.BeginClose:
                thread.Fds.BeginClose(thread.EnterFd);
                break;
            case StateRule.ProcessExit:
                ApplyProcessExit(thread);
                break;
        }
    }

    private void ApplyExit(in EventView e, StateRule rule, ref EventOutcome outcome)
    {
        switch (rule)
        {
            case StateRule.Open:
            case StateRule.OpenAt:
            case StateRule.OldOpenAt:
                ApplyOpen(in e, rule, ref outcome);
                break;
            case StateRule.Close:
                ApplyClose(in outcome);
                break;
            case StateRule.CloseRange:
                ApplyCloseRange(in e, in outcome);
                break;
            case StateRule.OpenByHandle:
                if (outcome.Result >= 0)
                    AddNew(ref outcome, Fds.Named((e.UInt32(2, 0) & OpenDirectory) != 0 ? FdKind.Directory : FdKind.File, e.Text(3)));
                break;
            case StateRule.Duplicate:
                if (outcome.Result >= 0 && outcome.Fd is { } duplicated)
                    outcome.Thread.Fds.Set(outcome.Result, duplicated);
                break;
            case StateRule.Fcntl:
                ApplyFcntl(in e, in outcome);
                break;
            case StateRule.Socket:
                ApplySocket(in e, ref outcome);
                break;
            case StateRule.SocketPair:
                AddPair(in e, in outcome, FdKind.Unix);
                break;
            case StateRule.Pipe:
                AddPair(in e, in outcome, FdKind.Pipe);
                break;
            case StateRule.Bind:
                ApplyBind(in e, ref outcome);
                break;
            case StateRule.Connect:
                ApplyConnect(in e, ref outcome);
                break;
            case StateRule.Accept:
                ApplyAccept(in e, ref outcome);
                break;
            case StateRule.Send:
                ApplySend(in e, ref outcome);
                break;
            case StateRule.ReceiveFrom:
                ApplyReceive(in e, 2, ref outcome);
                break;
            case StateRule.ReceiveMessage:
                ApplyReceive(in e, 3, ref outcome);
                break;
            case StateRule.NewEvent:
                AddNew(ref outcome, FdKind.Event);
                break;
            case StateRule.NewSignalFd:
                AddNew(ref outcome, FdKind.SignalFd);
                break;
            case StateRule.NewTimerFd:
                AddNew(ref outcome, FdKind.TimerFd);
                break;
            case StateRule.NewInotify:
                AddNew(ref outcome, FdKind.Inotify);
                break;
            case StateRule.NewEventPoll:
                AddNew(ref outcome, FdKind.EventPoll);
                break;
            case StateRule.NewIoUring:
                AddNew(ref outcome, FdKind.IoUring);
                break;
            case StateRule.NewMemFd:
                AddNew(ref outcome, Fds.Named(FdKind.MemFd, e.Text(1)));
                break;
            case StateRule.NewPidFd:
                ApplyPidFd(in e, ref outcome);
                break;
            case StateRule.NewFdOfOther:
                ApplyFdOfOther(in e, ref outcome);
                break;
            case StateRule.ChangeDirectory:
                if (outcome.Result == 0)
                    SetDirectory(outcome.Thread, e.Text(1));
                break;
            case StateRule.ChangeDirectoryByFd:
                if (outcome.Result == 0 && outcome.Fd is { } directory)
                    SetDirectory(outcome.Thread, directory.Name);
                break;
            case StateRule.Clone:
                ApplyClone(in e, ref outcome);
                break;
            case StateRule.Execve:
                ApplyExecve(in e, in outcome);
                break;
            case StateRule.Transfer:
                ApplyTransfer(in e, ref outcome);
                break;
            case StateRule.Messages:
                ApplyMessages(in e, ref outcome);
                break;
            case StateRule.ReadDirectory:
                if (outcome.Result >= 0)
                    SetDirectory(outcome.Thread, e.Text(1));
                break;
            case StateRule.Ids:
                ApplyIds(in e, in outcome);
                break;
            case StateRule.NewSession:
                ApplyNewSession(in outcome);
                break;
            case StateRule.ProcessGroup:
                ApplyProcessGroup(in e, in outcome);
                break;
            case StateRule.ChangeRoot:
                ApplyChangeRoot(in e, in outcome);
                break;
            case StateRule.Limit:
                ApplyLimit(in e, in outcome);
                break;
            case StateRule.ProcessControl:
                ApplyProcessControl(in e, in outcome);
                break;
            case StateRule.Memory:
                ApplyMemory(in e, outcome.Thread);
                break;
        }
    }

    private static void AddNew(ref EventOutcome outcome, FdInfo info)
    {
        if (outcome.Result < 0)
            return;
        outcome.Thread.Fds.Set(outcome.Result, info);
        outcome.Fd = info;
        outcome.FdNumber = outcome.Result;
    }

    private void AddNew(ref EventOutcome outcome, FdKind kind) => AddNew(ref outcome, Fds.Unnamed(kind));
}
