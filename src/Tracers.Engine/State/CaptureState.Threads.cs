using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.State;

/// <content>Threads: where they come from, what they inherit, what they become.</content>
internal sealed partial class CaptureState
{
    // A child whose own return from clone comes so late after its parent's is another one: the end of the first was not seen.
    private const long StaleAfterNanoseconds = 2_000_000_000;

    private const int FirstExecveWithCgroups = 231;
    private const int Execve18 = 289;
    private const int Execve19 = 293;
    private const int ExecveAt = 331;
    private const uint ExecutableIsWritable = 1;

    // Threads that are only mentioned, by their tid's lowest bits: the scheduler mentions the idle ones again and again.
    private readonly TracedThread?[] _strangers = new TracedThread?[64];

    /// <summary>The thread that started a thread; null when it is not there any more, or not known.</summary>
    /// <remarks>A damaged list can have it that a thread is among its own ancestors.</remarks>
    public TracedThread? ParentOf(TracedThread thread) => Threads.Find(thread.Identity.ParentTid) is { } parent && parent != thread ? parent : null;

    private TracedThread AddUnknown(int tid)
    {
        TracedThread thread = new(UnknownIdentity(tid), new FdTable());
        Threads.Add(thread);
        return thread;
    }

    // The recorder's own events name threads that need not exist.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private TracedThread Stranger(int tid)
    {
        ref TracedThread? stranger = ref _strangers[tid & (_strangers.Length - 1)];
        if (stranger?.Tid != tid)
            stranger = new TracedThread(UnknownIdentity(tid), new FdTable());
        return stranger;
    }

    private static ThreadIdentity UnknownIdentity(int tid) => new(tid, tid, -1, null, -1);

    private ThreadIdentity Identify(int tid, int pid, int parentTid, ReadOnlySpan<byte> name, ThreadDetails details)
    {
        int nameId = ProcessNames.Intern(name);
        return new ThreadIdentity(tid, pid, parentTid, ProcessNames.Text(nameId), nameId) { Details = details };
    }

    private void Rename(TracedThread thread, ReadOnlySpan<byte> name)
    {
        int nameId = ProcessNames.Intern(name);
        thread.Identity = thread.Identity with { Name = ProcessNames.Text(nameId), NameId = nameId };
    }

    private TracedThread Add(ThreadIdentity identity, CloneFlags flags)
    {
        TracedThread thread = new(identity, new FdTable()) { Flags = flags };
        if (identity.Pid != identity.Tid && Threads.Find(identity.Pid) is { } main)
            Join(thread, main);
        Threads.Add(thread);
        return thread;
    }

    private static void Join(TracedThread thread, TracedThread main)
    {
        thread.Main = main;
        if ((thread.Flags & CloneFlags.Files) != 0)
            thread.Fds = main.Fds;
        if ((thread.Flags & CloneFlags.Thread) != 0)
            main.LiveThreads++;
    }

