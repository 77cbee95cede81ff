using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Fields of processes, threads, users, groups, containers and spans have the values that sysdig prints, event by event.</summary>
public class ThreadValueTests
{
    // sysdig keeps no sums for threads that stood in the process list of these, and ends with an error.
    private static readonly string[] s_withoutSums = ["sf-apache-mpm-event", "sf-nginx"];

    private static readonly string[] s_threads =
    [
        "proc.name", "proc.pid", "proc.exe", "proc.exepath", "proc.args", "proc.cmdline", "proc.exeline", "proc.cwd", "proc.nthreads", "proc.nchilds", "proc.ppid", "proc.pname",
        "proc.pcmdline", "proc.apid[0]", "proc.apid[1]", "proc.apid[2]", "proc.apid[5]", "proc.aname[0]", "proc.aname[1]", "proc.aname[2]", "proc.aname[4]", "proc.loginshellid",
        "proc.duration", "proc.fdopencount", "proc.fdlimit", "proc.fdusage", "proc.vmsize", "proc.vmrss", "proc.vmswap", "proc.sid", "proc.sname", "proc.tty", "proc.vpid", "proc.vpgid",
        "proc.is_container_healthcheck", "proc.is_container_liveness_probe", "proc.is_container_readiness_probe", "proc.is_exe_writable", "proc.env",
        "thread.tid", "thread.ismain", "thread.vtid", "thread.pfmajor", "thread.pfminor", "thread.exectime", "thread.cgroups", "thread.cgroup.memory", "thread.cgroup.cpuacct",
        "thread.cgroup.blkio", "thread.cgroup.perf_event", "thread.cpu", "thread.cpu.user", "thread.cpu.system", "thread.vmsize", "thread.vmrss",
        "user.uid", "user.name", "user.homedir", "user.shell", "user.loginuid", "user.loginname", "group.gid", "group.name",
        "container.id", "container.name", "container.image", "container.image.id", "container.type", "container.privileged", "container.mounts", "container.mount[0]", "container.mount[*]",
        "container.mount.source[0]", "container.mount.dest[0]", "container.mount.mode[0]", "container.mount.rdwr[0]", "container.mount.propagation[0]", "container.image.repository",
        "container.image.tag", "container.image.digest", "container.healthcheck", "container.liveness_probe", "container.readiness_probe",
    ];

    private static readonly string[] s_spans =
    [
        "span.id", "span.ntags", "span.nargs", "span.tags", "span.tag[0]", "span.tag[1]", "span.tag[-1]", "span.tag[-2]", "span.args", "span.arg[0]", "span.arg[-1]", "span.enterargs",
        "span.enterarg[0]", "span.enterarg[-1]", "span.duration", "span.duration.human", "span.duration.fortag[0]", "span.duration.fortag[1]", "span.count", "span.count.fortag[0]",
        "span.count.fortag[1]", "span.childcount.fortag[0]", "span.idtag[0]", "span.idtag[-1]", "span.rawtime",
        "evtin.span.id", "evtin.span.ntags", "evtin.span.nargs", "evtin.span.tags", "evtin.span.tag[0]", "evtin.span.tag[1]", "evtin.span.tag[-1]", "evtin.span.args", "evtin.span.arg[0]",
        "evtin.span.arg[-1]", "evtin.span.m.id", "evtin.span.m.ntags", "evtin.span.m.tags",
    ];

    public static TheoryData<string> Captures => CaptureTableTests.Captures;

    public static TheoryData<string> Vectors => ["user", "cont", "fork", "thread", "v1", "twosections", "minimal-x", "stateonly", "edge", "render", "misc", "xthread", "net", "relopen", "sendfile"];

    public static TheoryData<string> SpanVectors =>
        ["demo", "demo-gz", "demo-json", "demo-lat", "demo-tags", "nest", "inter", "orphan", "argname", "unfin", "views", "two", "twosections", "xthread", "xthread2", "split", "pool127"];

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Fields_of_threads_are_sysdigs(string capture) =>
        FieldComparison.AssertSame(capture, Repository.Shared($"captures/{capture}.scap"), s_withoutSums.Contains(capture) ? s_threads : [.. s_threads, "thread.totexectime"], ThreadDifferences.All);

    [SkippableTheory]
    [MemberData(nameof(Vectors))]
    public void Fields_of_threads_of_the_vectors_are_sysdigs(string vector) =>
        FieldComparison.AssertSame(vector, Repository.Shared($"vectors/{vector}.scap"), [.. s_threads, "thread.totexectime"], ThreadDifferences.All);

    [SkippableTheory]
    [MemberData(nameof(SpanVectors))]
    public void Fields_of_spans_are_sysdigs(string vector) => FieldComparison.AssertSame(vector, Repository.Shared($"vectors/{vector}.scap"), s_spans, SpanDifferences.All);

    [SkippableTheory]
    [InlineData("src/Tracers.Demo/demo.scap")]
    [InlineData("tests/data/service.scap")]
    public void Fields_of_spans_of_real_services_are_sysdigs(string capture) =>
        FieldComparison.AssertSame(Path.GetFileNameWithoutExtension(capture), Repository.PathOf(capture), s_spans, SpanDifferences.All);
}
