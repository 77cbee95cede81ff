using System.Text;
using Tracers.Engine.Capture;
using Tracers.Engine.Capture.Linux;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Capture;

public class TaskRecordTests
{
    [Fact]
    public void A_clone_has_the_caller_as_it_is()
    {
        using Shaped shaped = new() { Cgroups = "cpu=/ID\0" };
        Assert.Equal(
            "223 clone res=101 exe=sh args=-c|ls| tid=100 pid=100 ptid=1 cwd= fdlimit=1024 pgft_maj=3 pgft_min=4 vm_size=5000 vm_rss=600 vm_swap=7 "
            + "comm=sh cgroups=cpu=/42| flags=25165824 uid=1000 gid=1001 vtid=100 vpid=100",
            shaped.Add(RecordBytes.ExitWith(56, 101, 0x1200011).Copy(CopyKind.Task, Task("sh\0-c\0ls\0"))));
    }

    [Fact]
    public void A_thread_is_told_by_its_flags_in_memory() =>
        Assert.Contains(" flags=8193 ", Shaped.One(RecordBytes.ExitWith(435, 101, 1).Copy(CopyKind.Task, Task("sh\0")).Fixed(0x10400UL)), StringComparison.Ordinal);

    [Fact]
    public void A_child_has_the_flags_that_its_parent_passed_though_their_memory_has_changed()
    {
        using Shaped shaped = new();
        Assert.Equal("334 clone3", shaped.Add(RecordBytes.Enter(435, 1, 88).Fixed(0x10400UL)));
        shaped.Shaper.TakeFork(RecordBytes.Fork(101).ToArray());
        Assert.Contains(" flags=8193 ", shaped.Add(RecordBytes.ExitWith(435, 0, 1).From(101).Copy(CopyKind.Task, Task("sh\0")).Fixed(0xFFFFUL)), StringComparison.Ordinal);
        Assert.Contains(" flags=8193 ", shaped.Add(RecordBytes.ExitWith(435, 101, 1).Copy(CopyKind.Task, Task("sh\0")).Fixed(0xFFFFUL)), StringComparison.Ordinal);

        // Of the next call nothing is kept.
        Assert.Contains(" flags=32768 ", shaped.Add(RecordBytes.ExitWith(435, 101, 1).Copy(CopyKind.Task, Task("sh\0")).Fixed(0x100UL)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_in_a_pid_namespace_is_told_so() =>
        Assert.Contains(" flags=536870912 ", Shaped.One(RecordBytes.Exit(57, 0).Copy(CopyKind.Task, Task("sh\0", level: 1))), StringComparison.Ordinal);

    [Fact]
    public void An_execve_has_the_new_program()
    {
        Assert.Equal("292 execve filename=/bin/ls", Shaped.One(RecordBytes.Enter(59, 1, 2, 3).Text("/bin/ls")));
        Assert.Equal(
            "293 execve res=0 exe=ls args=-l| tid=100 pid=100 ptid=1 cwd= fdlimit=1024 pgft_maj=3 pgft_min=4 vm_size=5000 vm_rss=600 vm_swap=7 "
            + "comm=sh cgroups= env=A=1| tty=34816 pgid=99 loginuid=-1 flags=0",
            Shaped.One(RecordBytes.Exit(59, 0).Copy(CopyKind.TaskEnvironment, Task("ls\0-l\0", "A=1\0")).Copy(CopyKind.Argv, []).Copy(CopyKind.Argv, [])));
    }

    [Fact]
    public void An_execve_that_failed_has_what_was_asked_for()
    {
        string text = Shaped.One(RecordBytes.Exit(59, -2)
            .Copy(CopyKind.TaskEnvironment, Task("sh\0", "OLD=1\0")).Copy(CopyKind.Argv, "nix\0-x\0"u8.ToArray()).Copy(CopyKind.Argv, "NEW=1\0"u8.ToArray()));
        Assert.StartsWith("293 execve res=-2 exe=nix args=-x| tid=100", text, StringComparison.Ordinal);
        Assert.Contains(" env=NEW=1| ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_execve_is_entered_also_where_only_exits_are_recorded() =>
        Assert.Equal("292 execve filename=/bin/ls", Shaped.One(RecordBytes.Enter(59, 1, 2, 3).Text("/bin/ls"), CaptureMode.ExitOnly));

    [Theory]
    [InlineData(0u, "186 procexit status=0 ret=0 sig=0 core=0")]
    [InlineData(0x300u, "186 procexit status=768 ret=3 sig=0 core=0")]
    [InlineData(9u, "186 procexit status=9 ret=0 sig=9 core=0")]
    [InlineData(0x8Bu, "186 procexit status=139 ret=0 sig=11 core=1")]
    public void The_end_of_a_thread_is_its_status(uint status, string expected) => Assert.Equal(expected, Shaped.One(RecordBytes.TaskExit(status)));

    [Fact]
    public void What_only_the_state_needs_is_no_event()
    {
        Assert.Equal("none", Shaped.One(RecordBytes.Of((byte)RecordKind.Fork)));
        Assert.Equal("none", Shaped.One(RecordBytes.Of((byte)RecordKind.Exec)));
    }

    [Fact]
    public void Limits_are_unknown_where_the_call_failed()
    {
        Assert.Equal("141 getrlimit res=0 cur=1024 max=-1", Shaped.One(RecordBytes.Exit(97, 0).Fixed(1024L, -1L)));
        Assert.Equal("141 getrlimit res=-22 cur=-1 max=-1", Shaped.One(RecordBytes.Exit(97, -22).NotReadable(CopyKind.Fixed)));
        Assert.Equal("140 getrlimit resource=7", Shaped.One(RecordBytes.Enter(97, 7)));
        Assert.Equal("140 getrlimit resource=255", Shaped.One(RecordBytes.Enter(97, 77)));
    }

    [Fact]
    public void A_mapping_has_the_memory_of_its_process()
    {
        Assert.Equal("160 mmap addr=0 length=4096 prot=3 flags=10 fd=-1 offset=0", Shaped.One(RecordBytes.Enter(9, 0, 4096, 3, 0x22, 0xFFFFFFFF, 0)));
        Assert.Equal(
            "161 mmap res=140000000000000 vm_size=10 vm_rss=20 vm_swap=30",
            Shaped.One(RecordBytes.Exit(9, 140_000_000_000_000).Copy(CopyKind.Memory, Written.Join(10, 20, 30, 0))));
    }

    [Fact]
    public void A_futex_operation_has_the_formats_number() => Assert.Equal("64 futex addr=4096 op=393 val=2", Shaped.One(RecordBytes.Enter(202, 4096, 0x189, 2)));

    [Fact]
    public void A_traced_word_has_its_type_in_front()
    {
        Assert.Equal("168 ptrace request=11 pid=7", Shaped.One(RecordBytes.Enter(101, 16, 7)));
        Assert.Equal("169 ptrace res=0 addr=001000000000000000 data=0105", Shaped.One(RecordBytes.ExitWith(101, 0, 7, 7, 16, 5).Fixed(0L)));
        Assert.Equal("169 ptrace res=0 addr=001000000000000000 data=002A00000000000000", Shaped.One(RecordBytes.ExitWith(101, 0, 1, 7, 16, 5).Fixed(42L)));
        Assert.Equal("169 ptrace res=-1 addr=000000000000000000 data=000000000000000000", Shaped.One(RecordBytes.ExitWith(101, -1, 1, 7, 16, 5).Fixed(42L)));
    }

    [Fact]
    public void A_bpf_call_gives_a_descriptor_or_a_result()
    {
        Assert.Equal("297 bpf res_or_fd=000900000000000000", Shaped.One(RecordBytes.ExitWith(321, 9, 5)));
        Assert.Equal("297 bpf res_or_fd=01FFFFFFFFFFFFFFFF", Shaped.One(RecordBytes.ExitWith(321, -1, 5)));
        Assert.Equal("297 bpf res_or_fd=010000000000000000", Shaped.One(RecordBytes.ExitWith(321, 0, 2)));
    }

    [Fact]
    public void Semaphores_show_their_first_two_operations() => Assert.Equal(
        "251 semop res=0 nsops=1 sem_num_0=3 sem_op_0=-1 sem_flg_0=3 sem_num_1=0 sem_op_1=0 sem_flg_1=0",
        Shaped.One(RecordBytes.ExitWith(65, 0, 1, 2, 1)
            .Fixed((ushort)3, (ushort)0xFFFF, (ushort)0x1800).Fixed((ushort)3, (ushort)0xFFFF, (ushort)0x1800, (ushort)9, (ushort)9, (ushort)0x800)));

    [Fact]
    public void A_quota_has_what_is_valid_of_it() => Assert.Equal(
        "191 quotactl res=0 special=/dev/sda quotafilepath= dqb_bhardlimit=10 dqb_bsoftlimit=20 dqb_curspace=0 dqb_ihardlimit=0 dqb_isoftlimit=0 "
        + "dqb_btime=0 dqb_itime=0 dqi_bgrace=0 dqi_igrace=0 dqi_flags=0 quota_fmt_out=1",
        Shaped.One(RecordBytes.ExitWith(179, 0, 0x80000700, 1, 1000, 2).Text("/dev/sda").Text("junk")
            .Fixed(10L, 20L, 30L, 40L, 50L, 60L, 70L, 80L, 1).Fixed(10L, 20L, 30)));

    [Fact]
    public void Calls_of_32_bit_programs_have_their_own_numbers_and_widths()
    {
        Assert.Equal("6 read fd=-1 size=100", Shaped.One(RecordBytes.EnterCompat(3, 0xFFFFFFFF, 0x7fff0000, 100)));
        Assert.Equal("112 pread fd=4 size=10 pos=8589934593", Shaped.One(RecordBytes.EnterCompat(180, 4, 1, 10, 1, 2)));
        Assert.Equal("198 setuid uid=4294967295", Shaped.One(RecordBytes.EnterCompat(23, 0xFFFF)));
        Assert.Equal("134 nanosleep interval=1000000005", Shaped.One(RecordBytes.EnterCompat(162, 1).Fixed(1, 5)));
        Assert.Equal("160 mmap addr=0 length=4096 prot=3 flags=2 fd=-1 offset=8192", Shaped.One(RecordBytes.EnterCompat(90, 1).Fixed(0, 4096, 3, 2, -1, 8192)));
        Assert.Equal("88 llseek fd=4 offset=4294967298 whence=1", Shaped.One(RecordBytes.EnterCompat(140, 4, 1, 2, 9, 1)));
        Assert.Equal("5 close res=-9", Shaped.One(RecordBytes.ExitCompat(6, 0xFFFFFFF7)));
        Assert.Equal("0 syscall ID=277 nativeID=102", Shaped.One(RecordBytes.EnterCompat(102)));
    }

    internal static byte[] Task(string arguments, string environment = "", uint level = 0)
    {
        byte[] comm = new byte[16];
        "sh"u8.CopyTo(comm);
        return Written.Join(
            100u, 100u, 1u, 1u, 99u, 98u, 100u, 100u, 123UL, 3UL, 4UL, 5000u, 600u, 7u, 0u, 1024UL, 42UL, 1000u, 1001u, uint.MaxValue, 0x8800u, comm,
            (ushort)arguments.Length, (ushort)environment.Length, level, Encoding.ASCII.GetBytes(arguments + environment));
    }
}
