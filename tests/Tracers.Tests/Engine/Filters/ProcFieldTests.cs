using Tracers.Engine.Filters;
using Tracers.Engine.Scap.Records;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Filters;

/// <summary>Fields of processes, threads, users and groups.</summary>
public class ProcFieldTests
{
    // 1 systemd, 10 login, 20 bash, 30 bash, 100 python with the thread 101.
    private static CaptureBuilder Family() => new CaptureBuilder().Header().Processes(
        Process(1, "systemd", 0), Process(10, "login", 1), Process(20, "bash", 10), Process(30, "bash", 20), Process(100, "python", 30),
        new ProcessRecord { Tid = 101, Pid = 100, ParentTid = 100, Comm = "worker", Exe = "python", Flags = 0x2001, SessionId = 20 });

    [Theory]
    [InlineData("proc.aname[0]", "python")]
    [InlineData("proc.aname[1]", "bash")]
    [InlineData("proc.aname[3]", "login")]
    [InlineData("proc.aname[4]", "systemd")]
    [InlineData("proc.aname[5]", null)]
    [InlineData("proc.apid[2]", 20L)]
    [InlineData("proc.apid[9]", null)]
    [InlineData("proc.loginshellid", 20L)]
    [InlineData("proc.sname", "bash")]
    [InlineData("proc.pname", "bash")]
    [InlineData("proc.ppid", 30L)]
    [InlineData("proc.nthreads", 2L)]
    [InlineData("proc.nchilds", 1L)]
    [InlineData("proc.cmdline", "python -m  app")]
    [InlineData("proc.args", "-m  app")]
    [InlineData("proc.exeline", "/usr/bin/python -m  app")]
    [InlineData("proc.cwd", "/srv/")]
    [InlineData("proc.env", "A=1 B=")]
    [InlineData("proc.is_exe_writable", true)]
    [InlineData("thread.cgroups", "memory=/a blkio=/b perf_event=/ cpu=/x")]
    [InlineData("thread.cgroup.blkio", "/b")]
    [InlineData("thread.cgroup.io", null)]
    [InlineData("thread.cgroup.cpuset", null)]
    [InlineData("thread.ismain", true)]
    [InlineData("proc.duration", null)]
    [InlineData("user.uid", null)]
    public void The_main_thread_has(string field, object? expected) => Assert.Equal([expected], Filtered.Values(Family().Event(100, 60), field));

    [Theory]
    [InlineData("proc.aname[0]", "python")]
    [InlineData("proc.apid[0]", 100L)]
    [InlineData("proc.name", "worker")]
    [InlineData("proc.pname", "python")]
    [InlineData("proc.ppid", 30L)]
    [InlineData("proc.nthreads", 2L)]
    [InlineData("proc.nchilds", 0L)]
    [InlineData("proc.env", "A=1 B=")]
    [InlineData("thread.ismain", false)]
    [InlineData("thread.vmsize", 0L)]
    [InlineData("thread.cgroups", null)]
    public void Another_thread_has(string field, object? expected) => Assert.Equal([expected], Filtered.Values(Family().Event(101, 60), field));

    [Theory]
    [InlineData("proc.aname=login", true)]
    [InlineData("proc.aname=python", false)]
    [InlineData("proc.aname in (nothing, systemd)", true)]
    [InlineData("proc.aname!=bash", true)]
    [InlineData("not proc.aname=bash", false)]
    [InlineData("proc.aname exists", true)]
    [InlineData("proc.apid=20", true)]
    [InlineData("proc.apid=100", false)]
    [InlineData("proc.apid<10", true)]
    [InlineData("proc.apid>100", false)]
    [InlineData("proc.vmrss > 3MB", true)]
    [InlineData("proc.vmrss > 4096", false)]
    public void A_filter_asks_all_ancestors(string filter, bool accepts) => Assert.Equal(accepts ? [1L] : [], Filtered.Numbers(Family().Event(100, 60).ToArray(), filter));

    [Fact]
    public void Threads_that_are_their_own_ancestors_end_every_walk()
    {
        CaptureBuilder c = new CaptureBuilder().Header().Processes(Process(10, "a", 11), Process(11, "b", 10), Process(12, "self", 12)).Event(10, 60).Event(12, 60);
        Assert.Empty(Filtered.Numbers(c.ToArray(), "proc.aname=c or proc.apid=5 or proc.loginshellid=7 or proc.sname=x"));
        Assert.Equal(["b", null], Filtered.Values(c, "proc.aname[1]"));
        Assert.Equal([1L], Filtered.Numbers(c.ToArray(), "proc.aname=b"));
    }

    [Theory]
    [InlineData("proc.name")]
    [InlineData("proc.exe")]
    [InlineData("proc.cwd")]
    [InlineData("proc.ppid")]
    [InlineData("proc.nthreads")]
    [InlineData("proc.fdopencount")]
    [InlineData("proc.fdlimit")]
    [InlineData("proc.fdusage")]
    [InlineData("proc.vmsize")]
    [InlineData("proc.env")]
    [InlineData("proc.tty")]
    [InlineData("proc.is_exe_writable")]
    [InlineData("thread.pfmajor")]
    [InlineData("thread.totexectime")]
    [InlineData("user.uid")]
    [InlineData("user.loginuid")]
    [InlineData("group.gid")]
    [InlineData("container.id")]
    public void Of_a_thread_that_the_capture_says_nothing_of_nothing_is_known(string field) => Assert.Equal([null], Filtered.Values(new CaptureBuilder().Header().Event(77, 60), field));

