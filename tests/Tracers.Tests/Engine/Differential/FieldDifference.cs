namespace Tracers.Tests.Engine.Differential;

/// <summary>Where a field's value differs from what sysdig prints on purpose.</summary>
/// <param name="Fields">The fields.</param>
/// <param name="Applies">Whether it is this difference.</param>
/// <param name="Reason">Why.</param>
internal sealed record FieldDifference(string[] Fields, Func<FieldCase, bool> Applies, string Reason)
{
    private static readonly (string Capture, long[] Events)[] s_secondPeers =
    [
        ("libs-ipv6-client", [231, 232, 233, 237, 238]),
        ("sf-setns", [1991, 1992, 1993, 1996, 1997]),
    ];

    // What enters the writes of markers is not listed there.
    private static readonly string[] s_markerVectors = ["demo", "nest", "edge", "esc", "thread", "fork", "sendfile", "twosections"];

    /// <summary>All of them, class by class.</summary>
    public static IReadOnlyList<FieldDifference> All { get; } =
    [
        new(
            ["evt.latency", "evt.latency.s", "evt.latency.ns", "evt.latency.human", "evt.wait_latency"],
            static d => d.Ours == SysdigValues.None,
            "What is no call took no time, and what a call took whose beginning is not in the capture is not known: sysdig has 0, or the time since the beginning of some other call."),
        new(
            ["evt.deltatime", "evt.deltatime.s", "evt.deltatime.ns"],
            static d => (d.Capture, d.Number) is ("misc", 6 or 7) or ("sf-apache-mpm-event", 505) or ("sf-nginx", 21400)
                || (d.Info.Name is "write" or "writev" && d.IsExit && s_markerVectors.Contains(d.Capture)),
            "The event before it is one that a listing does not show: sysdig counts from the last that it shows, and one of the recorder's own has no time that counts."),
        new(["evt.latency.human"], static d => d is { Ours: "0ns", Info.Name: "write" }, "A marker takes no time: so says sysdig of its evt.latency, too."),
        new(["evt.category"], static d => d is { Sysdig: "IPC", Ours: "ipc" }, "One word for calls on pipes and for I/O on them."),
        new(
            [],
            static d => s_secondPeers.Any(p => p.Capture == d.Capture && p.Events.Contains(d.Number)),
            "A datagram socket that talks to a second peer keeps the first one's address in sysdig, or gets one that is mixed of both."),
        new(
            [],
            static d => (d.Capture, d.Number) == ("falco-run-as-user-0", 1519),
            "The read began before the capture: which descriptor it used is not in the file. sysdig takes its uninitialized number 0."),
        new(["evt.reltime", "evt.reltime.s", "evt.reltime.ns"], static d => d.Capture == "twosections", "The times of a file of several sections begin with the file: in sysdig with each section."),
        new(["fd.num", "fd.uid"], static d => d.Info.Name == "fcntl" && d.Capture == "sf-objectstore-download", "sysdig takes what any fcntl returns for a new descriptor."),
        new(["fd.num"], static d => d is { Sysdig: "-1", Ours: SysdigValues.None }, "No descriptor has no number."),
        new(["fd.uid"], static d => d.Ours == SysdigValues.None && d.Sysdig.EndsWith("-1", StringComparison.Ordinal), "No descriptor has no number."),
        new(["fd.dev", "fd.dev.major", "fd.dev.minor"], static d => d.Ours == SysdigValues.None, "What is no file, and a file of which the capture does not say where it lies, is on no device: sysdig prints 0, or what happens to lie there."),
        new(["fd.cport", "fd.cproto"], static d => d.Ours == SysdigValues.None, "What is no internet socket, or only listens, has no client: sysdig prints what happens to lie there."),
        new(["fd.sproto"], static d => d.Sysdig.Length == 0, "The service of a socket that listens is that of its port."),
        new(["fd.is_server"], static d => d is { Capture: "sf-nginx" or "libs-ipv6-client" or "libs-curl-google" or "libs-single-ipv6-conn", Sysdig: "true" }, "A socket without an address is on no side yet: sysdig takes the missing address of IPv6 for the machine's own, and in a container that of IPv4 for a container's without one."),
    ];
}
