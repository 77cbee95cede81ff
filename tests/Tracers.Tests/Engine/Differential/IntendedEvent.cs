namespace Tracers.Tests.Engine.Differential;

/// <summary>An event that a table with a filter leaves out, because sysdig takes it for something else; the tables without a filter have what it makes different.</summary>
/// <param name="Capture">The capture.</param>
/// <param name="Filter">What is true of it, and of nothing else or at most of events like it.</param>
/// <param name="Reason">Why.</param>
internal sealed record IntendedEvent(string Capture, string Filter, string Reason)
{
    public static IReadOnlyList<IntendedEvent> All { get; } =
    [
        new("falco-run-as-user-0", "evt.num=1519", "A read that began before the capture: its descriptor is not in the file. sysdig takes its uninitialized number 0."),
        new("libs-ipv6-client", "evt.num=233", "A datagram socket that talks to a second peer keeps the first one's name in sysdig."),
        new("sf-objectstore-download", "(thread.tid=17066 and fd.num=0)", "A descriptor that dup makes stays in sysdig what its number was before, if a filter refuses the end of the call."),
    ];

    /// <summary>A filter without the events of a capture.</summary>
    public static string LeftOut(string capture, string filter) =>
        All.Where(e => e.Capture == capture).Aggregate(filter, static (all, e) => $"({all}) and not {e.Filter}");
}
