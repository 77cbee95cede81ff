using System.Text.RegularExpressions;

namespace Tracers.Page.Binding;

/// <summary>A style's syntax and properties. Nothing in it may ask for something, or name a colour scheme's variable that nobody sets.</summary>
internal static partial class StyleCheck
{
    /// <summary>Checks a style.</summary>
    public static IEnumerable<Finding> Check(SourceFile source)
    {
        foreach (Match match in Asking().Matches(source.Text))
            yield return source.At(match.Index, $"'{match.Value}' is forbidden here. The page asks for nothing.");
        if (source.IsForeign)
            yield break;
    }

    [GeneratedRegex(@"url\s*\(|@import|image-set\s*\(|@font-face", RegexOptions.IgnoreCase)]
    private static partial Regex Asking();
}
