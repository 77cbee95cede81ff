namespace Tracers.Tests.Engine.Differential;

/// <summary>A place where a table differs from sysdig's on purpose.</summary>
/// <param name="Capture">The capture.</param>
/// <param name="Key">The field that the table is grouped by.</param>
/// <param name="Value">The row.</param>
/// <param name="SysdigHasMore">Bytes that sysdig has more in it.</param>
/// <param name="Reason">Why.</param>
internal sealed record IntendedDifference(string Capture, string Key, string Value, long SysdigHasMore, string Reason)
{
    private const string BeganBefore =
        "The read ended after the capture began and began before: which descriptor it used is not in the file. sysdig takes its uninitialized number 0.";

    public static IReadOnlyList<IntendedDifference> All { get; } =
    [
        new("falco-run-as-user-0", "fd.name", "/dev/pts/5", 3, BeganBefore),
        new("falco-run-as-user-0", "fd.name", "", -3, BeganBefore),
        new("falco-run-as-user-0", "fd.type", "file", 3, BeganBefore),
    ];
}
