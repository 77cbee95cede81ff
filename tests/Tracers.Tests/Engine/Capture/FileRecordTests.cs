using Tracers.Engine.Capture;
using Tracers.Engine.Capture.Linux;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Capture;

public class FileRecordTests
{
    private const int AtFdCwd = -100;

    // A file on device 259:2, inode 77.
    private static readonly byte[] s_file = Written.Join(77UL, (0x103u << 20) | 2, 0x81A4u);

    [Fact]
    public void A_read_is_its_descriptor_and_size_then_its_result_and_data()
    {
        Assert.Equal("6 read fd=4 size=100", Shaped.One(RecordBytes.Enter(0, 4, 0x7fff0000, 100)));
        Assert.Equal("7 read res=5 data=hello", Shaped.One(RecordBytes.Exit(0, 5).Data("hello")));
        Assert.Equal("7 read res=-9 data=", Shaped.One(RecordBytes.Exit(0, -9).Data("")));
    }

    [Fact]
    public void Without_enter_events_an_exit_has_the_arguments() =>
        Assert.Equal("9 write res=5 data=hello fd=4 size=5", Shaped.One(RecordBytes.ExitWith(1, 5, 4, 1, 5).Data("hello"), CaptureMode.ExitOnly));

    [Fact]
    public void An_openat_is_its_directory_path_flags_and_mode_in_the_formats_numbers()
    {
        Assert.Equal("306 openat dirfd=-100 name=/tmp/x flags=4102 mode=420", Shaped.One(RecordBytes.Enter(257, 0xFFFFFF9C, 1, 0x80041, 0x1A4).Text("/tmp/x")));
        Assert.Equal(
            "307 openat fd=3 dirfd=-100 name=a flags=4097 mode=0 dev=66306",
            Shaped.One(RecordBytes.ExitWith(257, 3, AtFdCwd, 1, 0x80000, 0x1B6).Text("a").Copy(CopyKind.File, s_file)));
        Assert.Equal(
            "307 openat fd=3 dirfd=7 name=a flags=1 mode=0 dev=66306 ino=77",
            Shaped.One(RecordBytes.ExitWith(257, 3, 7, 1, 0, 0).Text("a").Copy(CopyKind.File, s_file), CaptureMode.ExitOnly));
    }

    [Fact]
    public void A_mode_counts_only_where_a_file_may_be_made()
    {
        Assert.Equal("2 open name=x flags=5 mode=493", Shaped.One(RecordBytes.Enter(2, 1, 0x40, 0x1ED).Text("x")));
        Assert.Equal("2 open name=x flags=9219 mode=384", Shaped.One(RecordBytes.Enter(2, 1, 0x410002, 0x180).Text("x")));
        Assert.Equal("2 open name=x flags=1025 mode=0", Shaped.One(RecordBytes.Enter(2, 1, 0x10000, 0x180).Text("x")));
    }

    [Fact]
    public void An_openat2_has_its_flags_in_memory() => Assert.Equal(
        "326 openat2 dirfd=-100 name=f flags=6 mode=420 resolve=5",
        Shaped.One(RecordBytes.Enter(437, AtFdCwd, 1, 2, 24).Text("f").Fixed(0x41UL, 0x1A4UL, 0x0AUL)));

    [Fact]
    public void A_path_that_cannot_be_read_is_not_available()
    {
        Assert.Equal("66 stat", Shaped.One(RecordBytes.Enter(4, 1)));
        Assert.Equal("67 stat res=-14 path=<NA>", Shaped.One(RecordBytes.Exit(4, -14).NotReadable(CopyKind.String)));
    }

    [Fact]
    public void A_file_whose_name_is_not_in_memory_yet_has_the_one_that_the_exit_found()
    {
        using Shaped shaped = new();
        Assert.Equal("306 openat dirfd=-100 name=(NULL) flags=1 mode=0", shaped.Add(RecordBytes.Enter(257, AtFdCwd, 1, 0, 0).NotReadable(CopyKind.String)));
        shaped.Add(RecordBytes.ExitWith(257, 8, AtFdCwd, 1, 0, 0).Text("/etc/passwd").Copy(CopyKind.File, s_file));
        Assert.Equal("/etc/passwd", shaped.Read().FdName(RecordBytes.Tid, 8));
    }

    [Fact]
    public void A_rename_between_directories_has_both_paths() => Assert.Equal(
        "177 renameat res=0 olddirfd=-100 oldpath=a newdirfd=5 newpath=b",
        Shaped.One(RecordBytes.ExitWith(264, 0, AtFdCwd, 1, 5, 2).Text("a").Text("b")));

