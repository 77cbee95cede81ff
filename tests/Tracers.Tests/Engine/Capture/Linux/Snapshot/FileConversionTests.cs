using System.Net;
using Tracers.Engine.Capture.Linux;
using Tracers.Engine.Capture.Linux.Snapshot;
using Tracers.Engine.Scap.Records;
using Xunit;

namespace Tracers.Tests.Engine.Capture.Linux.Snapshot;

/// <summary>Rows of descriptors in, entries of the descriptor list out.</summary>
public class FileConversionTests
{
    private static readonly byte[] s_a = [10, 0, 0, 9];
    private static readonly byte[] s_b = [10, 0, 0, 5];
    private static readonly byte[] s_none = new byte[4];
    private static readonly IPAddress s_addressA = new(s_a);
    private static readonly IPAddress s_addressB = new(s_b);

    [Fact]
    public void A_file_has_its_path_flags_inode_and_device()
    {
        // O_RDWR, O_APPEND, O_LARGEFILE; device 8:17.
        FdRecord record = Convert(Rows.File(4, "/var/log/a.log", Rows.RegularFile, 0x8402, 77, (8 << 20) | 17));
        Assert.Equal(FdRecord.ForFile(4, "/var/log/a.log", 3 | 8 | 0x800, 77, 0x811), record);
    }

    [Fact]
    public void A_device_with_a_large_minor_has_the_form_of_the_C_library() =>
        Assert.Equal((259u << 8) | 0x34 | (0x12u << 20), Convert(Rows.File(4, "/x", device: (259u << 20) | 0x1234)).Device);

    [Fact]
    public void Dev_null_and_deleted_files_are_files_by_their_names()
    {
        Assert.Equal(FdRecord.ForFile(1, "/dev/null", 2, 5), Convert(Rows.File(1, "/dev/null", Rows.CharacterDevice, 1)));
        Assert.Equal("/tmp/x (deleted)", Convert(Rows.File(1, "/tmp/x (deleted)")).Name.ToString());
        Assert.Equal(FdRecordType.FileV2, Convert(Rows.File(1, "/memfd:x (deleted)")).Type);
    }

    [Theory]
    [InlineData(Rows.Directory, "/srv", FdRecordType.Directory)]
    [InlineData(Rows.Fifo, "pipe:[5]", FdRecordType.Pipe)]
    [InlineData(Rows.Fifo, "/run/a.fifo", FdRecordType.Pipe)]
    [InlineData(Rows.SocketMode, "socket:[5]", FdRecordType.Unsupported)]
    public void Directories_pipes_and_unknown_sockets_have_a_name_and_no_more(uint mode, string path, FdRecordType type) =>
        Assert.Equal(FdRecord.ForNamed(3, type, path, 5), Convert(Rows.File(3, path, mode)));

    [Theory]
    [InlineData("anon_inode:[eventfd]", FdRecordType.Event)]
    [InlineData("anon_inode:[eventpoll]", FdRecordType.EventPoll)]
    [InlineData("anon_inode:[signalfd]", FdRecordType.SignalFd)]
    [InlineData("anon_inode:[timerfd]", FdRecordType.TimerFd)]
    [InlineData("anon_inode:inotify", FdRecordType.Inotify)]
    [InlineData("anon_inode:bpf-map", FdRecordType.Unsupported)]
    [InlineData("anon_inode:[io_uring]", FdRecordType.Unsupported)]
    [InlineData("anon_inode:[pidfd]", FdRecordType.Unsupported)]
    [InlineData("pidfd:[12]", FdRecordType.Unsupported)]
    [InlineData("anon_inode:[perf_event]", FdRecordType.Unsupported)]
    public void Anonymous_inodes_are_told_by_their_text_whatever_their_mode_and_have_no_name(string path, FdRecordType type)
    {
        Assert.Equal(FdRecord.ForNamed(3, type, default, 5), Convert(Rows.File(3, path, 0x180)));
        Assert.Equal(FdRecord.ForNamed(3, type, default, 5), Convert(Rows.File(3, path, Rows.RegularFile)));
    }

