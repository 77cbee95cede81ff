using System.Management.Automation;
using Tracers.Engine.Spans;

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

    /// <summary>True of a span's tags when a pattern matches them joined, or one of them; null when there are no patterns.</summary>
    public static Func<TagList, bool>? AnyTag(string[]? patterns) =>
        Any(patterns) is { } matches ? tags => matches(tags.Text) || Array.Exists(tags.Tags, t => matches(t)) : null;
}
