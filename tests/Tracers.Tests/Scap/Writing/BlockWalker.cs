using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;

namespace Tracers.Tests.Scap.Writing;

/// <summary>
/// Reads the blocks of a version 1.2 capture and writes each again through the writer, metadata by way of the records. It trusts its
/// input and is no reader: it is here so that the writer's tests need none.
/// </summary>
internal static class BlockWalker
{
    public static void Copy(string source, CaptureWriter writer)
    {
        ReadOnlySpan<byte> file = ReadAll(source);
        while (file.Length > 0)
        {
            uint type = BinaryPrimitives.ReadUInt32LittleEndian(file);
            int length = BinaryPrimitives.ReadInt32LittleEndian(file[4..]);
            Copy(type, file[8..(length - 4)], writer);
            file = file[length..];
        }
    }

    private static byte[] ReadAll(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes is not [0x1F, 0x8B, ..]) return bytes;
        MemoryStream inflated = new();
        using GZipStream gzip = new(new MemoryStream(bytes), CompressionMode.Decompress);
        gzip.CopyTo(inflated);
        return inflated.ToArray();
    }

    private static void Copy(uint type, ReadOnlySpan<byte> body, CaptureWriter writer)
    {
        Cursor cursor = new(body);
        switch (type)
        {
            case 0x0A0D0D0A:
                writer.WriteSectionHeader();
                break;
            case 0x201:
                writer.WriteMachineInfo(ReadMachine(ref cursor));
                break;
            case 0x219:
                List<InterfaceRecord> interfaces = [];
                while (cursor.Left >= 4) interfaces.Add(ReadInterface(cursor.Entry(countsItself: false)));
                writer.WriteInterfaces(interfaces);
                break;
            case 0x220:
                CopyUsers(ref cursor, writer);
                break;
            case 0x215:
                List<ProcessRecord> processes = [];
                while (cursor.Left >= 4) processes.Add(ReadProcess(cursor.Entry(countsItself: true)));
                writer.WriteProcesses(processes);
                break;
            case 0x218:
                ulong tid = cursor.U64();
                List<FdRecord> fds = [];
                while (cursor.Left >= 4) fds.Add(ReadFd(cursor.Entry(countsItself: true)));
                writer.WriteFds(tid, fds);
                break;
            case 0x216 or 0x217 or 0x221 or 0x222:
                ushort cpu = cursor.U16();
                EventBlockOptions options = type is 0x217 or 0x222 ? (EventBlockOptions)cursor.U32() : EventBlockOptions.None;
                int length = BinaryPrimitives.ReadInt32LittleEndian(cursor.Rest[16..]);
                writer.WriteRawEvent(cpu, options, cursor.Rest[..length], large: type is 0x221 or 0x222);
                break;
            default:
                throw new NotSupportedException($"Block type 0x{type:X} is not of version 1.2.");
        }
    }

    private static MachineInfo ReadMachine(ref Cursor cursor) => new()
    {
        CpuCount = cursor.U32(),
        MemoryBytes = cursor.U64(),
        MaxPid = cursor.U64(),
        HostName = new ByteText(cursor.Bytes(128).ToArray().AsMemory().TrimEnd((byte)0)),
        BootTime = cursor.U64(),
        Flags = cursor.U64(),
    };

    private static InterfaceRecord ReadInterface(Cursor entry)
    {
        int type = entry.U16();
        int nameLength = entry.U16();
        int size = type is 1 or 3 ? 4 : 16;
        IPAddress address = new(entry.Bytes(size));
        IPAddress mask = new(entry.Bytes(size));
        IPAddress broadcast = new(entry.Bytes(size));
        ulong speed = type <= 2 ? entry.U64() : 0;
        return new InterfaceRecord(new ByteText(entry.Bytes(nameLength).ToArray()), address, mask, broadcast, speed);
    }

    private static void CopyUsers(ref Cursor cursor, CaptureWriter writer)
    {
        List<UserRecord> users = [];
        List<GroupRecord> groups = [];
        while (cursor.Left >= 4)
        {
            Cursor entry = cursor.Entry(countsItself: true);
            if (entry.U8() == 0) users.Add(new(entry.U32(), entry.U32(), entry.Name(), entry.Name(), entry.Name()));
            else groups.Add(new(entry.U32(), entry.Name()));
        }

        writer.WriteUsers(users, groups);
    }

    private static ProcessRecord ReadProcess(Cursor entry)
    {
        ProcessRecord process = new()
        {
            Tid = entry.U64(), Pid = entry.U64(), ParentTid = entry.U64(), SessionId = entry.U64(), ProcessGroup = entry.U64(),
            Comm = entry.Name(), Exe = entry.Name(), ExePath = entry.Name(), Arguments = entry.Name(), Cwd = entry.Name(),
            FdLimit = (long)entry.U64(), Flags = entry.U32(), Uid = entry.U32(), Gid = entry.U32(),
            VmSizeKb = entry.U32(), VmRssKb = entry.U32(), VmSwapKb = entry.U32(), MajorFaults = entry.U64(), MinorFaults = entry.U64(),
            Environment = entry.Name(), VTid = (long)entry.U64(), VPid = (long)entry.U64(), Cgroups = entry.Name(), Root = entry.Name(),
        };

        // Captures of newer programs have two more fields before these.
        if (entry.Left > 29) entry.Bytes(12);
        if (entry.Left >= 4) process = process with { LoginUid = (int)entry.U32() };
        if (entry.Left >= 1) process = process with { ExeWritable = entry.U8() != 0 };
        return process;
    }

    private static FdRecord ReadFd(Cursor entry)
    {
        FdRecord fd = new() { Fd = (long)entry.U64(), Inode = entry.U64(), Type = (FdRecordType)entry.U8() };
        int size = fd.Type is FdRecordType.Ipv6Server or FdRecordType.Ipv6Socket ? 16 : 4;
        switch (fd.Type)
        {
            case FdRecordType.Ipv4Socket or FdRecordType.Ipv6Socket:
                return fd with
                {
                    SourceAddress = new(entry.Bytes(size)), DestinationAddress = new(entry.Bytes(size)),
                    SourcePort = entry.U16(), DestinationPort = entry.U16(), Transport = entry.U8(),
                };
            case FdRecordType.Ipv4Server or FdRecordType.Ipv6Server:
                return fd with { SourceAddress = new(entry.Bytes(size)), SourcePort = entry.U16(), Transport = entry.U8() };
            case FdRecordType.UnixSocket:
                return fd with { UnixSource = entry.U64(), UnixDestination = entry.U64(), Name = entry.Name() };
            case FdRecordType.FileV2:
                fd = fd with { OpenFlags = entry.U32(), Name = entry.Name() };
                return entry.Left >= 4 ? fd with { Device = entry.U32() } : fd;
            default:
                return fd with { Name = entry.Name() };
        }
    }
}