    [Theory]
    [InlineData(1, 6, 2)]
    [InlineData(2, 17, 3)]
    [InlineData(2, 1, 4)]
    [InlineData(3, 255, 5)]
    [InlineData(3, 17, 5)]
    public void A_connected_socket_has_both_ends_and_its_transport(int type, int protocol, int transport) => Assert.Equal(
        FdRecord.ForSocket(3, new(s_addressA, 50000), new(s_addressB, 443), (byte)transport, 5),
        Convert(Rows.Socket(3, Rows.Internet(2, (ushort)type, (byte)protocol, s_a, 50000, s_b, 443))));

    [Fact]
    public void A_bound_socket_that_leads_nowhere_is_a_server()
    {
        Assert.Equal(FdRecord.ForServer(3, new(IPAddress.Any, 80), 2, 5), Convert(Rows.Socket(3, Rows.Internet(2, 1, 6, s_none, 80, s_none, 0))));
        Assert.Equal(FdRecord.ForServer(3, new(s_addressA, 53), 3, 5), Convert(Rows.Socket(3, Rows.Internet(2, 2, 17, s_a, 53, s_none, 0))));
        Assert.Equal(
            FdRecord.ForServer(3, new(IPAddress.IPv6Any, 8080), 2, 5),
            Convert(Rows.Socket(3, Rows.Internet(10, 1, 6, new byte[16], 8080, new byte[16], 0))));
    }

    [Fact]
    public void A_socket_that_was_only_made_has_no_address_and_its_transport() => Assert.Equal(
        FdRecord.ForSocket(3, new(IPAddress.Any, 0), new(IPAddress.Any, 0), 3, 5),
        Convert(Rows.Socket(3, Rows.Internet(2, 2, 17, s_none, 0, s_none, 0))));

    [Fact]
    public void An_ipv6_connection_has_addresses_of_16_bytes()
    {
        IPAddress a = IPAddress.Parse("fe80::1"), b = IPAddress.Parse("fe80::2");
        Assert.Equal(
            FdRecord.ForSocket(3, new(new IPAddress(a.GetAddressBytes()), 5000), new(new IPAddress(b.GetAddressBytes()), 80), 2, 5),
            Convert(Rows.Socket(3, Rows.Internet(10, 1, 6, a.GetAddressBytes(), 5000, b.GetAddressBytes(), 80))));
    }

    [Fact]
    public void A_unix_socket_has_its_ends_and_its_path()
    {
        FdRecord record = Convert(Rows.Socket(3, Rows.Unix("/run/a.sock"u8.ToArray())));
        Assert.Equal(
            new FdRecord { Fd = 3, Type = FdRecordType.UnixSocket, Inode = 5, Name = "/run/a.sock", UnixSource = 0xffff888000000001, UnixDestination = 0xffff888000000002 },
            record);
        Assert.Equal(0, Convert(Rows.Socket(3, Rows.Unix([]))).Name.Length);
    }

    [Fact]
    public void An_abstract_name_is_written_as_the_kernels_list_of_sockets_has_it() =>
        Assert.Equal("@a@b", Convert(Rows.Socket(3, Rows.Unix("\0a\0b"u8.ToArray()))).Name.ToString());

    [Theory]
    [InlineData(16, FdRecordType.Netlink)]
    [InlineData(17, FdRecordType.Unsupported)]
    [InlineData(40, FdRecordType.Unsupported)]
    public void Sockets_of_other_families_are_netlink_or_not_supported(int family, FdRecordType type) =>
        Assert.Equal(FdRecord.ForNamed(3, type, default, 5), Convert(Rows.Socket(3, Rows.Socket((ushort)family, 3, 0))));

    [Fact]
    public void A_path_that_the_row_does_not_have_is_read_from_proc()
    {
        using FakeProc proc = new();
        proc.Link("100/fd/7", "/a/long/path");
        FileRow row = Rows.File(7, "");
        Assert.Equal("/a/long/path", FileConversion.ToRecord(in row, proc.Folder).Name.ToString());
    }

    [Fact]
    public void Lengths_beyond_their_fields_are_cut()
    {
        byte[] socket = Rows.Unix(new byte[108]);
        socket[66] = socket[67] = 0xFF;
        Assert.Equal(108, Convert(Rows.Socket(3, socket)).Name.Length);
        Assert.Equal(1023, Convert(Rows.File(3, new string('x', 1024))).Name.Length);
    }

    private static FdRecord Convert(FileRow row)
    {
        using FakeProc proc = new();
        return FileConversion.ToRecord(in row, proc.Folder);
    }
}
