using System.Text;

namespace Tracers.Shell;

/// <summary>Takes a terminal's escape codes out of text.</summary>
/// <remarks>
/// The engine can do this too (StringDecorated), with a regular expression that is compiled for the first table of every process: that
/// alone is a tenth of the start-up.
/// </remarks>
internal static class EscapeCodes
{
    private const char Escape = '\u001b';
    private const char Bell = '\u0007';

    /// <summary>The text without control sequences (<c>ESC [</c>) and operating system commands such as links (<c>ESC ]</c>).</summary>
    public static string Remove(string text)
    {
        int at = text.IndexOf(Escape, StringComparison.Ordinal);
        if (at < 0)
            return text;

        StringBuilder kept = new(text.Length);
        int from = 0;
        while (at >= 0)
        {
            int end = End(text, at);
            kept.Append(text, from, at - from);
            if (end == at)
                kept.Append(text[end++]);
            from = end;
            at = text.IndexOf(Escape, from);
        }

        return kept.Append(text, from, text.Length - from).ToString();
    }

    // Where the code that begins at an escape character ends; there itself when it is none, or not finished.
    private static int End(string text, int at)
    {
        if (at + 1 >= text.Length)
            return at;

        if (text[at + 1] == '[')
        {
            for (int i = at + 2; i < text.Length; i++)
            {
                if (text[i] is >= '@' and <= '~')
                    return i + 1;
            }
        }
        else if (text[at + 1] == ']')
        {
            for (int i = at + 2; i < text.Length; i++)
            {
                if (text[i] == Bell)
                    return i + 1;
                if (text[i] == '\\' && text[i - 1] == Escape)
                    return i + 1;
            }
        }

        return at;
    }
}