    private void ApplyClone(in EventView e, ref EventOutcome outcome)
    {
        if (outcome.Result < 0)
            return;

        (int flagsIndex, bool hasComm, bool hasIds) = e.Type switch
        {
            15 => (8, false, false),
            157 or 183 or 185 => (13, false, false),
            217 or 219 or 221 => (14, true, false),
            _ => (15, true, true),
        };
        CloneFlags flags = (CloneFlags)e.UInt32(flagsIndex, 0);
        long vtid = hasIds ? e.Int64(18, e.Tid) : e.Tid;
        bool inNamespace = (flags & CloneFlags.ChildInPidNamespace) != 0 || vtid != e.Tid;
        int childTid = (int)outcome.Result;
        TracedThread parent = outcome.Thread;
        if (childTid == 0)
        {
            // In the child.
            if (Threads.Find(e.Tid) is { Identity.Name: not null } known && (known.Born == 0 || e.Timestamp - known.Born <= StaleAfterNanoseconds))
            {
                if (inNamespace)
                    Change(known, known.Identity.Details with { VTid = vtid, VPid = hasIds ? e.Int64(19, -1) : -1 });
                return;
            }

            // The parent's return was not seen, is yet to come, or did not know the child's real tid.
            childTid = e.Tid;
            int parentTid = (int)e.Int64((flags & CloneFlags.Thread) != 0 ? 4 : 5, -1);
            parent = Threads.Find(parentTid) ?? AddUnknown(parentTid);
            flags |= CloneFlags.Inverted;
        }
        else if (inNamespace || (Threads.Find(childTid) is { } child && (child.Flags & CloneFlags.Inverted) != 0))
        {
            // In the parent. Where the child lives in a pid namespace the result is not its real tid: its own return tells.
            return;
        }

        bool isThread = (flags & CloneFlags.Thread) != 0;
        int pid = isThread ? (int)e.Int64(4, parent.Pid) : childTid;
        ThreadDetails inherited = parent.Identity.Details;
        ByteText exe = Share(e.Text(1), inherited.Exe);
        ByteText arguments = Share(e.Parameter(2), inherited.Arguments);
        ThreadDetails details = inherited with
        {
            Exe = exe,
            Arguments = arguments,
            FdLimit = e.Int64(7, -1),
            Uid = e.UInt32(flagsIndex + 1, ThreadDetails.NoId),
            Gid = e.UInt32(flagsIndex + 2, ThreadDetails.NoId),
            VTid = inNamespace ? vtid : childTid,
            VPid = inNamespace ? e.Int64(19, -1) : pid,
            Role = ContainerRole.None,
            Usage = KeepsRecords && e.Type != 15 ? WithMemory(inherited.Usage ?? ProcessUsage.None, in e) : inherited.Usage,
        };
        details = InContainer(details, hasIds ? e.Parameter(14) : default);
        if (KeepsRecords)
            details = InRole(details, parent);

        // The oldest events have no comm, and argv[0] stands for it.
        ReadOnlySpan<byte> comm = hasComm ? e.Text(13) : exe.Span;
        if (parent.Identity.Name is null)
        {
            // A parent that the capture said nothing of is what its child is.
            Change(parent, inherited with { Exe = exe, Arguments = arguments });
            Rename(parent, comm);
        }

        AddChild(Identify(childTid, pid, parent.Tid, comm, details), parent, flags, e.Timestamp);
        if (outcome.Thread.Tid == childTid)
            outcome.Thread = Threads.Find(childTid)!;
    }

    private void AddChild(ThreadIdentity identity, TracedThread parent, CloneFlags flags, long now)
    {
        if (Threads.Find(identity.Tid) is { } replaced)
            Forget(replaced);
        TracedThread child = Add(identity, flags);
        child.Born = now;
        BeginUse(child);
        if ((flags & CloneFlags.Thread) == 0)
        {
            if (KeepsDescent)
                child.BeginProcess(parent.Process);
            child.Cwd = parent.Main.Cwd;
            child.Fds = parent.Fds.Copy();
        }
    }

    private void ApplyExecve(in EventView e, in EventOutcome outcome)
    {
        if (outcome.Result < 0)
            return;

        TracedThread thread = outcome.Thread;
        ThreadDetails before = thread.Identity.Details;
        ThreadDetails details = before with
        {
            Exe = Share(e.Text(1), before.Exe),
            ExePath = ExePath(in e, thread, before),
            Arguments = Share(e.Parameter(2), before.Arguments),
            FdLimit = e.Int64(7, before.FdLimit),
            Tty = e.Type >= 283 ? e.UInt32(16, before.Tty) : before.Tty,
            ProcessGroup = e.Type is Execve19 or ExecveAt ? e.Int64(17, before.ProcessGroup) : before.ProcessGroup,
            LoginUid = e.UInt32(18, before.LoginUid),
            Uid = e.UInt32(26, before.Uid),
            Gid = e.UInt32(29, before.Gid),
            Usage = KeepsRecords ? WithMemory(UsageOf(in e, before.Usage ?? ProcessUsage.None), in e) : null,
        };
        if (e.Type >= FirstExecveWithCgroups)
            details = InRole(InContainer(details, e.Parameter(14)), ParentOf(thread));

        // The oldest events have no comm, and argv[0] stands for it.
        ReadOnlySpan<byte> comm = e.Type is 13 or 155 or 173 ? details.Exe.Span : e.Text(13);
        int pid = (int)e.Int64(4, thread.Pid);
        int parentTid = thread.Identity.ParentTid == -1 ? (int)e.Int64(5, -1) : thread.Identity.ParentTid;
        bool isNews = thread.Identity.ParentTid == -1;
        thread.Identity = Identify(thread.Tid, pid, parentTid, comm, details);
        BeginUse(thread);
        if (KeepsDescent && isNews)
            Descend(thread);

        // The kernel gives the new program a table of its own.
        if ((thread.Flags & CloneFlags.Files) != 0 && thread.Main != thread)
            thread.Fds = thread.Fds.Copy();
        Leave(thread);
        thread.Flags &= CloneFlags.Inverted;

        // Also a thread that is not the main one becomes it.
        TracedThread main = pid == thread.Tid ? thread : Threads.Find(pid) ?? thread;
        if (main == thread)
            thread.Cwd = thread.Main.Cwd;
        thread.Main = main;
        (thread.HasEnded, main.HasEnded) = (false, false);
        if (main.LiveThreads > 0)
            ForgetOthers(main, thread);
    }

