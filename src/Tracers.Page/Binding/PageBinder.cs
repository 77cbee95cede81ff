using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Tracers.Page.Binding;

/// <summary>Makes one file of the page's sources: checks them, puts styles and scripts where they are referenced, and says by their hashes that no others may run.</summary>
internal static partial class PageBinder
{
    /// <summary>What the page may weigh without its data, in bytes.</summary>
    public const int LargestPage = 300_000;

    /// <summary>The policy's place in the page; the browser honours it only if nothing that runs stands before it.</summary>
    private const string PolicyPlace = "<meta charset=\"utf-8\">";

    /// <summary>What the engine replaces by a report's data.</summary>
    private const string DataPlace = "{{data}}";

    /// <summary>Binds the page.</summary>
    /// <param name="path">The path of page.html; what it references lies beside it or below.</param>
    public static BoundPage Bind(string path)
    {
        path = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(path)!;
        List<Finding> findings = [];
        SourceFile markup = new(path, folder);
        List<SourceFile> styles = [];
        List<ScriptFile> scripts = [];
        List<string> styleHashes = [];
        List<string> scriptHashes = [];

        string text = Reference().Replace(markup.Text, match =>
        {
            string name = match.Groups["name"].Value;
            string file = Path.GetFullPath(Path.Join(folder, name));
            if (!File.Exists(file))
            {
                findings.Add(markup.At(match.Index, $"'{name}' is not there."));
                return "";
            }

            SourceFile source = new(file, folder);
            if (source.IsForeign && source.Licence is null)
                findings.Add(source.At(0, "A file that others wrote needs its LICENSE beside it."));
            if (match.Value.StartsWith("<script", StringComparison.Ordinal))
            {
                if (ScriptFile.Parse(source, findings) is { } script)
                    scripts.Add(script);
                return Embedded(source, "script", scriptHashes, findings);
            }

            styles.Add(source);
            return Embedded(source, "style", styleHashes, findings);
        });

        findings.AddRange(StyleCheck.Check(styles));
        findings.AddRange(ScriptCheck.Check(scripts));
        findings.AddRange(MarkupCheck.Check(markup, scripts));
        text = Once(markup, text, PolicyPlace, $"{PolicyPlace}\n<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy(scriptHashes, styleHashes)}\">", findings);
        Once(markup, text, DataPlace, DataPlace, findings);
        int size = Encoding.UTF8.GetByteCount(text);
        if (size > LargestPage)
            findings.Add(markup.At(0, $"The page has {size} bytes without data; {LargestPage} are allowed."));
        return new(text, findings);
    }

    /// <summary>A source as an element of the page, with the licence of who wrote it.</summary>
    private static string Embedded(SourceFile source, string element, List<string> hashes, List<Finding> findings)
    {
        string text = (source.Licence is { } licence ? $"\n/*! {Path.GetFileName(source.Path)}\n{licence}\n*/\n" : "\n") + source.Text;
        foreach (string end in (ReadOnlySpan<string>)[$"</{element}", "<!--"])
            if (text.IndexOf(end, StringComparison.OrdinalIgnoreCase) is >= 0)
                findings.Add(source.At(source.Text.IndexOf(end, StringComparison.OrdinalIgnoreCase), $"'{end}' has a meaning of its own in <{element}>: write it in two parts."));
        hashes.Add($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'");
        return $"<{element}>{text}</{element}>";
    }

    /// <summary>What the browser may do for the page: run these scripts and use these styles, and nothing else.</summary>
    private static string Policy(List<string> scriptHashes, List<string> styleHashes) => string.Join("; ",
        "default-src 'none'",
        $"script-src {(scriptHashes.Count > 0 ? string.Join(' ', scriptHashes) : "'none'")}",
        $"style-src {(styleHashes.Count > 0 ? string.Join(' ', styleHashes) : "'none'")}",
        "base-uri 'none'",
        "form-action 'none'");

    private static string Once(SourceFile markup, string text, string place, string replacement, List<Finding> findings)
    {
        int first = text.IndexOf(place, StringComparison.Ordinal);
        if (first < 0 || text.IndexOf(place, first + 1, StringComparison.Ordinal) >= 0)
        {
            findings.Add(markup.At(0, $"'{place}' has to be in the page exactly once."));
            return text;
        }
        return string.Concat(text.AsSpan(0, first), replacement, text.AsSpan(first + place.Length));
    }

    /// <summary>The two ways that the page references its sources.</summary>
    [GeneratedRegex("""<link rel="stylesheet" href="(?<name>[^"]+)">|<script src="(?<name>[^"]+)"></script>""")]
    private static partial Regex Reference();
}
