using Tracers.Engine.Events;

namespace Tracers.Engine.Capture.Linux;

/// <summary>The number that a generic event carries for a call without an event of its own.</summary>
internal static class GenericIds
{
    // What i386 appends to names of calls that take wider numbers than their forerunners; the format has one number for both.
    private static readonly string[] s_widths = ["_time64", "_64", "64", "32"];

    private static readonly Lazy<Dictionary<string, ushort>> s_byName = new(Load);

    /// <summary>The number; 0, which stands for unknown, when the format has none.</summary>
    /// <param name="name">The kernel's name.</param>
    /// <param name="classic">Whether only numbers will do that readers of sysdig's time have; the event's native number still tells.</param>
    public static ushort Find(string name, bool classic) => Find(name) is var id && classic && id > NativeCalls.LastOfSysdig ? (ushort)0 : id;

    private static ushort Find(string name)
    {
        if (s_byName.Value.TryGetValue(name, out ushort id) || s_byName.Value.TryGetValue(name.TrimStart('_'), out id))
            return id;
        foreach (string width in s_widths)
        {
            if (name.EndsWith(width, StringComparison.Ordinal) && s_byName.Value.TryGetValue(name[..^width.Length], out id))
                return id;
        }

        return 0;
    }

    // Of two numbers for one name the first is the older one.
    private static Dictionary<string, ushort> Load()
    {
        Dictionary<string, ushort> byName = [];
        for (int id = 1; id < SyscallTable.Count; id++)
            byName.TryAdd(SyscallTable.Name(id)!, (ushort)id);
        byName.TryAdd("rt_sigreturn", byName["sigreturn"]);
        return byName;
    }
}
