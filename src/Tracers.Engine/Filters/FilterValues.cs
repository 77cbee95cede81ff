using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tracers.Engine.Filters.Syntax;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters;

/// <summary>Reads the values of a filter by the type and the unit of their field.</summary>
internal static class FilterValues
{
    private static readonly (string Suffix, decimal Factor)[] s_times =
    [
        ("ns", 1), ("us", 1_000), ("\u00b5s", 1_000), ("\u03bcs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
    ];

    private static readonly (string Suffix, decimal Factor)[] s_sizes =
    [
        ("KB", 1L << 10), ("MB", 1L << 20), ("GB", 1L << 30), ("TB", 1L << 40), ("PB", 1L << 50), ("B", 1),
    ];

    /// <summary>A number of the reader's type and unit, as its 64 bits.</summary>
    public static long Number(FilterValue value, FieldReader reader)
    {
        if (reader.Type == FieldType.Boolean)
            return Boolean(value);
        if (reader.Type == FieldType.Port && !IsNumber(value.Text))
            return ServicePorts.Find(value.Text) ?? throw Wrong(value, "is no port and no service that has one", "a number such as 443, or a name such as https");

        decimal number = Scaled(value, reader.Unit);
        bool signed = reader.Type == FieldType.Number;
        if (number < (signed ? long.MinValue : 0) || number > (signed ? long.MaxValue : reader.Type == FieldType.Port ? ushort.MaxValue : ulong.MaxValue))
            throw Wrong(value, "is outside of what the field can be", null);
        if (number != decimal.Truncate(number))
            throw Wrong(value, $"is no whole number of {UnitName(reader.Unit)}, which the field counts", null);
        return signed ? (long)number : (long)(ulong)number;
    }

    /// <summary>A number with a fraction.</summary>
    public static double Real(FilterValue value) => double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
        ? number
        : throw Wrong(value, "is no number", "a number such as 12.5");

    /// <summary>An address, or a network if one is asked for, and how many bits of it count.</summary>
    public static (FieldAddress Address, int Bits) Address(FilterValue value, bool network)
    {
        string text = value.Text;
        int? bits = null;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (network && slash >= 0)
        {
            bits = int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
            text = text[..slash];
        }

        // What the framework takes besides, such as 127.1 or a number alone, is more likely a slip.
        bool v6 = text.Contains(':', StringComparison.Ordinal);
        if (!(v6 || text.Count(static c => c == '.') == 3) || !IPAddress.TryParse(text, out IPAddress? address) || text.Contains('%', StringComparison.Ordinal))
            throw Wrong(value, network ? "is no network" : "is no address", network ? "such as 10.0.0.0/8 or fd00::/8" : "such as 10.0.0.1 or ::1");
        int most = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (bits is < 0 || bits > most)
            throw Wrong(value, $"has a length that is no number from 0 to {most}", null);
        return (new FieldAddress(most == 128, InternetAddress.Read(address)), bits ?? most);
    }

    private static long Boolean(FilterValue value) => value.Text switch
    {
        "true" => 1,
        "false" => 0,
        _ => throw Wrong(value, "is neither true nor false", "true or false"),
    };

    private static decimal Scaled(FilterValue value, FieldUnit unit)
    {
        string text = value.Text;
        decimal factor = 1;
        (string Suffix, decimal Factor)[] units = unit switch
        {
            FieldUnit.Nanoseconds or FieldUnit.Milliseconds or FieldUnit.Seconds => s_times,
            FieldUnit.Bytes or FieldUnit.Kilobytes => s_sizes,
            _ => [],
        };
        foreach ((string suffix, decimal of) in units)
        {
            if (text.Length > suffix.Length && text.EndsWith(suffix, unit is FieldUnit.Bytes or FieldUnit.Kilobytes ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            {
                text = text[..^suffix.Length];
                factor = of / unit switch { FieldUnit.Seconds => 1_000_000_000, FieldUnit.Milliseconds => 1_000_000, FieldUnit.Kilobytes => 1024, _ => 1 };
                break;
            }
        }

        bool whole = text.Length == value.Text.Length;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && whole && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hex))
            return hex;

        // No fraction without a unit: 1.5 of a thing that is counted is a slip.
        NumberStyles style = NumberStyles.AllowLeadingSign | (whole ? NumberStyles.None : NumberStyles.AllowDecimalPoint);
        if (text.Length > 0 && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]) && decimal.TryParse(text, style, CultureInfo.InvariantCulture, out decimal number))
        {
            try
            {
                return number * factor;
            }
            catch (OverflowException)
            {
                throw Wrong(value, "is outside of what the field can be", null);
            }
        }

        throw Wrong(value, "is no number", units == s_times ? $"a number of {UnitName(unit)}, or one with a unit such as 500ms" : units == s_sizes ? "a number, or one with a unit such as 64KB" : "a whole number");
    }

    private static string UnitName(FieldUnit unit) => unit.ToString().ToLowerInvariant();

    private static bool IsNumber(string text) => text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+');

    private static FilterSyntaxException Wrong(FilterValue value, string what, string? expected) =>
        new($"'{value.Text}' {what}.") { Position = value.Position, Length = value.Length, Expected = expected };
}
