using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Css;
using AngleSharp.Css.Parser;

namespace Tracers.Page.Binding;

/// <summary>The styles' selectors, properties and values, and the variables that they take from each other. Nothing in a style may ask for something.</summary>
internal static partial class StyleCheck
{
    private static readonly IBrowsingContext s_context = BrowsingContext.New(Configuration.Default.WithCss());
    private static readonly ICssSelectorParser s_selectors = s_context.GetService<ICssSelectorParser>()!;
    private static readonly IDeclarationFactory s_properties = s_context.GetService<IDeclarationFactory>()!;

    /// <summary>What browsers know and the library does not.</summary>
    private static readonly HashSet<string> s_known = ["touch-action: pan-y"];

    /// <summary>Checks the styles of a page.</summary>
    public static IEnumerable<Finding> Check(IReadOnlyList<SourceFile> sources)
    {
        SourceFile[] own = [.. sources.Where(static source => !source.IsForeign)];
        HashSet<string> variables = [.. own.SelectMany(static source => StyleParts.Of(source).Declarations).Select(static part => part.Name)];
        return [
            .. sources.SelectMany(Asks),
            .. own.SelectMany(Syntax),
            .. own.SelectMany(source => Variable().Matches(source.Text)
                .Where(match => !variables.Contains(match.Groups["name"].Value))
                .Select(match => source.At(match.Index, $"The variable '{match.Groups["name"].Value}' is set nowhere."))),
        ];
    }

    private static IEnumerable<Finding> Asks(SourceFile source)
        => Asking().Matches(source.Text).Select(match => source.At(match.Index, $"'{match.Value}' is forbidden here. The page asks for nothing."));

    private static IEnumerable<Finding> Syntax(SourceFile source)
    {
        StyleParts parts = StyleParts.Of(source);
        CssParser parser = new(default, s_context);
        foreach (Finding finding in parts.Findings)
            yield return finding;
        foreach ((string text, int index) in parts.Selectors)
        {
            if (text.StartsWith('@'))
            {
                if (!text.StartsWith("@media ", StringComparison.Ordinal))
                    yield return source.At(index, $"'{text}' is not known here.");
            }
            else if (s_selectors.ParseSelector(text) is null)
            {
                yield return source.At(index, $"'{text}' is no selector.");
            }
        }

        foreach ((string name, string value, int index) in parts.Declarations)
        {
            if (name.StartsWith("--", StringComparison.Ordinal))
                continue;
            if (s_properties.Create(name) is not { } property || property.Flags.HasFlag(PropertyFlags.Unknown))
                yield return source.At(index, $"There is no property '{name}'.");
            else if (!s_known.Contains($"{name}: {value}") && parser.ParseDeclaration($"{name}: {value}") is not { Length: > 0 })
                yield return source.At(index, $"'{value}' is no value of '{name}'.");
        }
    }

    [GeneratedRegex(@"url\s*\(|@import|image-set\s*\(|@font-face", RegexOptions.IgnoreCase)]
    private static partial Regex Asking();

    [GeneratedRegex(@"var\(\s*(?<name>--[\w-]+)")]
    private static partial Regex Variable();
}