    [Fact]
    public void Memory_and_faults_are_those_of_the_newest_event_that_tells_them()
    {
        CaptureBuilder c = Family();
        c.Event(100, 60)
            .Event(100, 158).Event(100, 159, 0L, 9000u, 5000u, 1u)
            .Event(101, 152, 100L, 7L, 8L, 9001u, 5001u, 2u)
            .Event(100, 60);
        Assert.Equal([8000L, 8000L, 9000L, 0L, 9001L], Filtered.Values(c, "proc.vmsize"));
        Assert.Equal([3073L, 3073L, 5000L, 0L, 5001L], Filtered.Values(c, "proc.vmrss"));
        Assert.Equal([3L, 3L, 3L, 7L, 3L], Filtered.Values(c, "thread.pfmajor"));
        Assert.Equal([400L, 400L, 400L, 8L, 400L], Filtered.Values(c, "thread.pfminor"));
    }

    [Fact]
    public void A_switch_tells_how_long_the_thread_was_on_the_cpu_whatever_the_filter_asks()
    {
        CaptureBuilder c = Family();
        c.Event(100, 152, 101L, 0L, 0L, 0u, 0u, 0u).Event(101, 152, 100L, 0L, 0L, 0u, 0u, 0u);
        c.Now += 5000;
        c.Event(100, 152, 101L, 0L, 0L, 0u, 0u, 0u).Event(100, 60);
        Assert.Equal([0L, 1000L, 6000L, 0L], Filtered.Values(c, "thread.exectime"));
        Assert.Equal([0L, 1000L, 6000L, 6000L], Filtered.Values(c, "thread.totexectime"));
        Assert.Equal([3L], Filtered.Numbers(c.ToArray(), "thread.tid=100 and thread.exectime>1us"));
    }

    [Fact]
    public void A_new_process_has_its_own_age_faults_and_memory_and_its_parents_environment()
    {
        CaptureBuilder c = Family();
        c.Event(100, 222).Event(100, 223, 160L, "python", Array.Empty<byte>(), 100L, 100L, 30L, "", 64L, 1L, 2L, 30u, 20u, 10u, "python", Array.Empty<byte>(), 0u, 5u, 6u, 100L, 100L).Event(160, 60);
        Assert.Equal([null, null, 1000L], Filtered.Values(c, "proc.duration"));
        Assert.Equal([8000L, 8000L, 30L], Filtered.Values(c, "proc.vmsize"));
        Assert.Equal(["A=1 B=", "A=1 B=", "A=1 B="], Filtered.Values(c, "proc.env"));
        Assert.Equal([null, null, 5L], Filtered.Values(c, "user.uid"));
        Assert.Equal([-1L, -1L, -1L], Filtered.Values(c, "user.loginuid"));
        Assert.Equal([64L], Filtered.Values(c, "proc.fdlimit")[^1..]);
        Assert.Equal([0.0], Filtered.Values(c, "proc.fdusage")[^1..]);
    }

    [Fact]
    public void A_user_who_is_added_has_a_home_until_he_is_removed()
    {
        CaptureBuilder c = new CaptureBuilder().Header()
            .Processes(new ProcessRecord { Tid = 100, Pid = 100, Comm = "a", Uid = 8, Gid = 9, LoginUid = 7 })
            .Raw(Written.AfterHeader(static w => w.WriteUsers([new(7, 7, "login", "/l", "sh")], [new(9, "wheel")])));
        c.Event(100, 60).Event(0, 354, 8u, 8u, "new", "/home/new", "/bin/zsh", "").Event(100, 60).Event(0, 356, 8u, 8u, "new", "/", "sh", "").Event(100, 60);
        Assert.Equal([null, "/home/new", null], Filtered.Values(c, "user.homedir"));
        Assert.Equal([null, "/bin/zsh", null], Filtered.Values(c, "user.shell"));
        Assert.Equal([null, "new", null], Filtered.Values(c, "user.name"));
        Assert.Equal(["login", "login", "login"], Filtered.Values(c, "user.loginname"));
        Assert.Equal(["wheel", "wheel", "wheel"], Filtered.Values(c, "group.name"));
        Assert.Equal([2L], Filtered.Numbers(c.ToArray(), "user.name=new"));
    }

    [Fact]
    public void An_ancestor_before_the_process_itself_is_an_error() =>
        Assert.Contains("counts from 0", Assert.Throws<FilterSyntaxException>(static () => CaptureFilter.Parse("proc.apid[-1]=3")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("proc.aname[2147483647] exists")]
    [InlineData("proc.apid[2147483647] exists")]
    [InlineData("proc.aname = nothing")]
    [InlineData("proc.loginshellid = 3")]
    public void Ancestors_that_go_round_in_a_damaged_list_come_to_an_end(string filter)
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Processes(Process(10, "a", 20), Process(20, "b", 10));
        for (int i = 0; i < 100; i++)
            capture.Event(10, 60);
        Assert.Empty(Filtered.Numbers(capture.ToArray(), filter));
    }

    private static ProcessRecord Process(int tid, string comm, int parent) => new()
    {
        Tid = (ulong)tid,
        Pid = (ulong)tid,
        ParentTid = (ulong)parent,
        Comm = comm,
        Exe = comm == "python" ? "/usr/bin/python" : comm,
        Arguments = comm == "python" ? ByteText.FromList("-m", "", "app") : default,
        Environment = comm == "python" ? ByteText.FromList("A=1", "B=") : default,
        Cwd = "/srv",
        SessionId = comm == "systemd" ? 1u : 20u,
        VmSizeKb = 8000,
        VmRssKb = comm == "python" ? 3073u : 3072u,
        MajorFaults = 3,
        MinorFaults = 400,
        Uid = uint.MaxValue,
        ExeWritable = comm == "python",
        Cgroups = ByteText.FromList("memory=/a", "io=/b", "perf_cgroup=/", "cpu_cgroup=/x"),
    };
}
