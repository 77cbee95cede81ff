using System.Globalization;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Texts as sysdig's chisels lay them out.</summary>
internal static class ChiselText
{
    private static readonly (long Size, string Unit)[] s_units = [(1L << 50, "P"), (1L << 40, "T"), (1L << 30, "G"), (1L << 20, "M"), (1L << 10, "KB")];

    /// <summary>A text in a column: cut so that a blank is left behind it.</summary>
    public static string Column(string? text, int width)
    {
        text ??= "<NA>";
        return text.Length < width ? text.PadRight(width) : text[..(width - 1)] + ' ';
    }

    public static string Column(long number, int width) => Column(number.ToString(CultureInfo.InvariantCulture), width);

    public static string Bytes(long bytes)
    {
        foreach ((long size, string unit) in s_units)
        {
            if (bytes > size)
                return string.Create(CultureInfo.InvariantCulture, $"{Math.Round((decimal)bytes / size, 2, MidpointRounding.AwayFromZero):F2}{unit}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes}B");
    }

    /// <summary>A user as sysdig has it: by name or not at all.</summary>
    public static string? User(string? user) => user is null || user.All(char.IsAsciiDigit) ? null : user;
}
