using System.Net;
using Tracers.Engine.Scap.Records;
using Xunit;

namespace Tracers.Tests.Scap.Writing;

public class MetadataBytesTests
{
    [Fact]
    public void The_section_header_is_28_bytes_of_version_1_2()
    {
        byte[] bytes = Written.Bytes(writer => writer.WriteSectionHeader());
        Assert.Equal(Convert.FromHexString("0A0D0D0A" + "1C000000" + "4D3C2B1A" + "01000200" + "FFFFFFFFFFFFFFFF" + "1C000000"), bytes);
    }

    [Fact]
    public void Machine_info_has_a_body_of_180_bytes_with_the_host_name_padded()
    {
        byte[] bytes = Written.AfterHeader(writer => writer.WriteMachineInfo(
            new MachineInfo { CpuCount = 2, MemoryBytes = 0x1_0000_0000, MaxPid = 32768, HostName = "demo", BootTime = 5, Flags = 6 }));
        Assert.Equal(
            Written.Join(0x201, 192, 2, 0x1_0000_0000L, 32768L, "demo", new byte[124], 5L, 6L, 0L, 0L, 192), bytes);
    }

    [Fact]
    public void An_interface_length_does_not_count_itself()
    {
        byte[] bytes = Written.AfterHeader(writer => writer.WriteInterfaces(
            [new("eth0", IPAddress.Parse("10.0.0.5"), IPAddress.Parse("255.255.255.0"), IPAddress.Parse("10.0.0.255"), 1000)]));
        byte[] entry = Written.Join(
            (ushort)1, (ushort)4, new byte[] { 10, 0, 0, 5, 255, 255, 255, 0, 10, 0, 0, 255 }, 1000L, "eth0");
        Assert.Equal(Written.Join(0x219, 44, 28, entry, 44), bytes);
    }

    [Fact]
    public void An_IPv6_interface_has_type_2_and_16_byte_addresses()
    {
        byte[] bytes = Written.AfterHeader(writer => writer.WriteInterfaces(
            [new("lo", IPAddress.IPv6Loopback, IPAddress.IPv6None, IPAddress.IPv6None)]));
        byte[] loopback = [.. new byte[15], 1];
        byte[] entry = Written.Join((ushort)2, (ushort)2, loopback, new byte[16], new byte[16], 0L, "lo");
        Assert.Equal(Written.Join(0x219, 80, 62, entry, new byte[2], 80), bytes);
    }

    [Fact]
    public void User_and_group_lengths_count_themselves()
    {
        byte[] bytes = Written.AfterHeader(writer => writer.WriteUsers([new(33, 34, "www", "/w", "/s")], [new(34, "grp")]));
        byte[] user = Written.Join(26, (byte)0, 33, 34, (ushort)3, "www", (ushort)2, "/w", (ushort)2, "/s");
        byte[] group = Written.Join(14, (byte)1, 34, (ushort)3, "grp");
        Assert.Equal(Written.Join(0x220, 52, user, group, 52), bytes);
    }

    [Fact]
    public void A_process_entry_holds_its_fields_in_file_order_and_ends_with_exe_writable()
    {
        ProcessRecord process = new()
        {
            Tid = 101, Pid = 100, ParentTid = 1, SessionId = 7, ProcessGroup = 8, Comm = "py", Exe = "./py", ExePath = "/bin/py",
            Arguments = ByteText.FromList("a", "bc"), Cwd = "/root/", FdLimit = 1024, Flags = 0x2001, Uid = 33, Gid = 34,
            VmSizeKb = 11, VmRssKb = 12, VmSwapKb = 13, MajorFaults = 14, MinorFaults = 15, Environment = ByteText.FromList("A=1"),
            VTid = 3, VPid = 2, Cgroups = ByteText.FromList("cpu=/"), Root = "/", LoginUid = 1000, ExeWritable = true,
        };
        byte[] bytes = Written.AfterHeader(writer => writer.WriteProcesses([process]));
        byte[] entry = Written.Join(
            101L, 100L, 1L, 7L, 8L, (ushort)2, "py", (ushort)4, "./py", (ushort)7, "/bin/py", (ushort)5, "a\0bc\0", (ushort)6, "/root/",
            1024L, 0x2001, 33, 34, 11, 12, 13, 14L, 15L, (ushort)4, "A=1\0", 3L, 2L, (ushort)6, "cpu=/\0", (ushort)1, "/", 1000, (byte)1);
        Assert.Equal(160, entry.Length);
        Assert.Equal(Written.Join(0x215, 176, 164, entry, 176), bytes);
    }