    [Fact]
    public void A_writev_has_the_size_of_all_its_vectors()
    {
        Assert.Equal("118 writev fd=4 size=5000", Shaped.One(RecordBytes.Enter(20, 4, 1, 2).Copy(CopyKind.IoVec, new byte[80], 5000)));
        Assert.Equal("119 writev res=5000 data=abc", Shaped.One(RecordBytes.Exit(20, 5000).Copy(CopyKind.IoVec, "abc"u8.ToArray(), 5000)));
    }

    [Fact]
    public void A_readv_has_what_was_read()
    {
        Assert.Equal("117 readv res=3 size=3 data=abc", Shaped.One(RecordBytes.Exit(19, 3).Copy(CopyKind.IoVec, "abc"u8.ToArray(), 4096)));
        Assert.Equal("117 readv res=-4 size=0 data=", Shaped.One(RecordBytes.Exit(19, -4).Copy(CopyKind.IoVec, [], 4096)));
    }

    [Fact]
    public void A_pipe_has_its_two_descriptors() =>
        Assert.Equal("61 pipe res=0 fd1=5 fd2=6 ino=0", Shaped.One(RecordBytes.Exit(293, 0).Fixed(5, 6)));

    [Fact]
    public void A_duplicate_tells_its_original_where_there_is_no_enter_event()
    {
        Assert.Equal("124 dup fd=4", Shaped.One(RecordBytes.Enter(33, 4, 9)));
        Assert.Equal("125 dup res=9", Shaped.One(RecordBytes.Exit(33, 9)));
        Assert.Equal("363 dup2 res=9 oldfd=4 newfd=9", Shaped.One(RecordBytes.ExitWith(33, 9, 4, 9), CaptureMode.ExitOnly));
    }

    [Fact]
    public void A_command_of_fcntl_has_the_formats_number()
    {
        Assert.Equal("150 fcntl fd=4 cmd=26", Shaped.One(RecordBytes.Enter(72, 4, 1030, 0)));
        Assert.Equal("150 fcntl fd=4 cmd=0", Shaped.One(RecordBytes.Enter(72, 4, 99_999, 0)));
    }

    [Fact]
    public void A_poll_lists_its_descriptors_and_their_events()
    {
        byte[] fds = Written.Join(3, (ushort)0x1, (ushort)0x10, -1, (ushort)0x2004, (ushort)0);
        Assert.Equal("80 poll fds=0200030000000000000001" + "00FFFFFFFFFFFFFFFF0C00 timeout=-1", Shaped.One(RecordBytes.Enter(7, 1, 2, 0xFFFFFFFF).Copy(CopyKind.PollFds, fds)));
        Assert.Equal("81 poll res=1 fds=020003000000000000002000FFFFFFFFFFFFFFFF0000", Shaped.One(RecordBytes.Exit(7, 1).Copy(CopyKind.PollFds, fds)));
    }

    [Fact]
    public void A_ppoll_without_a_timeout_waits_for_ever()
    {
        Assert.Equal("254 ppoll fds=0000 timeout=-1 sigmask=0", Shaped.One(RecordBytes.Enter(271, 1, 0, 0, 0).Copy(CopyKind.PollFds, []).NotReadable(CopyKind.Fixed).NotReadable(CopyKind.Fixed)));
        Assert.Equal("254 ppoll fds=0000 timeout=2000000005 sigmask=6", Shaped.One(RecordBytes.Enter(271, 1, 0, 1, 1).Copy(CopyKind.PollFds, []).Fixed(2L, 5L).Fixed(6)));
    }

    [Fact]
    public void A_ring_has_what_the_kernel_wrote_of_it() => Assert.Equal(
        "339 io_uring_setup res=7 entries=8 sq_entries=8 cq_entries=16 flags=8 sq_thread_cpu=1 sq_thread_idle=2 features=127",
        Shaped.One(RecordBytes.ExitWith(425, 7, 8, 1).Fixed(8, 16, 4, 1, 2, 127, 0, 0, 0, 0), CaptureMode.ExitOnly));

    [Fact]
    public void A_sendfile_has_the_offset_that_its_argument_points_to() =>
        Assert.Equal("188 sendfile out_fd=5 in_fd=4 offset=4096 size=100", Shaped.One(RecordBytes.Enter(40, 5, 4, 0x7fff, 100).Fixed(4096L)));
}
