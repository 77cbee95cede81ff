using System.Text;
using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis.Tables;

/// <summary>Sums up what processes or threads do while a capture is read, and makes rows of that and of the state that it leads to.</summary>
internal sealed class ProcessTable(CaptureState state, ProcessQuery query)
{
    private const int BrkExit = 159;
    private const int MmapExit = 161;
    private const int Mmap2Exit = 163;
    private const int UnmapExit = 165;

    private readonly Dictionary<TracedThread, ProcessUse> _uses = [];

    // Numbers of threads whose end was seen: events behind it seem to be of a new one, of which nothing but the number is known.
    private readonly HashSet<int> _ended = [];

    // Events of one thread come in runs.
    private ProcessUse? _last;

    private Dictionary<TracedThread, int> _threadsOf = [];

    /// <summary>Takes in an event that is no marker, after it was applied.</summary>
    /// <param name="e">The event.</param>
    /// <param name="outcome">What the state knows of it.</param>
    /// <param name="counts">Whether its activity counts.</param>
    public void Add(scoped in EventView e, scoped in EventOutcome outcome, bool counts)
    {
        uint kind = EventKinds.ByType[e.Type];
        if ((kind & EventKinds.Aside) != 0)
        {
            if (e.Type == EventKinds.SchedulerSwitch && state.Threads.Find(e.Tid) == outcome.Thread)
                NoteMemory(outcome.Thread.Main, e.UInt32(3, 0), e.UInt32(4, 0));
            return;
        }

        ProcessUse use = UseOf(outcome.Thread);
        if (e.IsExit)
        {
            if (counts)
            {
                use.Totals.Calls++;
                if (CallResults.Failed(in e, in outcome))
                    use.Totals.Errors++;
            }

            if (e.Type is BrkExit or MmapExit or Mmap2Exit or UnmapExit)
                NoteMemory(outcome.Thread.Main, e.UInt32(1, 0), e.UInt32(2, 0));
            else if (EventKinds.Rule(kind) == StateRule.Execve && outcome.Result >= 0)
                NoteProgram(outcome.Thread);
        }
        else if (EventKinds.Rule(kind) == StateRule.ProcessExit)
        {
            NoteExit(outcome.Thread, e.Timestamp);
        }
    }

    /// <summary>Adds the bytes of one call, or of one side of it.</summary>
    public void AddIo(scoped in EventOutcome outcome, bool reads)
    {
        if (outcome.Result > 0)
            UseOf(outcome.Thread).Totals.AddBytes(outcome.Fd, outcome.Result, reads);
    }

    /// <summary>The rows by pid and tid; of what a number stood for one after another, in the order of time.</summary>
    public List<ProcessRow> Rows()
    {
        JoinSections();
        _threadsOf = state.Threads.All.CountBy(static thread => thread.Main).ToDictionary();
        List<ProcessRow> rows = [];
        foreach (TracedThread thread in state.Threads.All)
        {
            if (!thread.IsGone && Wants(thread) && (query.Threads || thread.Main == thread))
                rows.Add(RowOf(thread, _uses.GetValueOrDefault(thread), isRunning: true));
        }

        if (query.IncludeExited)
        {
            foreach (ProcessUse use in _uses.Values)
            {
                if (!IsRunning(use) && Wants(use.Thread))
                    rows.Add(RowOf(use.Thread, use, isRunning: false));
            }
        }

        rows.Sort(static (a, b) =>
            a.Thread.Pid != b.Thread.Pid ? a.Thread.Pid.CompareTo(b.Thread.Pid)
            : a.Thread.Tid != b.Thread.Tid ? a.Thread.Tid.CompareTo(b.Thread.Tid)
            : a.IsRunning != b.IsRunning ? a.IsRunning.CompareTo(b.IsRunning)
            : a.Started.CompareTo(b.Started));
        return rows;
    }

    private bool Wants(TracedThread thread) =>
        query.Wants(thread.Identity) && (thread.Identity.Name is not null || !_ended.Contains(thread.Tid));

    private bool IsRunning(ProcessUse use) => state.Threads.Find(use.Thread.Tid) == use.Thread && !use.Thread.IsGone;

    // A file of several captures has a list of processes in each: who is in the next one as well goes on.
    private void JoinSections()
    {
        foreach (ProcessUse use in _uses.Values.Where(use => use.Exited == 0 && !IsRunning(use)).ToArray())
        {
            if (state.Threads.Find(use.Thread.Tid) is not { } same || same.Identity.Name != use.Thread.Identity.Name || same.Pid != use.Thread.Pid)
                continue;
            UseOf(same).Totals.Add(in use.Totals);
            _uses.Remove(use.Thread);
        }
    }

    private ProcessUse UseOf(TracedThread thread)
    {
        TracedThread counted = query.Threads ? thread : thread.Main;
        if (_last is { } last && last.Thread == counted)
            return last;
        if (!_uses.TryGetValue(counted, out ProcessUse? use))
            _uses.Add(counted, use = new ProcessUse(counted));
        return _last = use;
    }

    // Memory is the process's, whichever of its threads a call or a switch tells it of.
    private void NoteMemory(TracedThread main, uint size, uint resident)
    {
        if (!_uses.TryGetValue(main, out ProcessUse? use))
            _uses.Add(main, use = new ProcessUse(main));
        use.VmSizeKb = size;
        use.VmRssKb = resident;
    }

    // What a new program has is in its event. Where a thread runs one, the main thread ends and is the process again.
    private void NoteProgram(TracedThread thread)
    {
        NoteMemory(thread.Main, 0, 0);
        UseOf(thread).Exited = 0;
        _ended.Remove(thread.Tid);
    }

    private void NoteExit(TracedThread thread, long time)
    {
        _ended.Add(thread.Tid);
        ProcessUse use = UseOf(thread);

        // The main thread can end before others do; the process goes on until the last of them.
        if (use.Thread == thread || use.Thread.IsGone)
            use.Exited = time;
        if (query.IncludeExited || !use.Thread.IsGone)
            return;
        _uses.Remove(use.Thread);
        _last = null;
    }

    private ProcessRow RowOf(TracedThread thread, ProcessUse? use, bool isRunning)
    {
        ThreadIdentity identity = thread.Identity;
        ThreadDetails details = identity.Details;
        TracedThread main = thread.Main;
        ProcessUse? memory = _uses.GetValueOrDefault(main);
        bool isNewer = memory is { VmSizeKb: > 0 };
        return new ProcessRow
        {
            Thread = identity,
            ParentPid = main.Identity.ParentTid,
            User = state.Users.Label(details.Uid),
            Group = state.Groups.Label(details.Gid),
            LoginUser = state.Users.Label(details.LoginUid),
            Container = state.ContainerOf(identity),
            WorkingDirectory = Encoding.UTF8.GetString(main.Cwd),
            SessionLeader = details.SessionId > 0 ? state.Threads.Find((int)details.SessionId)?.Identity.Name : null,
            Threads = _threadsOf.GetValueOrDefault(main, 1),
            OpenFds = isRunning ? thread.Fds.Count : null,
            FdLimit = main.Identity.Details.FdLimit,
            VmSizeKb = isNewer ? memory!.VmSizeKb : main.Identity.Details.Usage?.VmSizeKb ?? 0,
            VmRssKb = isNewer ? memory!.VmRssKb : main.Identity.Details.Usage?.VmRssKb ?? 0,
            Started = thread.Born,
            Exited = isRunning ? 0 : use?.Exited ?? 0,
            IsRunning = isRunning,
            Totals = use?.Totals ?? default,
        };
    }
}
