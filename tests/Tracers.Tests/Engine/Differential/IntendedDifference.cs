namespace Tracers.Tests.Engine.Differential;

/// <summary>A place where a table differs from sysdig's on purpose.</summary>
/// <param name="Capture">The capture.</param>
/// <param name="Chisel">sysdig's table.</param>
/// <param name="Key">The field that the table is grouped by.</param>
/// <param name="Value">The row.</param>
/// <param name="SysdigHasMore">Bytes or nanoseconds that sysdig has more in it.</param>
/// <param name="Reason">Why.</param>
internal sealed record IntendedDifference(string Capture, string Chisel, string Key, string Value, long SysdigHasMore, string Reason)
{
    private const string BeganBefore =
        "The read ended after the capture began and began before: which descriptor it used is not in the file. sysdig takes its uninitialized number 0.";

    private const string SeveralPeers = "A datagram socket that talks to a second peer keeps the first one's name in sysdig.";

    public static IReadOnlyList<IntendedDifference> All { get; } =
    [
        new("falco-run-as-user-0", "fdbytes_by", "fd.name", "/dev/pts/5", 3, BeganBefore),
        new("falco-run-as-user-0", "fdbytes_by", "fd.name", "", -3, BeganBefore),
        new("falco-run-as-user-0", "fdbytes_by", "fd.type", "file", 3, BeganBefore),
        new("falco-run-as-user-0", "fdbytes_by", "fd.directory", "/dev/pts", 3, BeganBefore),
        new("libs-ipv6-client", "fdtime_by", "fd.name", "::1:38255->::1:2345", 1218, SeveralPeers),
        new("libs-ipv6-client", "fdtime_by", "fd.name", "::1:38255->2001:4860:4860::8888:53", -1218, SeveralPeers),
        new("libs-ipv6-client", "fdtime_by", "fd.sport", "2345", 1218, SeveralPeers),
        new("libs-ipv6-client", "fdtime_by", "fd.sport", "53", -1218, SeveralPeers),
    ];
}
