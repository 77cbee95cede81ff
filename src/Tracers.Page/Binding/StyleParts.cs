using System.Text.RegularExpressions;

namespace Tracers.Page.Binding;

/// <summary>A style taken apart: what stands before braces, and what in them. Rules within rules are those of @media only.</summary>
internal sealed partial class StyleParts
{
    private StyleParts()
    {
    }

    /// <summary>Selectors and at-rules, and where.</summary>
    public List<(string Text, int Index)> Selectors { get; } = [];

    /// <summary>Properties with their values, and where.</summary>
    public List<(string Name, string Value, int Index)> Declarations { get; } = [];

    /// <summary>Braces that have no other half, and what is neither a selector nor a declaration.</summary>
    public List<Finding> Findings { get; } = [];

    public static StyleParts Of(SourceFile source)
    {
        StyleParts parts = new();
        // Comments become spaces, so that places stay.
        string text = Comment().Replace(source.Text, static match => new string(' ', match.Length));
        Stack<(int Index, bool IsGroup)> open = new();
        int from = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('{' or '}' or ';'))
                continue;
            (string part, int index) = Trimmed(text, from, i);
            from = i + 1;
            switch (text[i])
            {
                case '{':
                    if (open.TryPeek(out (int Index, bool IsGroup) outer) && !outer.IsGroup)
                        parts.Findings.Add(source.At(index, $"'{part}' is inside of another rule: a '}}' is missing before it."));
                    parts.Selectors.Add((part, index));
                    open.Push((i, part.StartsWith('@')));
                    break;
                case ';':
                    parts.Declare(source, part, index);
                    break;
                default:
                    parts.Declare(source, part, index);
                    if (!open.TryPop(out _))
                        parts.Findings.Add(source.At(i, "This '}' closes nothing."));
                    break;
            }
        }

        foreach ((int index, _) in open)
            parts.Findings.Add(source.At(index, "This '{' is not closed."));
        (string rest, int at) = Trimmed(text, from, text.Length);
        if (rest.Length > 0)
            parts.Findings.Add(source.At(at, $"'{rest}' belongs to nothing."));
        return parts;
    }

    private void Declare(SourceFile source, string part, int index)
    {
        if (part.Length == 0)
            return;
        int colon = part.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
            Declarations.Add((part[..colon].Trim(), part[(colon + 1)..].Trim(), index));
        else
            Findings.Add(source.At(index, $"'{part}' has no colon."));
    }

    private static (string Text, int Index) Trimmed(string text, int from, int to)
    {
        ReadOnlySpan<char> part = text.AsSpan(from, to - from);
        return (part.Trim().ToString(), from + (part.Length - part.TrimStart().Length));
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
