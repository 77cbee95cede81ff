using Tracers.Engine.Events;

namespace Tracers.Engine.State;

/// <content>Threads: where they come from, what they inherit, what they become.</content>
internal sealed partial class CaptureState
{
    // An entry older than this when its tid appears again belonged to a thread whose end was not seen.
    private const long StaleAfterNanoseconds = 2_000_000_000;

    private TracedThread AddUnknown(int tid) => Add(tid, tid, -1, default, CloneFlags.None, known: false);

    // A thread becomes known by what it does, not by what happens to it.
    private TracedThread MeetUnknown(int tid, uint kind)
    {
        if ((kind & EventKinds.Aside) == 0)
            return AddUnknown(tid);
        if (_bystanders.Find(tid) is not { } bystander)
            _bystanders.Add(bystander = new TracedThread(new ThreadIdentity(tid, tid, -1, null, -1), new FdTable()));
        return bystander;
    }

    private TracedThread Add(int tid, int pid, int parentTid, ReadOnlySpan<byte> name, CloneFlags flags, bool known)
    {
        int nameId = known ? ProcessNames.Intern(name) : -1;
        ThreadIdentity identity = new(tid, pid, parentTid, known ? ProcessNames.Text(nameId) : null, nameId);
        TracedThread thread = new(identity, new FdTable()) { Flags = flags };
        if (pid != tid && Threads.Find(pid) is { } main)
        {
            thread.Main = main;
            if ((flags & CloneFlags.Files) != 0)
                thread.Fds = main.Fds;
        }

        Threads.Add(thread);
        return thread;
    }

    private void ApplyClone(in EventView e, ref EventOutcome outcome)
    {
        if (outcome.Result < 0)
            return;

        (int flagsIndex, int commIndex) = e.Type switch
        {
            15 => (8, -1),
            157 or 183 or 185 => (13, -1),
            217 or 219 or 221 => (14, 13),
            _ => (15, 13),
        };
        CloneFlags flags = (CloneFlags)e.UInt32(flagsIndex, 0);
        ReadOnlySpan<byte> comm = commIndex < 0 ? default : e.Text(commIndex);
        int tid = (int)e.Int64(3, e.Tid);
        int pid = (int)e.Int64(4, outcome.Thread.Pid);

        if (outcome.Result > 0)
        {
            // In the parent. Where the child lives in a pid namespace the result is not its real tid: its own exit event tells.
            bool namespaced = flagsIndex == 15 && e.Int64(18, tid) != tid;
            if ((flags & CloneFlags.ChildInPidNamespace) == 0 && !namespaced)
            {
                int child = (int)outcome.Result;
                AddChild(child, (flags & CloneFlags.Thread) != 0 ? pid : child, outcome.Thread, comm, flags, e.Timestamp);
            }
        }
        else
        {
            // In the child.
            int parentTid = (flags & CloneFlags.Thread) != 0 ? pid : (int)e.Int64(5, -1);
            TracedThread? parent = Threads.Find(parentTid);
            if (Threads.Find(e.Tid) is { Identity.Name: not null } known && known.Born != 0 && e.Timestamp - known.Born < StaleAfterNanoseconds)
                return;
            outcome.Thread = AddChild(e.Tid, (flags & CloneFlags.Thread) != 0 ? pid : e.Tid, parent, comm, flags, e.Timestamp);
        }
    }

    private TracedThread AddChild(int tid, int pid, TracedThread? parent, ReadOnlySpan<byte> comm, CloneFlags flags, long now)
    {
        if (Threads.Find(tid) is { Identity.Name: not null } existing && existing.Born != 0 && now - existing.Born < StaleAfterNanoseconds)
            return existing;

        if (comm.IsEmpty && parent is { Identity.NameId: >= 0 })
            comm = ProcessNames.Bytes(parent.Identity.NameId);
        Threads.Remove(tid);
        TracedThread child = Add(tid, pid, parent?.Tid ?? -1, comm, flags, known: true);
        child.Born = now;

        if ((flags & CloneFlags.Thread) == 0 && parent is not null)
        {
            child.Cwd = parent.Main.Cwd;
            child.Fds = parent.Fds.Copy();
        }

        return child;
    }

    private void ApplyExecve(in EventView e, in EventOutcome outcome)
    {
        if (outcome.Result < 0)
            return;

        TracedThread thread = outcome.Thread;
        ReadOnlySpan<byte> comm = e.ParameterCount > 14 ? e.Text(13) : FileName(e.Text(1));
        int pid = (int)e.Int64(4, thread.Pid);
        int nameId = ProcessNames.Intern(comm);
        thread.Identity = new ThreadIdentity(thread.Tid, pid, (int)e.Int64(5, thread.Identity.ParentTid), ProcessNames.Text(nameId), nameId);

        // The kernel gives the new program a table of its own.
        if ((thread.Flags & CloneFlags.Files) != 0 && thread.Main != thread)
            thread.Fds = thread.Fds.Copy();
        thread.Flags = CloneFlags.None;
    }

    private static ReadOnlySpan<byte> FileName(ReadOnlySpan<byte> path) => path[(path.LastIndexOf((byte)'/') + 1)..];
}
