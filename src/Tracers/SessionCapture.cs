using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Tracers;

/// <summary>The capture that a PowerShell session read last: what a command without a path works on.</summary>
internal static class SessionCapture
{
    // By runspace: parallel runspaces of one process are different sessions.
    private static readonly ConditionalWeakTable<Runspace, string> s_paths = [];

    /// <summary>Full path of that capture; null when none was read.</summary>
    public static string? Path => Runspace.DefaultRunspace is { } session && s_paths.TryGetValue(session, out string? path) ? path : null;

    public static void Remember(string path)
    {
        if (Runspace.DefaultRunspace is { } session)
            s_paths.AddOrUpdate(session, path);
    }
}
