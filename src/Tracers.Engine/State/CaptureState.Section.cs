using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.State;

/// <content>The state that a section begins with.</content>
internal sealed partial class CaptureState
{
    /// <summary>Begins a section: forgets the state before it and takes over its process and descriptor lists.</summary>
    public void Begin(SectionMetadata section)
    {
        Clear();
        _localAddresses.Begin(section.Interfaces);
        foreach (ProcessRecord process in section.Processes)
        {
            section.CountEntry();
            Place(process);
        }

        foreach (UserRecord user in section.Users)
        {
            section.CountEntry();
            Users.Set(user.Uid, user.Name.Span);
            if (KeepsRecords)
                Accounts[user.Uid] = user;
        }

        foreach (GroupRecord group in section.Groups)
        {
            section.CountEntry();
            Groups.Set(group.Gid, group.Name.Span);
        }

        // A thread can stand before its main thread in the list.
        foreach (TracedThread thread in Threads.All)
        {
            if (thread.Pid != thread.Tid && Threads.Find(thread.Pid) is { } main)
                Join(thread, main);
        }

        if (KeepsRecords)
            FindRoles();
        if (KeepsDescent)
        {
            foreach (TracedThread thread in Threads.All)
                Descend(thread);
        }

        foreach ((int _, FdRecord record) in section.Descriptors)
        {
            if (record.Type is FdRecordType.Ipv4Server or FdRecordType.Ipv6Server)
                _serverPorts[record.SourcePort] = true;
        }

        foreach ((int tid, FdRecord record) in section.Descriptors)
        {
            section.CountEntry();
            Place(tid, record);
        }
    }

    // Which thread it belongs to is seen to when all are there.
    private TracedThread Place(ProcessRecord process)
    {
        ThreadIdentity identity = Identify((int)process.Tid, (int)process.Pid, (int)process.ParentTid, process.Comm.Span, Describe(process));
        TracedThread? thread = Threads.Find(identity.Tid);
        if (thread is null)
        {
            thread = new TracedThread(identity, new FdTable());
            Threads.Add(thread);
        }

        thread.Identity = identity;
        thread.Flags = (CloneFlags)process.Flags;
        thread.Cwd = process.Cwd.AsArray();
        BeginUse(thread);
        return thread;
    }

    private void Place(int tid, FdRecord record)
    {
        TracedThread owner = Threads.Find(tid) ?? AddUnknown(tid);
        if (Describe(record) is { } info)
            owner.Fds.Set(record.Fd, KeepsRecords ? info.With(record) : info);
    }

    private ThreadDetails Describe(ProcessRecord process) => new()
    {
        Exe = process.Exe,
        ExePath = process.ExePath,
        Arguments = process.Arguments,
        Root = process.Root,
        Uid = process.Uid,
        Gid = process.Gid,
        LoginUid = (uint)process.LoginUid,
        Tty = process.Tty,
        SessionId = (long)process.SessionId,
        ProcessGroup = (long)process.ProcessGroup,
        VTid = process.VTid,
        VPid = process.VPid,
        FdLimit = process.FdLimit,
        Cgroups = process.Cgroups,
        Container = Containers.Find(process.Cgroups.Span, process.Root.Span),
        Usage = !KeepsRecords ? null : new ProcessUsage
        {
            VmSizeKb = process.VmSizeKb,
            VmRssKb = process.VmRssKb,
            VmSwapKb = process.VmSwapKb,
            MajorFaults = process.MajorFaults,
            MinorFaults = process.MinorFaults,
            Environment = process.Environment,
            ExeWritable = process.ExeWritable,
        },
    };

    private FdInfo? Describe(FdRecord record) => record.Type switch
    {
        FdRecordType.Unknown => null,
        FdRecordType.File or FdRecordType.FileV2 => Fds.File(record.Name.Span),
        FdRecordType.Directory => Fds.Named(FdKind.Directory, record.Name.Span),
        FdRecordType.Ipv4Socket => DescribeConnection(FdKind.Ipv4, record),
        FdRecordType.Ipv6Socket => DescribeConnection(FdKind.Ipv6, record),
        FdRecordType.Ipv4Server => Fds.Server(FdKind.Ipv4, (Transport)record.Transport, InternetAddress.Read(record.SourceAddress!), record.SourcePort),
        FdRecordType.Ipv6Server => Fds.Server(FdKind.Ipv6, (Transport)record.Transport, InternetAddress.Read(record.SourceAddress!), record.SourcePort),
        FdRecordType.Pipe => Fds.Named(FdKind.Pipe, record.Name.Span),
        FdRecordType.UnixSocket => DescribeUnix(record.Name.Span),
        FdRecordType.Event => Fds.Named(FdKind.Event, record.Name.Span),
        FdRecordType.SignalFd => Fds.Named(FdKind.SignalFd, record.Name.Span),
        FdRecordType.EventPoll => Fds.Named(FdKind.EventPoll, record.Name.Span),
        FdRecordType.Inotify => Fds.Named(FdKind.Inotify, record.Name.Span),
        FdRecordType.TimerFd => Fds.Named(FdKind.TimerFd, record.Name.Span),
        FdRecordType.Netlink => Fds.Named(FdKind.Netlink, record.Name.Span),
        FdRecordType.Bpf => Fds.Named(FdKind.Bpf, record.Name.Span),
        FdRecordType.UserFaultFd => Fds.Named(FdKind.UserFaultFd, record.Name.Span),
        FdRecordType.IoUring => Fds.Named(FdKind.IoUring, record.Name.Span),
        FdRecordType.MemFd => Fds.Named(FdKind.MemFd, record.Name.Span),
        FdRecordType.PidFd => Fds.Named(FdKind.PidFd, record.Name.Span),
        _ => Fds.Named(FdKind.Unsupported, record.Name.Span),
    };

    private FdInfo DescribeUnix(ReadOnlySpan<byte> name) => Fds.UnixSocket(name, name.IsEmpty ? SocketRole.Client : SocketRole.Server);

    private FdInfo DescribeConnection(FdKind kind, FdRecord record)
    {
        FdInfo info = DescribeConnection(
            kind, (Transport)record.Transport, InternetAddress.Read(record.SourceAddress!), record.SourcePort, InternetAddress.Read(record.DestinationAddress!), record.DestinationPort);
        return info.IsNamed ? info : Fds.NoAddress(info);
    }

    // A list tells which end is the own one, not which is the client's.
    private FdInfo DescribeConnection(FdKind kind, Transport transport, InternetAddress own, ushort ownPort, InternetAddress other, ushort otherPort)
    {
        InternetAddress.Unmap(ref kind, ref own, ref other);
        if (kind == FdKind.Ipv6)
            return Fds.Connection(kind, transport, SocketRole.Unknown, own, ownPort, other, otherPort);
        return _serverPorts[ownPort]
            ? Fds.Connection(kind, transport, SocketRole.Server, other, otherPort, own, ownPort)
            : Fds.Connection(kind, transport, SocketRole.Client, own, ownPort, other, otherPort);
    }
}
