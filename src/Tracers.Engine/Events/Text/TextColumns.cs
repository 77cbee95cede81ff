using System.Globalization;
using System.Text;

namespace Tracers.Engine.Events;

/// <summary>How many columns of a terminal text takes, and text that takes no more than some.</summary>
/// <remarks>
/// The width is that of UAX #11: East Asian wide and fullwidth characters, and emoji, take two columns, marks that combine none. Terminals differ
/// in little but the newest emoji.
/// </remarks>
internal static class TextColumns
{
    /// <summary>What stands for a character that is left out because it would do something to the terminal or the line.</summary>
    public const char Replacement = '\uFFFD';

    private const string Ellipsis = "…";

    // More on one letter would be drawn over the lines around.
    private const int MostMarks = 2;

    // First and last character of each range that takes two columns, in order.
    private static readonly (int First, int Last)[] s_wide =
    [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x2329, 0x232A), (0x23E9, 0x23EC), (0x23F0, 0x23F0), (0x23F3, 0x23F3), (0x25FD, 0x25FE), (0x2614, 0x2615),
        (0x2630, 0x2637), (0x2648, 0x2653), (0x267F, 0x267F), (0x268A, 0x268F), (0x2693, 0x2693), (0x26A1, 0x26A1), (0x26AA, 0x26AB), (0x26BD, 0x26BE),
        (0x26C4, 0x26C5), (0x26CE, 0x26CE), (0x26D4, 0x26D4), (0x26EA, 0x26EA), (0x26F2, 0x26F3), (0x26F5, 0x26F5), (0x26FA, 0x26FA), (0x26FD, 0x26FD),
        (0x2705, 0x2705), (0x270A, 0x270B), (0x2728, 0x2728), (0x274C, 0x274C), (0x274E, 0x274E), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797),
        (0x27B0, 0x27B0), (0x27BF, 0x27BF), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55), (0x2E80, 0x303E), (0x3041, 0xA4CF), (0xA960, 0xA97C),
        (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE10, 0xFE19), (0xFE30, 0xFE6B), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x16FF1), (0x17000, 0x18D08),
        (0x1AFF0, 0x1B2FB), (0x1D300, 0x1D376), (0x1F004, 0x1F004), (0x1F0CF, 0x1F0CF), (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F200, 0x1F320), (0x1F32D, 0x1F335),
        (0x1F337, 0x1F37C), (0x1F37E, 0x1F393), (0x1F3A0, 0x1F3CA), (0x1F3CF, 0x1F3D3), (0x1F3E0, 0x1F3F0), (0x1F3F4, 0x1F3F4), (0x1F3F8, 0x1F43E), (0x1F440, 0x1F440),
        (0x1F442, 0x1F4FC), (0x1F4FF, 0x1F53D), (0x1F54B, 0x1F54E), (0x1F550, 0x1F567), (0x1F57A, 0x1F57A), (0x1F595, 0x1F596), (0x1F5A4, 0x1F5A4), (0x1F5FB, 0x1F64F),
        (0x1F680, 0x1F6C5), (0x1F6CC, 0x1F6CC), (0x1F6D0, 0x1F6D2), (0x1F6D5, 0x1F6D7), (0x1F6DC, 0x1F6DF), (0x1F6EB, 0x1F6EC), (0x1F6F4, 0x1F6FC), (0x1F7E0, 0x1F7EB),
        (0x1F7F0, 0x1F7F0), (0x1F90C, 0x1F93A), (0x1F93C, 0x1F945), (0x1F947, 0x1F9FF), (0x1FA70, 0x1FAFF), (0x20000, 0x2FFFD), (0x30000, 0x3FFFD),
    ];

    /// <summary>The columns that printable text takes.</summary>
    public static int Of(string text)
    {
        int columns = 0;
        foreach (Rune rune in text.EnumerateRunes())
            columns += Of(rune);
        return columns;
    }

    /// <summary>Text of the captured machine for a terminal: in at most so many columns, with an ellipsis where something is left out, and without what is no letter.</summary>
    /// <remarks>Characters that control the terminal, end lines, turn the direction of text or have no meaning are replaced; further marks on one letter are left out.</remarks>
    public static string Fit(string text, int columns)
    {
        StringBuilder fitting = new();
        int used = 0;
        int marks = 0;

        // Where the ellipsis would go, if what follows does not fit.
        int lengthBefore = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            Rune shown = IsHarmless(rune) ? rune : new Rune(Replacement);
            int width = Of(shown);
            marks = width == 0 ? marks + 1 : 0;
            if (marks > MostMarks || (width == 0 && used == 0))
                continue;
            if (used + width > columns)
                return columns < 1 ? "" : string.Concat(fitting.ToString(0, lengthBefore), Ellipsis);
            used += width;
            fitting.Append(shown.ToString());
            if (used < columns)
                lengthBefore = fitting.Length;
        }

        return fitting.ToString();
    }

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static int Of(Rune rune)
    {
        if (rune.Value < 0x300)
            return 1;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            return 0;
        int low = 0;
        int high = s_wide.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (rune.Value < s_wide[middle].First)
                high = middle - 1;
            else if (rune.Value > s_wide[middle].Last)
                low = middle + 1;
            else
                return 2;
        }

        return 1;
    }
}
