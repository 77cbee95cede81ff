using System.Management.Automation;

namespace Tracers.Commands;

/// <summary>Parameters with wildcards as tests that the engine can call.</summary>
internal static class Wildcards
{
    /// <summary>True of a text that any of the patterns matches, ignoring case; null when there are no patterns.</summary>
    public static Func<string, bool>? Any(string[]? patterns)
    {
        if (patterns is null or [])
            return null;
        WildcardPattern[] compiled = Array.ConvertAll(patterns, static p => new WildcardPattern(p, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant));
        return text => Array.Exists(compiled, p => p.IsMatch(text));
    }
}