    [Fact]
    public void What_is_not_known_of_a_process_is_written_as_all_ones()
    {
        byte[] bytes = Written.AfterHeader(writer => writer.WriteProcesses([new ProcessRecord { Tid = 1, Pid = 1 }]));
        Assert.Equal(Written.Join(-1L, -1L), bytes[36..52]);
        Assert.Equal(Written.Join(-1, (byte)0), bytes[^12..^7]);
    }

    [Theory]
    [MemberData(nameof(Descriptors))]
    public void A_descriptor_entry_is_laid_out_by_its_type(FdRecord fd, string tail)
    {
        byte[] bytes = FdBlock(fd);
        byte[] rest = Convert.FromHexString(tail);
        int length = 21 + rest.Length;
        int total = 20 + ((length + 3) & ~3);
        Assert.Equal(
            Written.Join(0x218, total, 100L, length, fd.Fd, fd.Inode, (byte)fd.Type, rest, new byte[total - 20 - length], total), bytes);
    }

    public static TheoryData<FdRecord, string> Descriptors() => new()
    {
        { FdRecord.ForFile(3, "/dev/null", 0x1042, 9, 0x16), "42100000" + "0900" + "2F6465762F6E756C6C" + "16000000" },
        { FdRecord.ForNamed(4, FdRecordType.Directory, "/tmp"), "0400" + "2F746D70" },
        { FdRecord.ForNamed(5, FdRecordType.EventPoll), "0000" },
        { FdRecord.ForNamed(5, FdRecordType.Pipe, "", 77), "0000" },
        {
            FdRecord.ForSocket(6, IPEndPoint.Parse("10.0.0.9:50000"), IPEndPoint.Parse("10.0.0.5:8888"), 2),
            "0A000009" + "0A000005" + "50C3" + "B822" + "02"
        },
        { FdRecord.ForServer(7, IPEndPoint.Parse("0.0.0.0:22"), 2, 5), "00000000" + "1600" + "02" },
        {
            FdRecord.ForSocket(8, IPEndPoint.Parse("[::1]:53"), IPEndPoint.Parse("[::2]:54"), 3),
            "00000000000000000000000000000001" + "00000000000000000000000000000002" + "3500" + "3600" + "03"
        },
        { FdRecord.ForServer(9, IPEndPoint.Parse("[::]:80"), 2), "00000000000000000000000000000000" + "5000" + "02" },
        {
            new FdRecord { Fd = 10, Type = FdRecordType.UnixSocket, Name = "/s", UnixSource = 1, UnixDestination = 2 },
            "0100000000000000" + "0200000000000000" + "0200" + "2F73"
        },
    };

    [Fact]
    public void Names_that_are_not_UTF_8_are_written_byte_for_byte()
    {
        byte[] name = [(byte)'/', 0xFF, 0xFE, 0x80];
        byte[] bytes = FdBlock(FdRecord.ForNamed(4, FdRecordType.Directory, new ByteText(name)));
        Assert.Equal(name, bytes[^9..^5]);
    }

    [Fact]
    public void Many_processes_make_one_block_that_is_larger_than_the_buffer()
    {
        ProcessRecord process = Written.Process() with { Environment = ByteText.FromList(new string('e', 4000)) };
        byte[] bytes = Written.AfterHeader(
            writer =>
            {
                writer.WriteProcesses(Enumerable.Repeat(process, 100));
                Written.AddWrite(writer);
            },
            new() { BufferBytes = 128 << 10 });
        int length = BitConverter.ToInt32(bytes, 4);
        Assert.InRange(length, 400_000, 450_000);
        Assert.Equal(length, BitConverter.ToInt32(bytes, length - 4));
        Assert.Equal(0x216, BitConverter.ToInt32(bytes, length));
    }

    [Fact]
    public void A_metadata_block_of_another_capture_is_copied_as_it_is_and_padded()
    {
        byte[] bytes = Written.AfterHeader(writer => writer.WriteRawMetadata(0x212, [1, 2, 3, 4, 5]));
        Assert.Equal(Written.Join(0x212, 20, new byte[] { 1, 2, 3, 4, 5, 0, 0, 0 }, 20), bytes);
    }

    private static byte[] FdBlock(FdRecord fd)
    {
        int processBytes = Written.AfterHeader(writer => writer.WriteProcesses([Written.Process()])).Length;
        return Written.AfterHeader(writer =>
        {
            writer.WriteProcesses([Written.Process()]);
            writer.WriteFds(100, [fd]);
        })[processBytes..];
    }
}
