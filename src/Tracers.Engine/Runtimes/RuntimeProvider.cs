namespace Tracers.Engine.Runtimes;

/// <summary>Where the engine finds what speaks to .NET runtimes: it does not load that itself.</summary>
internal static class RuntimeProvider
{
    /// <summary>Gives it, and loads it when it is asked for first; null where nobody has said how.</summary>
    public static Func<IRuntimeDiagnostics>? Diagnostics { get; set; }
}
