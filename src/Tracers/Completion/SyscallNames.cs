using Tracers.Engine.Events;

namespace Tracers.Completion;

/// <summary>The names of the system calls that the engine knows.</summary>
internal static class SyscallNames
{
    private static readonly Lazy<HashSet<string>> s_names = new(static () =>
        new(Enumerable.Range(1, SyscallTable.Count - 1).Select(static id => SyscallTable.Name(id)!), StringComparer.Ordinal));

    public static IReadOnlySet<string> All => s_names.Value;
}
