using System.Globalization;

namespace Tracers.Engine.Events;

/// <summary>Numbers as C's <c>%g</c> writes them: six digits, an exponent when it is below −4 or above 5.</summary>
internal static class ShortNumber
{
    private const int Digits = 6;

    public static void Append(TextBuffer text, double value)
    {
        if (value == 0)
        {
            text.Append((byte)'0');
            return;
        }

        // The exponent after rounding to six digits decides.
        string scientific = value.ToString("E5", CultureInfo.InvariantCulture);
        int e = scientific.IndexOf('E', StringComparison.Ordinal);
        int exponent = int.Parse(scientific.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent is >= -4 and < Digits)
        {
            text.Append(WithoutZeros(value.ToString($"F{Digits - 1 - exponent}", CultureInfo.InvariantCulture)));
            return;
        }

        text.Append(WithoutZeros(scientific[..e]));
        text.Append((byte)'e');
        text.Append((byte)(exponent < 0 ? '-' : '+'));
        text.Append(Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture));
    }

    private static string WithoutZeros(string number) => number.Contains('.', StringComparison.Ordinal) ? number.TrimEnd('0').TrimEnd('.') : number;
}
