using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.State;

/// <content>Who a thread acts as and what surrounds it: users, groups, sessions, root, limits, container.</content>
internal sealed partial class CaptureState
{
    private const byte LimitOfDescriptors = 7;
    private const uint SetName = 15;

    /// <summary>Users of the machine by uid.</summary>
    public AccountNames Users { get; } = new();

    /// <summary>Groups of the machine by gid.</summary>
    public AccountNames Groups { get; } = new();

    public ContainerTable Containers { get; } = new();

    /// <summary>What else is known of users, by uid; only where <see cref="KeepsRecords"/>.</summary>
    public Dictionary<uint, UserRecord> Accounts { get; } = [];

    /// <summary>What is known now of the container that a thread runs in; null for a thread that the capture says nothing of.</summary>
    public ContainerInfo? ContainerOf(ThreadIdentity thread) => thread.Name is null ? null : Containers[thread.Details.Container];

    // Files with enter events have the new ids there, today's files in the exit.
    private static void ApplyIds(in EventView e, in EventOutcome outcome)
    {
        if (outcome.Result < 0)
            return;

        // Of three ids the effective one stands second.
        (int index, bool isUser) = e.Type switch
        {
            193 => (1, true),
            195 => (1, false),
            199 => (0, true),
            201 => (0, false),
            427 => (1, true),
            _ => (1, false),
        };
        uint id = e.UInt32(index + 1, ThreadDetails.NoId);
        if (outcome.Thread.TryGetEnter(e.Type, out EventView enter))
            id = enter.UInt32(index, id);
        if (id == ThreadDetails.NoId)
            return;
        ThreadDetails details = outcome.Thread.Identity.Details;
        Change(outcome.Thread, isUser ? details with { Uid = id } : details with { Gid = id });
    }

    private static void ApplyNewSession(in EventOutcome outcome)
    {
        if (outcome.Result >= 0)
            Change(outcome.Thread, outcome.Thread.Identity.Details with { SessionId = outcome.Result });
    }

    private static void ApplyProcessGroup(in EventView e, in EventOutcome outcome)
    {
        if (outcome.Result < 0)
            return;
        long pid = e.Int64(1, -1), group = e.Int64(2, -1);
        if (outcome.Thread.TryGetEnter(e.Type, out EventView enter))
            (pid, group) = (enter.Int64(0, pid), enter.Int64(1, group));

        // Zero stands for the caller. A pid that is not seen in its own namespace cannot be told apart from another's.
        TracedThread? thread = pid == 0 || pid == outcome.Thread.Identity.Details.VPid ? outcome.Thread : null;
        if (thread is not null && group >= 0)
            Change(thread, thread.Identity.Details with { ProcessGroup = group == 0 ? thread.Identity.Details.VPid : group });
    }

    private void ApplyChangeRoot(in EventView e, in EventOutcome outcome)
    {
        if (outcome.Result != 0)
            return;
        Span<byte> resolved = stackalloc byte[ScapLimits.PathLength];
        ReadOnlySpan<byte> path = e.Text(1);
        ByteText root = new((path.StartsWith("/"u8) ? path : PathResolver.Resolve(outcome.Thread.Main.Cwd, path, resolved)).ToArray());
        ThreadDetails details = outcome.Thread.Identity.Details;
        Change(outcome.Thread, details with { Root = root, Container = Containers.Find(details.Cgroups.Span, root.Span) });
    }

    private void ApplyLimit(in EventView e, in EventOutcome outcome)
    {
        if (outcome.Result < 0)
            return;
        bool entered = outcome.Thread.TryGetEnter(e.Type, out EventView enter);
        bool ofAnother = e.Type == 145;
        ReadOnlySpan<byte> resource = entered ? enter.Parameter(ofAnother ? 1 : 0) : e.Parameter(ofAnother ? 6 : 3);
        long limit = e.Int64(1, -1);
        if (resource.Length != 1 || resource[0] != LimitOfDescriptors || limit == -1)
            return;

        long pid = !ofAnother ? 0 : entered ? enter.Int64(0, 0) : e.Int64(5, 0);
        if ((pid == 0 ? outcome.Thread : Threads.Find((int)pid)) is { Main: { } main } && main.Identity.Details.FdLimit != limit)
            Change(main, main.Identity.Details with { FdLimit = limit });
    }

    private void ApplyProcessControl(in EventView e, in EventOutcome outcome)
    {
        if (outcome.Result >= 0 && e.UInt32(1, 0) == SetName && e.Text(2) is { IsEmpty: false } name)
            Rename(outcome.Thread, name);
    }

    // The users and groups of containers are not the machine's.
    private void ApplyAccount(in EventView e)
    {
        bool isUser = e.Type is 354 or 356;
        if (!e.Text(isUser ? 5 : 2).IsEmpty || e.Parameter(0).Length != 4)
            return;
        AccountNames names = isUser ? Users : Groups;
        uint id = e.UInt32(0, 0);
        if (e.Type is 354 or 358)
            names.Set(id, e.Text(isUser ? 2 : 1));
        else
            names.Remove(id);
        if (!KeepsRecords || !isUser)
            return;
        if (e.Type == 354)
            Accounts[id] = new UserRecord(id, e.UInt32(1, ThreadDetails.NoId), new ByteText(e.Text(2).ToArray()), new ByteText(e.Text(3).ToArray()), new ByteText(e.Text(4).ToArray()));
        else
            Accounts.Remove(id);
    }

    // An event of the recorder, not of a thread: it is shown as one of the container.
    private void ApplyContainer(in EventView e, ref EventOutcome outcome)
    {
        int container = Containers.Apply(in e, IsLeading);
        outcome.Hidden = !Containers.LastIsShown;
        if (container == ContainerTable.Host)
            return;
        ThreadDetails details = ThreadDetails.Unknown with { Container = container, VTid = -2, VPid = -2 };
        outcome.Thread = new TracedThread(new ThreadIdentity(e.Tid, -1, -1, "container:" + Containers[container].Id, -1) { Details = details }, new FdTable());
    }
}
