using Tracers.Engine.Capture.Linux;
using Tracers.Engine.Capture.Linux.Snapshot;
using Tracers.Engine.Scap.Records;
using Xunit;

namespace Tracers.Tests.Engine.Capture.Linux.Snapshot;

/// <summary>Rows of threads in, entries of the process list out.</summary>
public class TaskConversionTests
{
    [Fact]
    public void A_process_has_what_the_row_and_proc_tell_of_it()
    {
        using FakeProc proc = new();
        proc.Process(100, "nginx", "-g", "daemon off;");
        TaskRow row = Rows.Task(100, comm: "nginx");
        ProcessProgram program = ProcessProgram.Read(proc.Folder, 100, ByteText.FromList("cpu=/a"));
        Assert.Equal(
            new ProcessRecord
            {
                Tid = 100,
                Pid = 100,
                ParentTid = 1,
                SessionId = 31,
                ProcessGroup = 30,
                Comm = "nginx",
                Exe = "nginx",
                ExePath = "/usr/bin/nginx",
                Arguments = ByteText.FromList("-g", "daemon off;"),
                Cwd = "/srv/nginx",
                FdLimit = 1024,
                Flags = 0,
                Uid = 33,
                Gid = 34,
                VmSizeKb = 4000,
                VmRssKb = 2000,
                VmSwapKb = 100,
                MajorFaults = 7,
                MinorFaults = 8,
                Environment = ByteText.FromList("HOME=/root", "LANG=C"),
                VTid = 100,
                VPid = 100,
                Cgroups = ByteText.FromList("cpu=/a"),
                Root = "/",
                LoginUid = 1000,
                Tty = 34816,
            },
            TaskConversion.ToRecord(in row, program));
    }

    [Fact]
    public void A_process_that_is_gone_keeps_what_the_row_says()
    {
        using FakeProc proc = new();
        TaskRow row = Rows.Task(100, comm: "gone");
        ProcessRecord record = TaskConversion.ToRecord(in row, ProcessProgram.Read(proc.Folder, 100, default));
        Assert.Equal(("gone", "", "", "", 33u), (record.Comm.ToString(), record.Exe.ToString(), record.ExePath.ToString(), record.Cwd.ToString(), record.Uid));
    }

    [Theory]
    [InlineData(100u, 100u, 100u, 0u)]
    [InlineData(101u, 100u, 100u, 0x2001u)]
    [InlineData(101u, 100u, 101u, 0x2000u)]
    [InlineData(200u, 200u, 100u, 0u)]
    public void Flags_say_what_a_thread_shares(uint tid, uint pid, uint filesOwner, uint expected)
    {
        TaskRow row = Rows.Task(tid, pid, filesOwner: filesOwner);
        Assert.Equal(expected, TaskConversion.ToRecord(in row, ProcessProgram.Unknown).Flags);
    }

    [Fact]
    public void Ids_of_a_nested_pid_namespace_are_the_threads_own()
    {
        TaskRow row = Rows.Task(4711, ownTid: 12);
        ProcessRecord record = TaskConversion.ToRecord(in row, ProcessProgram.Unknown);
        Assert.Equal((4711UL, 12L, 12L), (record.Tid, record.VTid, record.VPid));
    }

    [Theory]
    [InlineData("Name:\tx\nNSpgid:\t4711\t12\t3\nNSsid:\t1\t1\n", 3)]
    [InlineData("Name:\tx\nNSpgid:\t4711\n", 4711)]
    [InlineData("Name:\tx\n", 30)]
    [InlineData("", 30)]
    public void The_process_group_of_a_nested_pid_namespace_is_its_own(string status, int expected)
    {
        using FakeProc proc = new();
        proc.File("100/status", status);
        TaskRow row = Rows.Task(100);
        Assert.Equal((ulong)expected, TaskConversion.ToRecord(in row, ProcessProgram.Read(proc.Folder, 100, default, isNested: true)).ProcessGroup);
        Assert.Equal(30UL, TaskConversion.ToRecord(in row, ProcessProgram.Read(proc.Folder, 100, default)).ProcessGroup);
    }

    [Fact]
    public void A_name_of_all_its_bytes_is_whole()
    {
        TaskRow row = Rows.Task(1, comm: "0123456789abcdef");
        Assert.Equal("0123456789abcdef", TaskConversion.ToRecord(in row, ProcessProgram.Unknown).Comm.ToString());
    }

    [Fact]
    public void Lists_that_are_too_long_end_where_a_string_does()
    {
        using FakeProc proc = new();
        string item = new('x', 1000);
        proc.File("5/cmdline", "app\0" + string.Concat(Enumerable.Repeat(item + '\0', 10)));
        proc.File("5/environ", new string('y', 5000) + '\0');
        ProcessProgram program = ProcessProgram.Read(proc.Folder, 5, default);
        Assert.Equal(ByteText.FromList(item, item, item, item), program.Arguments);
        Assert.Equal(0, program.Environment.Length);
    }

    [Fact]
    public void A_command_line_without_arguments_or_without_an_end_is_read()
    {
        using FakeProc proc = new();
        proc.File("5/cmdline", "app\0").File("6/cmdline", "title set by itself");
        Assert.Equal(("app", 0), Read(5));
        Assert.Equal(("title set by itself", 0), Read(6));

        (string, int) Read(uint pid) => ProcessProgram.Read(proc.Folder, pid, default) is var p ? (p.Exe.ToString(), p.Arguments.Length) : default;
    }

    [Fact]
    public void Threads_of_the_kernel_are_told_by_their_flag()
    {
        TaskRow kernel = Rows.Task(2, flags: 0x0020_8040), user = Rows.Task(3, flags: 0x0040_0100);
        Assert.True(TaskConversion.IsKernelThread(in kernel));
        Assert.False(TaskConversion.IsKernelThread(in user));
    }
}
