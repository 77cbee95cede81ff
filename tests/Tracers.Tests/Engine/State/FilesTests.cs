using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;
using Xunit;

namespace Tracers.Tests.Engine.State;

/// <summary>Descriptors that are no sockets: what each call makes of them.</summary>
public class FilesTests
{
    private const long AtFdCwd = -100;

    [Fact]
    public void A_relative_path_is_resolved_against_the_current_directory_as_chdir_left_it()
    {
        Reading reading = Read(c => c.Open(100, 9, "rel.txt").Event(100, 94).Event(100, 95, 0L, "/var/tmp").Open(100, 10, "../log/./x.log").Open(100, 11, "/a//b/../c/")
            .Event(100, 94).Event(100, 95, -2L, "/nowhere").Open(100, 12, "y").Event(100, 94).Event(100, 95, 0L, "sub").Open(100, 13, "z"));
        Assert.Equal(["/root/rel.txt", "/var/log/x.log", "/a/c", "/var/tmp/y", "/var/tmp/sub/z"], reading.FdNames(100, 9, 10, 11, 12, 13));
    }

    [Fact]
    public void Openat_resolves_against_the_directory_descriptor()
    {
        Reading reading = Read(c => OpenAt(OpenAt(OpenAt(c.Open(100, 9, "/etc", 0x401), 9, "passwd", 10), AtFdCwd, "y", 11), 77, "unknown", 12).Event(100, 96, 9L).Event(100, 97, 0L).Open(100, 13, "hosts"));
        Assert.Equal(FdKind.Directory, reading.Fd(100, 9)!.Kind);
        Assert.Equal(["/etc", "/etc/passwd", "/root/y", "unknown", "/etc/hosts"], reading.FdNames(100, 9, 10, 11, 12, 13));
    }

    [Fact]
    public void The_old_openat_has_its_name_in_the_enter_event_only()
    {
        Reading reading = Read(c => c.Event(100, 102, AtFdCwd, "old.txt", 1u, 0u).Event(100, 103, 9L).Event(100, 103, 10L));
        Assert.Equal("/root/old.txt", reading.FdName(100, 9));
        Assert.Null(reading.FdName(100, 10));
    }

    [Fact]
    public void Openat2_and_creat_open_files_too()
    {
        Reading reading = Read(c => c.Event(100, 326, AtFdCwd, "two", 1u, 0u, 0u).Event(100, 327, 9L, AtFdCwd, "two", 1u, 0u, 0u).Event(100, 58, "new", 0u).Event(100, 59, 10L, "new", 0u, 0u));
        Assert.Equal(["/root/two", "/root/new"], reading.FdNames(100, 9, 10));
    }

    // sysdig: against the current directory.
    [Fact]
    public void Openat2_resolves_against_the_directory_descriptor()
    {
        Reading reading = Read(c => c.Open(100, 9, "/etc", 0x401).Event(100, 326, 9L, "passwd", 1u, 0u, 0u).Event(100, 327, 10L, 9L, "passwd", 1u, 0u, 0u));
        Assert.Equal("/etc/passwd", reading.FdName(100, 10));
    }

    // sysdig: without the letters, or dots for them.
    [Fact]
    public void A_name_keeps_letters_beyond_ascii() => Assert.Equal("/tmp/grüße/日本", Read(c => c.Open(100, 9, "/tmp/grüße/日本")).FdName(100, 9));

    [Fact]
    public void The_name_at_entering_wins_over_the_name_at_leaving_unless_it_could_not_be_read()
    {
        Reading reading = Read(c => c.Event(100, 2, "/enter", 1u, 0u).Event(100, 3, 9L, "/exit", 1u, 0u, 0u).Event(100, 2, "(NULL)", 1u, 0u).Event(100, 3, 10L, "/exit", 1u, 0u, 0u)
            .Event(100, 2, "", 1u, 0u).Event(100, 3, 11L, "/exit", 1u, 0u, 0u).Event(100, 3, 12L, "/alone", 1u, 0u, 0u));
        Assert.Equal(["/enter", "/exit", "/exit", "/alone"], reading.FdNames(100, 9, 10, 11, 12));
    }

    [Fact]
    public void A_failed_open_changes_nothing_and_a_new_one_replaces_what_was_there()
    {
        Reading reading = Read(c => c.Open(100, 9, "/a").Open(100, -2, "/nope").Open(100, 9, "/b"));
        Assert.Equal("/b", reading.FdName(100, 9));
        Assert.Null(reading.FdName(100, -2));
    }

    [Fact]
    public void A_path_that_is_too_long_has_a_name_that_says_so()
    {
        string part = "/" + new string('x', 200);
        Reading reading = Read(c => c.Open(100, 9, string.Concat(Enumerable.Repeat(part, 6))).Open(100, 10, string.Concat(Enumerable.Repeat(part, 5))));
        Assert.Equal("/PATH_TOO_LONG", reading.FdName(100, 9));
        Assert.Equal(1005, reading.FdName(100, 10)!.Length);
    }

    [Fact]
    public void Close_forgets_the_descriptor_when_it_succeeds()
    {
        Reading reading = Read(c => c.Open(100, 9, "/a").Open(100, 10, "/b").Close(100, 9).Event(100, 4, 10L).Event(100, 5, -5L));
        Assert.Null(reading.FdName(100, 9));
        Assert.Equal("/b", reading.FdName(100, 10));
    }

