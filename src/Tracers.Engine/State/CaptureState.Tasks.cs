using System.Buffers.Binary;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.State;

/// <content>Threads and their descriptors as today's recorders tell of them: by events in the place of the lists of a section.</content>
internal sealed partial class CaptureState
{
    private const int TaskPipe = 432;
    private const int TaskMemFd = 434;
    private const int TaskFile = 436;
    private const int TaskDirectory = 438;
    private const int TaskIpv4Socket = 440;
    private const int TaskIpv6Socket = 442;
    private const int TaskUnixSocket = 444;
    private const int TaskNetlink = 446;

    // By the number that an anonymous inode's event has for it; what is behind the end has no kind of its own.
    private static ReadOnlySpan<FdKind> AnonymousKinds =>
    [
        FdKind.Unsupported, FdKind.Event, FdKind.EventPoll, FdKind.Inotify, FdKind.SignalFd, FdKind.TimerFd, FdKind.IoUring,
        FdKind.UserFaultFd, FdKind.PidFd, FdKind.Bpf, FdKind.Bpf, FdKind.Bpf, FdKind.Bpf,
    ];

    private void ApplyTask(in EventView e)
    {
        // The event has no parameter for the process: it stands in the upper half of the header's tid.
        int pid = (int)(BinaryPrimitives.ReadInt64LittleEndian(e.Bytes[8..]) >> 32);
        if (pid <= 0)
            pid = e.Tid;

        ReadOnlySpan<byte> argv = e.Parameter(5);
        ReadOnlySpan<byte> exe = argv.UntilNul();
        ByteText root = new(e.Text(28).ToArray());
        ByteText cgroups = new(e.Parameter(27).ToArray());
        ThreadDetails details = new()
        {
            Exe = new ByteText(exe.ToArray()),
            Arguments = new ByteText(argv[Math.Min(exe.Length + 1, argv.Length)..].ToArray()),
            ExePath = new ByteText(e.Text(6).ToArray()),
            Root = root,
            Uid = e.UInt32(11, ThreadDetails.NoId),
            Gid = e.UInt32(12, ThreadDetails.NoId),
            LoginUid = e.UInt32(31, ThreadDetails.NoId),
            Tty = e.UInt32(30, 0),
            SessionId = e.Int64(3, -1),
            ProcessGroup = e.Int64(2, -1),
            VPid = e.Int64(24, -1),
            VTid = e.Int64(25, -1),
            FdLimit = e.Int64(10, -1),
            Cgroups = cgroups,
            Container = Containers.Find(cgroups.Span, root.Span),
            Usage = !KeepsRecords ? null : new ProcessUsage
            {
                VmSizeKb = e.UInt32(19, 0),
                VmRssKb = e.UInt32(20, 0),
                VmSwapKb = e.UInt32(21, 0),
                MajorFaults = (ulong)e.Int64(22, 0),
                MinorFaults = (ulong)e.Int64(23, 0),
                Environment = new ByteText(e.Parameter(8).ToArray()),
                ExeWritable = (e.UInt32(7, 0) & ExecutableIsWritable) != 0,
            },
        };
        ThreadIdentity identity = Identify(e.Tid, pid, (int)e.Int64(0, -1), e.Text(4), details);
        if (Threads.Find(e.Tid) is { } thread)
            thread.Identity = identity;
        else
            thread = Add(identity, pid == e.Tid ? CloneFlags.None : CloneFlags.Thread | CloneFlags.Files);
        thread.Cwd = e.Text(9).ToArray();
        BeginUse(thread);
        if (KeepsDescent)
            DescendInList(thread);
    }

    private void ApplyTaskFile(in EventView e)
    {
        long fd = e.Int64(0, -1);
        if (fd >= 0 && DescribeTaskFile(in e) is { } info)
            (Threads.Find(e.Tid) ?? AddUnknown(e.Tid)).Fds.Set(fd, info);
    }

    private FdInfo? DescribeTaskFile(in EventView e) => e.Type switch
    {
        TaskPipe => Fds.Named(FdKind.Pipe, e.Text(1)),
        TaskMemFd => Fds.Named(FdKind.MemFd, e.Text(1)),
        TaskFile => Fds.File(e.Text(1)),
        TaskDirectory => Fds.Named(FdKind.Directory, e.Text(1)),
        TaskIpv4Socket => DescribeTaskSocket(in e, FdKind.Ipv4, 4),
        TaskIpv6Socket => DescribeTaskSocket(in e, FdKind.Ipv6, 16),
        TaskUnixSocket => DescribeUnix(e.Text(4)),
        TaskNetlink => Fds.Unnamed(FdKind.Netlink),
        _ => e.Parameter(1) is [var type] ? Fds.Named(type < AnonymousKinds.Length ? AnonymousKinds[type] : FdKind.Unsupported, e.Text(2)) : null,
    };

    private FdInfo? DescribeTaskSocket(in EventView e, FdKind kind, int size)
    {
        ReadOnlySpan<byte> local = e.Parameter(3), remote = e.Parameter(5);
        if (local.Length != size || remote.Length != size)
            return null;
        Transport transport = TransportOf(UInt16(e.Parameter(1)), UInt16(e.Parameter(2)));
        InternetAddress source = InternetAddress.Read(local), destination = InternetAddress.Read(remote);
        ushort sourcePort = UInt16(e.Parameter(4)), destinationPort = UInt16(e.Parameter(6));
        if (transport != Transport.Tcp || destinationPort != 0)
            return DescribeConnection(kind, transport, source, sourcePort, destination, destinationPort);

        // One of TCP that leads nowhere listens, or was just made.
        if (sourcePort == 0)
            return Fds.Socket(kind, transport);
        _serverPorts[sourcePort] = true;
        return Fds.Server(kind, transport, source, sourcePort);
    }

    private static ushort UInt16(ReadOnlySpan<byte> parameter) =>
        parameter.Length == sizeof(ushort) ? BinaryPrimitives.ReadUInt16LittleEndian(parameter) : (ushort)0;
}
