using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Fields have the values that sysdig prints, event by event.</summary>
public class FieldValueTests
{
    private static readonly string[] s_evt =
    [
        "evt.num", "evt.time", "evt.time.s", "evt.time.iso8601", "evt.datetime", "evt.datetime.s", "evt.rawtime", "evt.rawtime.s", "evt.rawtime.ns", "evt.reltime", "evt.reltime.s", "evt.reltime.ns",
        "evt.latency", "evt.latency.s", "evt.latency.ns", "evt.latency.human", "evt.deltatime", "evt.deltatime.s", "evt.deltatime.ns", "evt.dir", "evt.type",
        "syscall.type", "evt.category", "evt.cpu", "evt.args", "evt.info", "evt.res", "evt.rawres", "evt.failed", "evt.is_io", "evt.is_io_read", "evt.is_io_write", "evt.io_dir", "evt.is_wait", "evt.wait_latency",
        "evt.is_syslog", "evt.count", "evt.count.error", "evt.count.error.file", "evt.count.error.net", "evt.count.error.memory", "evt.count.error.other", "evt.count.exit",
        "evt.abspath", "evt.abspath.src", "evt.abspath.dst", "evt.is_open_read", "evt.is_open_write", "evt.is_open_exec", "evt.buflen", "evt.buffer", "evt.pluginname", "evt.plugininfo",
        "evt.arg.fd", "evt.arg.res", "evt.arg.name", "evt.arg.data", "evt.arg.size", "evt.arg.path", "evt.arg.flags", "evt.arg.args", "evt.arg.tuple", "evt.arg[0]", "evt.arg[1]", "evt.arg[2]", "evt.arg[3]", "evt.arg.timeout",
        "evt.arg.uid", "evt.arg.tid", "evt.arg.id", "evt.arg.tags",
        "evt.rawarg.res",
    ];

    private static readonly string[] s_fd =
    [
        "fd.num", "fd.type", "fd.typechar", "fd.name", "fd.directory", "fd.filename", "fd.cip", "fd.sip", "fd.lip", "fd.rip", "fd.cport", "fd.sport", "fd.lport", "fd.rport", "fd.l4proto", "fd.sockfamily", "fd.is_server",
        "fd.uid", "fd.containername", "fd.containerdirectory", "fd.cproto", "fd.sproto", "fd.lproto", "fd.rproto", "fd.connected", "fd.name_changed", "fd.cip.name", "fd.sip.name", "fd.lip.name", "fd.rip.name",
        "fd.dev", "fd.dev.major", "fd.dev.minor", "fdlist.nums", "fdlist.names", "fdlist.cips", "fdlist.sips", "fdlist.cports", "fdlist.sports",
        "syslog.facility.str", "syslog.facility", "syslog.severity.str", "syslog.severity", "syslog.message",
    ];

    public static TheoryData<string> Captures => CaptureTableTests.Captures;

    public static TheoryData<string> Vectors => ["demo", "nest", "edge", "esc", "net", "misc", "render", "thread", "fork", "writev", "v1", "relopen", "sendfile", "twosections", "cont", "newevt", "flagged"];

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Fields_of_events_are_sysdigs(string capture) => FieldComparison.AssertSame(capture, Repository.Shared($"captures/{capture}.scap"), [.. s_evt.Where(SysdigValues.IsComparable)]);

    [SkippableTheory]
    [MemberData(nameof(Vectors))]
    public void Fields_of_events_of_the_vectors_are_sysdigs(string vector) => FieldComparison.AssertSame(vector, Repository.Shared($"vectors/{vector}.scap"), [.. s_evt.Where(SysdigValues.IsComparable)]);

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Fields_of_descriptors_are_sysdigs(string capture) => FieldComparison.AssertSame(capture, Repository.Shared($"captures/{capture}.scap"), s_fd);

    [SkippableTheory]
    [MemberData(nameof(Vectors))]
    public void Fields_of_descriptors_of_the_vectors_are_sysdigs(string vector) => FieldComparison.AssertSame(vector, Repository.Shared($"vectors/{vector}.scap"), s_fd);
}
