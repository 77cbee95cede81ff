namespace Tracers.Tests.Engine.Differential;

/// <summary>Where filters of processes and threads accept other events than sysdig's on purpose; their values are compared event by event elsewhere.</summary>
internal static class ThreadFilterDifferences
{
    public static IReadOnlyList<FilterDifference> All { get; } =
    [
        new(["proc.vmsize", "proc.vmrss", "proc.vmswap", "thread.vmsize", "thread.vmrss", "thread.pfmajor", "thread.pfminor"], static _ => true, "sysdig takes in what a call says of memory only when the filter accepts the call, and after it has asked the filter."),
        new(["thread.exectime"], static d => d.All(static (_, type) => type.Name == "switch"), "sysdig takes in only switches that it comes to ask the field about."),
        new(["thread.totexectime"], static _ => true, "It sums up only the switches that it comes to ask the field about."),
        new(["proc.apid in"], static _ => true, "sysdig finds no number of an ancestor in a list."),
        new(["proc.fdopencount", "proc.fdusage"], static d => d.All(static (_, type) => type.Name is "close" or "close_range"), "sysdig still counts the descriptor that a close has just closed."),
        new(["proc.nthreads", "proc.nchilds"], static d => d.All(static (_, type) => type.Name == "procexit"), "sysdig still counts the thread that has just ended."),
        new(["proc.sid", "proc.sname", "proc.vpgid", "proc.ppid", "proc.fdlimit", "user.uid"], static d => d.Capture.StartsWith("captures/", StringComparison.Ordinal), "What is not known is no number, and sysdig compares the one that stands for that; it does not follow setpgid."),
        new(["group.gid"], static _ => true, "sysdig compares 64 bits of a number of 32, and what happens to lie behind it."),
        new(["proc.is_exe_writable", "user.loginuid", "user.loginname", "proc.tty"], static d => d.Capture.StartsWith("captures/", StringComparison.Ordinal), "Older files do not hold it, and newer ones elsewhere than sysdig looks."),
    ];
}
