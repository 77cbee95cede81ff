using System.Globalization;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Where fields of processes, threads, users, groups and containers differ from sysdig's on purpose.</summary>
internal static class ThreadDifferences
{
    private static readonly string[] s_unknown = ["-1", "4294967295"];

    public static IReadOnlyList<FieldDifference> All { get; } =
    [
        new([], static d => !d.IsOfKnownThread && d.Ours == SysdigValues.None, "The capture says nothing of the thread: sysdig has zeros, -1 and empty texts for that, and counts it as outside of containers."),
        new(["proc.sid", "proc.vpgid", "proc.fdlimit", "proc.ppid", "user.uid"], static d => d.Ours == SysdigValues.None && s_unknown.Contains(d.Sysdig), "sysdig prints the number that stands for unknown."),
        new(["proc.env", "proc.fdusage", "proc.fdopencount", "proc.nthreads"], static d => d.Ours == SysdigValues.None && d.Sysdig is "" or "0.0" or "0" or "1", "The capture says nothing of the main thread."),
        new(["proc.sname"], static d => d.Ours == SysdigValues.None, "Which session the process is in is not known, and sysdig takes all of which that is so for one."),
        new(["proc.fdusage"], static d => d.Ours != SysdigValues.None && Math.Abs(Number(d.Ours) - Number(d.Sysdig)) <= 0.0501, "sysdig prints one digit behind the point."),
        new(["proc.fdopencount", "proc.fdusage"], static d => d.Info.Name is "close" or "close_range" && d.IsExit, "sysdig still counts the descriptor that a close has just closed."),
        new(["proc.nthreads", "proc.nchilds"], static d => d.Info.Name == "procexit" && Number(d.Sysdig) == Number(d.Ours) + 1, "sysdig still counts the thread that has just ended."),
        new(["proc.vpgid"], static d => d.Capture is "sf-setns" or "falco-run-as-user-0", "sysdig does not follow setpgid."),
        new(["group.gid"], static d => (uint)ulong.Parse(d.Sysdig, CultureInfo.InvariantCulture) == (d.Ours == SysdigValues.None ? uint.MaxValue : uint.Parse(d.Ours, CultureInfo.InvariantCulture)), "sysdig takes 64 bits of a number of 32, and what happens to lie behind it."),
        new(["user.loginuid", "user.loginname"], static d => d.Capture == "libs-sample-2023" || d.Sysdig is "0" or "root", "Older files do not hold it, and sysdig has 0 for that. In newer ones it stands elsewhere than sysdig looks."),
        new(["proc.tty"], static d => d.Capture == "libs-sample-2023", "It stands elsewhere than sysdig looks."),
        new(["proc.is_exe_writable"], static d => d.Capture.StartsWith("sf-", StringComparison.Ordinal) && d.Ours == "false", "Of a thread that begins without a known parent sysdig never sets it, and prints what happens to lie there."),
        new(["thread.ismain"], static d => d.Info.Name == "container", "The thread that sysdig makes up for a container has the process id of its own."),
    ];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
