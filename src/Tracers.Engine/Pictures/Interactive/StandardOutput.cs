namespace Tracers.Engine.Pictures.Interactive;

/// <summary>The process's standard output as the place of a picture.</summary>
internal static class StandardOutput
{
    /// <summary>Whether somebody looks at it.</summary>
    public static bool IsTerminal => !Console.IsOutputRedirected;
}
