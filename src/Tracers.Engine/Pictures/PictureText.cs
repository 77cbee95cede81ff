using System.Text;

namespace Tracers.Engine.Pictures;

/// <summary>Text of the captured machine, or of the user, that does no harm to a picture.</summary>
internal static class PictureText
{
    /// <summary>Text without what a terminal or a reader would take for a command: control characters of both sets, ends of lines and paragraphs, changes of direction.</summary>
    public static string Printable(string text)
    {
        int at = 0;
        while (at < text.Length && !IsCommand(text[at]))
            at++;
        if (at == text.Length)
            return text;
        StringBuilder kept = new(text.Length);
        foreach (char c in text)
            kept.Append(IsCommand(c) ? '\uFFFD' : c);
        return kept.ToString();
    }

    /// <summary>At most so many characters of a text, with an ellipsis where something is left out.</summary>
    public static string Cut(string text, int length) =>
        text.Length <= length ? text
        : length < 1 ? ""
        : string.Concat(text.AsSpan(0, length > 1 && char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1), "…");

    private static bool IsCommand(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
