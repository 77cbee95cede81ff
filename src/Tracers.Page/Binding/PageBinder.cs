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
        List<SourceFile> scripts = [];
        StringBuilder policy = new("default-src 'none'");
        List<string> scriptHashes = [];
        List<string> styleHashes = [];

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
                findings.Add(new(file, 1, 1, "A file of others needs its LICENSE beside it."));
            bool isScript = match.Value.StartsWith("<script", StringComparison.Ordinal);
            if (isScript)
                scripts.Add(source);
            else
                findings.AddRange(StyleCheck.Check(source));
            string content = (source.Licence is { } licence ? $"/*! {Path.GetFileName(file)}\n{licence}\n*/\n" : "") + source.Text;
            if (content.Contains(isScript ? "</script" : "</style", StringComparison.OrdinalIgnoreCase))
                findings.Add(source.At(0, "The text would end its element: write '<\\/' instead."));
            content = "\n" + content;
            (isScript ? scriptHashes : styleHashes).Add($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'");
            return isScript ? $"<script>{content}</script>" : $"<style>{content}</style>";
        });

        findings.AddRange(ScriptCheck.Check(scripts));
        findings.AddRange(MarkupCheck.Check(markup, scripts));
        if (scriptHashes.Count > 0)
            policy.Append("; script-src ").AppendJoin(' ', scriptHashes);
        if (styleHashes.Count > 0)
            policy.Append("; style-src ").AppendJoin(' ', styleHashes);
        policy.Append("; base-uri 'none'; form-action 'none'");
        text = Once(markup, text, PolicyPlace, $"{PolicyPlace}\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">", findings);
        Once(markup, text, DataPlace, DataPlace, findings);

        int size = Encoding.UTF8.GetByteCount(text);
        if (size > LargestPage)
            findings.Add(new(path, 1, 1, $"The page has {size} bytes without data; {LargestPage} are allowed."));
        return new(text, findings);
    }

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
