using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Tracers.Engine.Capture.Linux;

namespace Tracers.Tests.Engine.Capture.Linux.Snapshot;

/// <summary>Rows of the probe's iterators, byte by byte as records.h has them.</summary>
internal static class Rows
{
    public const uint RegularFile = 0x81A4;
    public const uint Directory = 0x41ED;
    public const uint Fifo = 0x1180;
    public const uint CharacterDevice = 0x21B6;
    public const uint SocketMode = 0xC1FF;

    public static TaskRow Task(
        uint tid, uint? pid = null, string comm = "app", ulong time = 1000, uint parent = 1, ulong cgroup = 1, uint? filesOwner = null, uint flags = 0, uint ownTid = 0)
    {
        byte[] row = new byte[TaskRow.Size];
        U64(row, 0, time);
        U32(row, 8, tid, pid ?? tid, parent + 5, parent, 30, 31, ownTid == 0 ? tid : ownTid, ownTid == 0 ? pid ?? tid : ownTid);
        U64(row, 40, 99);
        U64(row, 48, 7);
        U64(row, 56, 8);
        U32(row, 64, 4000, 2000, 100, 0);
        U64(row, 80, 1024);
        U64(row, 88, cgroup);
        U32(row, 96, 33, 34, 1000, 34816);
        Encoding.UTF8.GetBytes(comm).CopyTo(row, 112);
        U32(row, 136, flags, filesOwner ?? pid ?? tid);
        return MemoryMarshal.Read<TaskRow>(row);
    }

    public static FileRow File(
        int fd, string path, uint mode = RegularFile, uint flags = 0, ulong inode = 5, uint device = 0, uint tid = 100, ulong time = 2000, byte[]? socket = null)
    {
        byte[] row = new byte[FileRow.Size];
        U64(row, 0, time);
        U32(row, 8, tid, (uint)fd);
        U64(row, 16, inode);
        U32(row, 24, device, mode, flags, (uint)Encoding.UTF8.GetByteCount(path));
        socket?.CopyTo(row, 48);
        Encoding.UTF8.GetBytes(path).CopyTo(row, 232);
        return MemoryMarshal.Read<FileRow>(row);
    }

    public static FileRow Socket(int fd, byte[] socket, uint tid = 100, ulong time = 2000) =>
        File(fd, "socket:[5]", SocketMode, tid: tid, time: time, socket: socket);

    /// <summary>An internet socket: AF_*, SOCK_*, IPPROTO_*, addresses in network order.</summary>
    public static byte[] Internet(ushort family, ushort type, byte protocol, byte[] local, ushort localPort, byte[] remote, ushort remotePort)
    {
        byte[] socket = Socket(family, type, protocol);
        U16(socket, 4, localPort, remotePort);
        local.CopyTo(socket, 8);
        remote.CopyTo(socket, 24);
        return socket;
    }

    public static byte[] Unix(byte[] path, ulong own = 0xffff888000000001, ulong peer = 0xffff888000000002)
    {
        byte[] socket = Socket(1, 1, 0);
        U64(socket, 40, own);
        U64(socket, 48, peer);
        U16(socket, 66, (ushort)path.Length);
        path.CopyTo(socket, 72);
        return socket;
    }

    public static byte[] Socket(ushort family, ushort type, byte protocol)
    {
        byte[] socket = new byte[CopiedSocket.Size];
        U16(socket, 0, family, type);
        socket[64] = protocol;
        return socket;
    }

    private static void U16(byte[] row, int offset, params ReadOnlySpan<ushort> values)
    {
        foreach (ushort value in values)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(row.AsSpan(offset), value);
            offset += 2;
        }
    }

    private static void U32(byte[] row, int offset, params ReadOnlySpan<uint> values)
    {
        foreach (uint value in values)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(row.AsSpan(offset), value);
            offset += 4;
        }
    }

    private static void U64(byte[] row, int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(row.AsSpan(offset), value);
}
