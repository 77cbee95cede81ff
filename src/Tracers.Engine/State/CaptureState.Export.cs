using System.Net;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.State;

/// <content>
/// The lists that a file of this capture begins with, made of the state. Of descriptors that were opened by an event the format's inode,
/// device and open flags are not known and 0; a connected unix socket keeps the name that its event gave it.
/// </content>
internal sealed partial class CaptureState
{
    private const CloneFlags StoredFlags = ~CloneFlags.Inverted;

    /// <summary>The threads, each behind its main thread. Those that nothing but their number is known of are left out.</summary>
    public ProcessRecord[] ExportProcesses()
    {
        List<ProcessRecord> records = new(Threads.Count);
        foreach (TracedThread thread in ExportedThreads())
            records.Add(Export(thread));
        return [.. records];
    }

    /// <summary>The descriptors of each thread of <see cref="ExportProcesses"/> that has a table of its own and anything in it.</summary>
    public (ulong Tid, FdRecord[] Fds)[] ExportDescriptors()
    {
        List<TracedThread> owners = [];
        HashSet<ushort> serverPorts = [];
        foreach (TracedThread thread in ExportedThreads())
        {
            if (thread.Main != thread && thread.Fds == thread.Main.Fds)
                continue;
            owners.Add(thread);
            foreach ((long _, FdInfo info) in thread.Fds.All)
            {
                if (info.Tuple is { Destination: null } listening)
                    serverPorts.Add((ushort)listening.Source.Port);
            }
        }

        List<(ulong Tid, FdRecord[] Fds)> lists = new(owners.Count);
        List<FdRecord> records = [];
        foreach (TracedThread owner in owners)
        {
            records.Clear();
            foreach ((long fd, FdInfo info) in owner.Fds.All)
                records.Add(Export(fd, info, serverPorts));
            if (records.Count != 0)
                lists.Add(((ulong)owner.Tid, [.. records]));
        }

        return [.. lists];
    }

    private TracedThread[] ExportedThreads()
    {
        TracedThread[] threads = [.. Threads.All.Where(t => t.Identity.Name is not null)];
        Array.Sort(threads, (a, b) => a.Pid != b.Pid ? a.Pid.CompareTo(b.Pid) : (a.Tid == a.Pid ? 0 : a.Tid).CompareTo(b.Tid == b.Pid ? 0 : b.Tid));
        return threads;
    }

    private ProcessRecord Export(TracedThread thread)
    {
        ThreadIdentity identity = thread.Identity;
        ThreadDetails details = identity.Details;
        ProcessUsage usage = details.Usage ?? ProcessUsage.None;
        return new ProcessRecord
        {
            Tid = (ulong)thread.Tid,
            Pid = (ulong)thread.Pid,
            ParentTid = (ulong)identity.ParentTid,
            SessionId = (ulong)details.SessionId,
            ProcessGroup = (ulong)details.ProcessGroup,
            Comm = new ByteText(ProcessNames.Bytes(identity.NameId).ToArray()),
            Exe = details.Exe,
            ExePath = details.ExePath,
            Arguments = details.Arguments,
            Cwd = new ByteText(thread.Main.Cwd),
            FdLimit = details.FdLimit,
            Flags = (uint)(thread.Flags & StoredFlags),
            Uid = details.Uid,
            Gid = details.Gid,
            VmSizeKb = usage.VmSizeKb,
            VmRssKb = usage.VmRssKb,
            VmSwapKb = usage.VmSwapKb,
            MajorFaults = usage.MajorFaults,
            MinorFaults = usage.MinorFaults,
            Environment = usage.Environment,
            VTid = details.VTid,
            VPid = details.VPid,
            Cgroups = details.Cgroups,
            Root = details.Root,
            LoginUid = (int)details.LoginUid,
            Tty = details.Tty,
            ExeWritable = usage.ExeWritable,
        };
    }

    private static FdRecord Export(long fd, FdInfo info, HashSet<ushort> serverPorts)
    {
        // Of the types that came after sysdig's last version none may be in a file that it is to read.
        FdRecord? known = info.Record is { Type: <= FdRecordType.FileV2 } ? info.Record : null;
        if (info.Kind == FdKind.Ipv4 && info.Tuple is { Destination: { } destination } tuple && (tuple.Source.Port | destination.Port) != 0)
        {
            (IPEndPoint first, IPEndPoint second) = InListOrder(info.Role, tuple.Source, destination, serverPorts);
            return FdRecord.ForSocket(fd, first, second, (byte)info.Transport, known?.Inode ?? 0);
        }

        return known is null ? Export(fd, info) : known.Fd == fd ? known : known with { Fd = fd };
    }

    // A list has the own end first, and its reader tells by the listening ports which one is the client's. The name is to stay the same, so
    // where the own end would not come out as the server's, the client's stands first.
    private static (IPEndPoint First, IPEndPoint Second) InListOrder(SocketRole role, IPEndPoint client, IPEndPoint server, HashSet<ushort> serverPorts) =>
        (role == SocketRole.Server && serverPorts.Contains((ushort)server.Port)) || serverPorts.Contains((ushort)client.Port) ? (server, client) : (client, server);

    private static FdRecord Export(long fd, FdInfo info)
    {
        byte transport = (byte)info.Transport;
        switch (info.Kind)
        {
            case FdKind.Ipv4 or FdKind.Ipv6 when info.Tuple is { } tuple:
                return tuple.Destination is { } destination ? FdRecord.ForSocket(fd, tuple.Source, destination, transport) : FdRecord.ForServer(fd, tuple.Source, transport);
            case FdKind.Ipv4 or FdKind.Ipv6:
                // One that is not bound to anything yet: readers give a socket without any address no name.
                IPEndPoint none = new(info.Kind == FdKind.Ipv4 ? IPAddress.Any : IPAddress.IPv6Any, 0);
                return FdRecord.ForSocket(fd, none, none, transport);
            case FdKind.File or FdKind.MemFd:
                return FdRecord.ForFile(fd, NameOf(info), 0);
            default:
                return FdRecord.ForNamed(fd, TypeOf(info.Kind), NameOf(info));
        }
    }

    private static ByteText NameOf(FdInfo info) => new(info.Name.ToArray());

    private static FdRecordType TypeOf(FdKind kind) => kind switch
    {
        FdKind.Directory => FdRecordType.Directory,
        FdKind.Pipe => FdRecordType.Pipe,
        FdKind.Unix => FdRecordType.UnixSocket,
        FdKind.Event => FdRecordType.Event,
        FdKind.SignalFd => FdRecordType.SignalFd,
        FdKind.EventPoll => FdRecordType.EventPoll,
        FdKind.Inotify => FdRecordType.Inotify,
        FdKind.TimerFd => FdRecordType.TimerFd,
        FdKind.Netlink => FdRecordType.Netlink,
        _ => FdRecordType.Unsupported,
    };
}
