using Tracers.Engine.Events;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Calls that sysdig 0.29.3 has no number for: its listing says unknown, this project's their name.</summary>
internal static class UnnumberedCalls
{
    private const int NameAt = 6;

    // Some names have a number twice, of which sysdig knows the first.
    private static readonly HashSet<string> s_names =
    [
        .. Enumerable.Range(NativeCalls.LastOfSysdig + 1, SyscallTable.Count - NativeCalls.LastOfSysdig - 1).Select(id => SyscallTable.Name(id)!)
            .Except(Enumerable.Range(0, NativeCalls.LastOfSysdig + 1).Select(id => SyscallTable.Name(id)!)),
    ];

    /// <summary>A call's name as sysdig has it.</summary>
    public static string NameInSysdig(string name) => s_names.Contains(name) ? "<unknown>" : name;

    /// <summary>A line of this project's listing as sysdig's has it.</summary>
    public static string AsSysdigHasIt(string line)
    {
        // number time cpu name (tid) direction event, and of a generic event nothing more; a process's name may have blanks.
        string[] words = line.Split(' ');
        return words.Length > NameAt && words[^1].Length == 0 && words[^3] is ">" or "<" && s_names.Contains(words[^2])
            ? $"{line[..^(words[^2].Length + 1)]}<unknown> "
            : line;
    }
}
