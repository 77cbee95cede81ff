using System.Globalization;
using System.Text;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Report;

/// <summary>Texts of a capture as a report shows them: not too long, and saying so where they were cut.</summary>
internal static class ReportText
{
    private const string LeftOut = "(left out: the arguments of all spans shown are too long)";

    // What the mark takes at most.
    private const int MarkLength = 40;

    /// <summary>The text, with a mark in the place of what is more than <see cref="ReportLimits.TextLength"/> characters. One that is cut is not cut again.</summary>
    public static string Cut(string text)
    {
        // From a script or a file's name: JSON has no halves of characters.
        if (text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        if (text.Length <= ReportLimits.TextLength)
            return text;
        int length = ReportLimits.TextLength - MarkLength;
        if (char.IsHighSurrogate(text[length - 1]))
            length--;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, length)}… ({text.Length - length:N0} more characters)");
    }

    /// <summary>The arguments of a marker, <c>name=value</c> with commas between them, unescaped and cut.</summary>
    /// <param name="written">As they were written.</param>
    /// <param name="hasRoom">Whether there is room for them; without it only that there were some is said.</param>
    public static string OfArguments(byte[] written, bool hasRoom)
    {
        if (written.Length == 0)
            return "";
        if (!hasRoom)
            return LeftOut;
        StringBuilder text = new();
        foreach ((string name, string value) in MarkerText.SplitArguments(written))
        {
            if (text.Length > 0)
                text.Append(", ");
            text.Append(name).Append('=').Append(value);
        }

        return Cut(text.ToString());
    }
}
