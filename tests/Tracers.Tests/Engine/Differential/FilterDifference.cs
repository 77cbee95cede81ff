using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Where a filter accepts other events than in sysdig on purpose.</summary>
/// <param name="Fields">Fields of which the filter uses one.</param>
/// <param name="Applies">Whether the events that differ are those that this makes differ.</param>
/// <param name="Reason">Why.</param>
internal sealed record FilterDifference(string[] Fields, Func<FilterCase, bool> Applies, string Reason)
{
    private const EventTraits AnyFd = EventTraits.CreatesFd | EventTraits.UsesFd | EventTraits.DestroysFd;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FilterDifference> All { get; } =
    [
        new(
            ["evt.latency", "evt.wait_latency"],
            static d => d.All((number, type) => type.Number == EventKinds.SchedulerSwitch || type.Category is "process" || (type.Traits & EventTraits.Detached) != 0
                || (d.Capture == "captures/libs-sample-2023" && number <= 300 && (type.Number & 1) != 0)),
            "What is no call took no time, and what a call took whose beginning is not in the capture is not known."),
        new(["evt.category"], static d => d.All(static (_, type) => type.Category == "ipc"), "One word for calls on pipes and for I/O on them."),
        new(["evt.deltatime"], static d => d.OnlySysdig.Length + d.OnlyHere.Length <= 5, "The event before it is one that a listing does not show."),
        new(["fd.num", "fd.uid"], static d => d.All(static (_, type) => (type.Traits & EventTraits.CreatesFd) != 0 || type.Name is "setsockopt" or "getsockopt"), "No descriptor has no number: in sysdig it has the number -1."),
        new(["fd.l4proto"], static d => d.All(static (_, type) => (type.Traits & AnyFd) != 0), "What has no protocol has none: in sysdig it has the protocol <NA>."),
        new(["fd.cport", "fd.cproto"], static d => d.All(static (_, type) => (type.Traits & AnyFd) != 0), "What is no internet socket, or only listens, has no client: sysdig compares what happens to lie there."),
        new(["fd.cproto", "fd.sproto", "fd.lproto", "fd.rproto"], static d => d.All(static (_, type) => (type.Traits & AnyFd) != 0), "A protocol compares as its port: sysdig compares the port's digits as text, and of a socket that listens an empty one."),
        new(["fd.name_changed"], static d => d.All(static (_, type) => (type.Traits & EventTraits.ChangesState) != 0), "sysdig asks the filter before it notes that the name has changed."),
        new(["fd.dev"], static d => d.All(static (_, type) => (type.Traits & AnyFd) != 0), "What is no file is on no device: sysdig compares 0, or what happens to lie there."),
        new(["fd.is_server"], static d => d.Capture is "captures/libs-ipv6-client" or "captures/libs-curl-google", "A socket without an address is on no side yet: sysdig takes the missing address of IPv6 for the machine's own."),
        new([""], static d => d.Capture == "captures/libs-ipv6-client" && d.All(static (number, _) => number is 231 or 232 or 233 or 237 or 238), "A datagram socket that talks to a second peer keeps the first one's address in sysdig."),
        .. ThreadFilterDifferences.All,
        .. SpanFilterDifferences.All,
    ];

    public bool Explains(FilterCase difference) => Fields.Any(f => difference.Filter.Contains(f, StringComparison.Ordinal)) && Applies(difference);
}
