namespace Tracers.Engine.State;

/// <summary>The words and letters of sysdig's <c>fd.type</c> and <c>fd.typechar</c>, and those of today's libs.</summary>
internal static class FdKindText
{
    private static readonly string?[] s_names =
        [null, "file", "directory", "ipv4", "ipv6", "pipe", "unix", "event", "signalfd", "eventpoll", "inotify", "timerfd", "netlink",
         "bpf", "userfaultfd", "io_uring", "memfd", "pidfd"];

    private const string Letters = "Xfd46pueslitnburmP";

    /// <summary><c>fd.type</c>; null for a kind that has no name.</summary>
    public static string? Name(this FdKind kind) => s_names[(int)kind];

    /// <summary>The letter that stands before the name in an event's text.</summary>
    public static char Letter(this FdKind kind) => Letters[(int)kind];

    public static bool IsNetwork(this FdKind kind) => kind is FdKind.Ipv4 or FdKind.Ipv6;

    public static bool IsSocket(this FdKind kind) => kind.IsNetwork() || kind == FdKind.Unix;

    /// <summary>The kind with this <c>fd.type</c>.</summary>
    public static bool TryParse(string text, out FdKind kind)
    {
        int index = Array.FindIndex(s_names, n => string.Equals(n, text, StringComparison.OrdinalIgnoreCase));
        kind = (FdKind)Math.Max(index, 0);
        return index > 0;
    }
}
