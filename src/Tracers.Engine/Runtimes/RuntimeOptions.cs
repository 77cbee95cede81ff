namespace Tracers.Engine.Runtimes;

/// <summary>Which .NET processes a capture listens to, and how.</summary>
internal sealed record RuntimeOptions
{
    /// <summary>What speaks to them.</summary>
    public required IRuntimeDiagnostics Diagnostics { get; init; }

    /// <summary>These processes.</summary>
    public IReadOnlyList<int> ProcessIds { get; init; } = [];

    /// <summary>All with these names, which may be patterns, also those that start later.</summary>
    public IReadOnlyList<string> ProcessNames { get; init; } = [];

    /// <summary>Whether a process has one of these names.</summary>
    public Func<string, bool> IsNamed { get; init; } = static _ => false;

    /// <summary>Full path of the startup hook that they load to mark themselves; null to listen to their activities.</summary>
    public string? Hook { get; init; }
}
