using System.Net;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;

namespace Tracers.Engine.Capture.Linux.Snapshot;

/// <summary>Makes an entry of a descriptor list of what the file iterator told, with the types and names that sysdig's own recorder gives.</summary>
internal static class FileConversion
{
    private const ushort Unix = 1;
    private const ushort Ipv4 = 2;
    private const ushort Ipv6 = 10;
    private const ushort Netlink = 16;
    private const ushort RawSocket = 3;

    private const uint TypeBits = 0xF000;
    private const uint Fifo = 0x1000;
    private const uint Directory = 0x4000;
    private const uint Socket = 0xC000;

    private const int LongestName = 1023;

    private static readonly LinuxValues s_openFlags = LinuxValues.Find("openflags");
    private static readonly IPAddress s_none4 = IPAddress.Any;
    private static readonly IPAddress s_none6 = IPAddress.IPv6Any;

    /// <summary>The entry of a descriptor.</summary>
    /// <param name="row">The descriptor.</param>
    /// <param name="proc">Where its name is read when the kernel could not give it with the row.</param>
    public static FdRecord ToRecord(in FileRow row, ProcFolder proc)
    {
        ulong inode = row.File.Inode;
        if (row.Socket.Family != 0)
            return OfSocket(in row);

        ReadOnlySpan<byte> path = PathOf(in row, proc);

        // Anonymous inodes come first: newer kernels give them the mode of a file.
        if (path.StartsWith("anon_inode:"u8))
            return FdRecord.ForNamed(row.Fd, AnonymousType(path["anon_inode:".Length..]), default, inode);
        if (path.StartsWith("pidfd:["u8))
            return FdRecord.ForNamed(row.Fd, FdRecordType.Unsupported, default, inode);
        ByteText name = new(path[..Math.Min(path.Length, LongestName)].ToArray());
        return (row.File.Mode & TypeBits) switch
        {
            Fifo => FdRecord.ForNamed(row.Fd, FdRecordType.Pipe, name, inode),
            Directory => FdRecord.ForNamed(row.Fd, FdRecordType.Directory, name, inode),
            Socket or 0 => FdRecord.ForNamed(row.Fd, FdRecordType.Unsupported, name, inode),
            _ => FdRecord.ForFile(row.Fd, name, s_openFlags.Convert(row.Flags), inode, RecordShaper.EncodeDevice(row.File.Device)),
        };
    }

    // Some paths are too long for the row, and the oldest kernels give none.
    private static ReadOnlySpan<byte> PathOf(in FileRow row, ProcFolder proc)
    {
        ReadOnlySpan<byte> path = row.Path;
        path = path[..(int)Math.Min(row.PathLength, (uint)path.Length)].UntilNul();
        if (!path.IsEmpty)
            return path;
        Span<byte> name = stackalloc byte[16];
        return System.Text.Unicode.Utf8.TryWrite(name, $"fd/{row.Fd}", out int length) ? proc.ReadLink(row.Tid, name[..length]) : default;
    }

    private static FdRecordType AnonymousType(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("[eventfd]"u8) ? FdRecordType.Event
        : name.SequenceEqual("[eventpoll]"u8) ? FdRecordType.EventPoll
        : name.SequenceEqual("[signalfd]"u8) ? FdRecordType.SignalFd
        : name.SequenceEqual("[timerfd]"u8) ? FdRecordType.TimerFd
        : name.SequenceEqual("inotify"u8) ? FdRecordType.Inotify
        : FdRecordType.Unsupported;

    private static FdRecord OfSocket(in FileRow row)
    {
        ref readonly CopiedSocket socket = ref row.Socket;
        switch (socket.Family)
        {
            case Ipv4 or Ipv6:
                return OfInternet(in row);
            case Unix:
                return new FdRecord
                {
                    Fd = row.Fd,
                    Type = FdRecordType.UnixSocket,
                    Inode = row.File.Inode,
                    Name = UnixName(in socket),
                    UnixSource = socket.Socket,
                    UnixDestination = socket.Peer,
                };
            default:
                return FdRecord.ForNamed(row.Fd, socket.Family == Netlink ? FdRecordType.Netlink : FdRecordType.Unsupported, default, row.File.Inode);
        }
    }

    private static FdRecord OfInternet(in FileRow row)
    {
        ref readonly CopiedSocket socket = ref row.Socket;
        bool v4 = socket.Family == Ipv4;
        IPAddress none = v4 ? s_none4 : s_none6;
        IPEndPoint local = new(AddressOf(socket.Local, v4), socket.LocalPort);
        IPEndPoint remote = new(AddressOf(socket.Remote, v4), socket.RemotePort);
        byte transport = (byte)(socket.Type == RawSocket ? Transport.Raw : CaptureState.TransportOf(socket.Type, socket.Protocol));

        // One that leads nowhere is a server's, unless it has no address at all yet: then it has no name either.
        bool leads = remote.Port != 0 || !remote.Address.Equals(none);
        bool bound = local.Port != 0 || !local.Address.Equals(none);
        return leads || !bound
            ? FdRecord.ForSocket(row.Fd, local, remote, transport, row.File.Inode)
            : FdRecord.ForServer(row.Fd, local, transport, row.File.Inode);
    }

    private static IPAddress AddressOf(ReadOnlySpan<byte> bytes, bool v4) => new(v4 ? bytes[..4] : bytes);

    // Abstract names are written as the kernel's own list of sockets has them.
    private static ByteText UnixName(in CopiedSocket socket)
    {
        ReadOnlySpan<byte> path = socket.Path;
        path = path[..Math.Min(socket.PathLength, path.Length)];
        if (path.IsEmpty || path[0] != 0)
            return new ByteText(path.UntilNul().ToArray());
        byte[] name = path.ToArray();
        name.AsSpan().Replace((byte)0, (byte)'@');
        return new ByteText(name);
    }
}