    [Fact]
    public void A_number_that_another_thread_got_before_close_returned_is_the_new_descriptor()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Raw(new CaptureBuilder().Processes(CaptureBuilder.Process(101, "thread", 100, 0x2001)).ToArray());
        capture.Open(100, 9, "/same").Open(100, 10, "/old");
        capture.Event(100, 4, 9L).Open(101, 9, "/same").Event(100, 5, 0L);
        capture.Event(100, 4, 10L).Event(101, 4, 10L).Event(100, 5, 0L).Event(101, 5, -9L);
        Reading reading = Reading.Of(capture.Write(101, 9, "x"));
        Assert.Equal("/same", reading.FdName(100, 9));
        Assert.Equal("/same", Assert.Single(reading.Io).FdName);
        Assert.Null(reading.FdName(100, 10));
    }

    [Fact]
    public void Dup_and_fcntl_copy_a_descriptor()
    {
        Reading reading = Read(c => c.Open(100, 9, "/a").Event(100, 124, 9L).Event(100, 125, 10L).Event(100, 150, 9L, (byte)1).Event(100, 151, 11L).Event(100, 150, 9L, (byte)26)
            .Event(100, 151, 12L).Event(100, 150, 9L, (byte)4).Event(100, 151, 13L).Event(100, 124, 9L).Event(100, 125, -24L).Close(100, 9));
        Assert.Equal([null, "/a", "/a", "/a", null], reading.FdNames(100, 9, 10, 11, 12, 13));
    }

    [Fact]
    public void Pipes_pairs_and_the_like_have_a_type_and_no_name()
    {
        Reading reading = Read(c => c.Event(100, 60).Event(100, 61, 0L, 40L, 41L, 777L).Event(100, 42, 1u, 1u, 0u).Event(100, 43, 0L, 50L, 51L, 1L, 2L).Event(100, 62, 0L, 0u)
            .Event(100, 63, 60L).Event(100, 126, -1L, 0u, (byte)0).Event(100, 127, 61L).Event(100, 136, (byte)0, (byte)0).Event(100, 137, 62L).Event(100, 138, (byte)0).Event(100, 139, 63L)
            .Event(100, 60).Event(100, 61, -24L, 70L, 71L, 1L));
        (long Fd, FdKind Kind)[] expected = [(40, FdKind.Pipe), (41, FdKind.Pipe), (50, FdKind.Unix), (51, FdKind.Unix), (60, FdKind.Event), (61, FdKind.SignalFd), (62, FdKind.TimerFd), (63, FdKind.Inotify)];
        Assert.All(expected, e => Assert.Equal((e.Kind, ""), (reading.Fd(100, e.Fd)!.Kind, reading.FdName(100, e.Fd))));
        Assert.Null(reading.Fd(100, 70));
    }

    [Fact]
    public void Every_type_of_the_descriptor_list_has_its_kind()
    {
        FdRecordType[] named = [FdRecordType.File, FdRecordType.Directory, FdRecordType.Pipe, FdRecordType.Event, FdRecordType.Unsupported, FdRecordType.SignalFd,
            FdRecordType.EventPoll, FdRecordType.Inotify, FdRecordType.TimerFd, FdRecordType.Netlink];
        CaptureBuilder capture = CaptureBuilder.Typical().Fds(100, [.. named.Select((type, i) => FdRecord.ForNamed(20 + i, type, $"n{i}"))]).Write(100, 20, "x");
        Reading reading = Reading.Of(capture);
        Assert.Equal(
            ["file", "directory", "pipe", "event", null, "signalfd", "eventpoll", "inotify", "timerfd", "netlink"],
            named.Select((_, i) => reading.Fd(100, 20 + i)!.Kind.Name()));
        Assert.Equal(named.Select((_, i) => $"n{i}"), named.Select((_, i) => reading.FdName(100, 20 + i)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(int.MaxValue)]
    [InlineData(long.MaxValue)]
    public void Any_number_can_be_a_descriptor_and_a_wild_one_costs_no_memory(long fd)
    {
        byte[] capture = CaptureBuilder.Typical().Open(100, fd, "/a").Write(100, fd, "x").ToArray();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Reading reading = Reading.Of(capture);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
        Assert.Equal("/a", Assert.Single(reading.Io).FdName);
    }

    [Fact]
    public void An_exit_without_its_enter_has_no_descriptor_and_no_latency()
    {
        Reading reading = Read(c => c.Event(100, 9, 3L, "abc"u8.ToArray()).Write(100, 4, "x").Event(100, 8, 4L, 1u).Event(100, 7, 3L, "abc"u8.ToArray()));
        Assert.Equal([(-1L, -1L), (4L, 1000L), (-1L, -1L)], reading.Events.Where(e => e.Type % 2 == 1).Select(e => (e.FdNumber, e.Latency)));
        Assert.Equal([null, "/tmp/blob.bin", null], reading.Io.Select(io => io.FdName));
    }

    private static CaptureBuilder OpenAt(CaptureBuilder capture, long directory, string name, long fd) =>
        capture.Event(100, 306, directory, name, 1u, 0u).Event(100, 307, fd, directory, name, 1u, 0u, 0u);

    private static Reading Read(Action<CaptureBuilder> script)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        script(capture);
        Reading reading = Reading.Of(capture);
        Assert.Null(reading.Error);
        return reading;
    }
}