    // The kernel lets a process run another program when all its other threads are gone. The one that called has no end of its own: it goes on
    // under the main thread's number.
    private void ForgetOthers(TracedThread main, TracedThread caller)
    {
        foreach (TracedThread other in Threads.All.Where(t => t.Main == main && t != main && t != caller).ToArray())
            Forget(other);
        main.LiveThreads = 0;
    }

    private static ProcessUsage UsageOf(in EventView e, ProcessUsage before)
    {
        // The oldest events have no environment; then it stood before the comm and the cgroups that came later.
        int environment = e.Type switch { 13 or 155 => -1, 173 => 13, 215 => 14, _ => 15 };
        return new ProcessUsage
        {
            Environment = environment < 0 ? before.Environment : new ByteText(e.Parameter(environment).ToArray()),
            ExeWritable = e.ParameterCount > 19 ? (e.UInt32(19, 0) & ExecutableIsWritable) != 0 : before.ExeWritable,
        };
    }

    // A new process and a new program are told of in the same way.
    private static ProcessUsage WithMemory(ProcessUsage usage, in EventView e) => usage with
    {
        MajorFaults = (ulong)e.Int64(8, 0),
        MinorFaults = (ulong)e.Int64(9, 0),
        VmSizeKb = e.UInt32(10, 0),
        VmRssKb = e.UInt32(11, 0),
        VmSwapKb = e.UInt32(12, 0),
    };

    // The kernel's own word in today's files; else what was called, from where.
    private ByteText ExePath(in EventView e, TracedThread thread, ThreadDetails before)
    {
        if (e.Text(27) is { IsEmpty: false } trusted)
            return Share(trusted, before.ExePath);
        if (e.Type is not (Execve18 or Execve19 or ExecveAt) || !thread.TryGetEnter(e.Type, out EventView enter))
            return before.ExePath;

        bool at = e.Type == ExecveAt;
        ReadOnlySpan<byte> name = enter.Text(at ? 1 : 0);
        if (name.SequenceEqual("<NA>"u8) && !at)
            return Share(name, before.ExePath);
        ReadOnlySpan<byte> directory = at ? BaseDirectory(thread, enter.Int64(0, ParameterText.AtFdCwd)) : thread.Main.Cwd;

        // execveat may name the program by its descriptor alone; the recorder has no text for that.
        if (at && (name.IsEmpty || name.SequenceEqual("<NA>"u8)))
            return Share(directory.TrimEnd((byte)'/'), before.ExePath);
        Span<byte> resolved = stackalloc byte[ScapLimits.PathLength];
        return Share(PathResolver.Resolve(directory, name, resolved), before.ExePath);
    }

    // The kernel keeps a process until its last thread is gone.
    private void ApplyProcessExit(TracedThread thread)
    {
        thread.HasEnded = true;
        if (thread.LiveThreads > 0)
            return;

        // The caller still holds the thread; only later events of the tid meet a stranger.
        Forget(thread);
    }

    private void Forget(TracedThread thread)
    {
        Threads.Remove(thread.Tid);
        Leave(thread);
        if (thread.KnownProcess is { } process)
            process.IsGone = true;
    }

    private static void Leave(TracedThread thread)
    {
        if ((thread.Flags & CloneFlags.Thread) != 0 && thread.Main != thread && thread.Main.LiveThreads > 0)
            thread.Main.LiveThreads--;
    }

    // Mostly the cgroups are those of the parent or of the program before, and need not be looked through.
    private ThreadDetails InContainer(ThreadDetails details, ReadOnlySpan<byte> cgroups) =>
        cgroups.SequenceEqual(details.Cgroups.Span) ? details
        : details with { Cgroups = new ByteText(cgroups.ToArray()), Container = Containers.Find(cgroups, details.Root.Span) };

    private static void Change(TracedThread thread, ThreadDetails details) => thread.Identity = thread.Identity with { Details = details };

    // A child has mostly what its parent has: one copy for both.
    private static ByteText Share(ReadOnlySpan<byte> text, ByteText known) => text.SequenceEqual(known.Span) ? known : new ByteText(text.ToArray());
}
