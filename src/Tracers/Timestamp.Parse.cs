using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Tracers;

public readonly partial struct Timestamp
{
    private const string HowToWrite =
        "Write ISO 8601, such as '2016-11-24T15:06:40.000003Z' (local time without a zone), or seconds since 1970, such as '1480000000.000003'.";

    /// <summary>Reads ISO 8601 with up to nine fractional digits, <c>Z</c> or an offset (local time without one), or seconds since 1970 in UTC.</summary>
    /// <param name="s">The text; a date alone is its midnight.</param>
    /// <param name="provider">Not used: the text means the same in every culture.</param>
    /// <exception cref="FormatException">It is neither, or there is no such date or time.</exception>
    /// <exception cref="OverflowException">It is before 1677 or after 2262.</exception>
    public static Timestamp Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Read(s, TimeZoneInfo.Local, out Timestamp result) switch
        {
            Reading.Good => result,
            Reading.OutOfRange => throw new OverflowException($"'{s.Trim()}' is outside the years 1677 to 2262 that a timestamp spans."),
            _ => throw new FormatException($"'{s.Trim()}' is not a timestamp. {HowToWrite}"),
        };
    }

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static Timestamp Parse(string s) => Parse(s, null);

    /// <summary>Reads a timestamp as <see cref="Parse(string, IFormatProvider?)"/> does, and says false where that would throw.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Timestamp result) =>
        TryParse(s, TimeZoneInfo.Local, out result);

    /// <inheritdoc cref="TryParse(string?, IFormatProvider?, out Timestamp)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, out Timestamp result) => TryParse(s, TimeZoneInfo.Local, out result);

    internal static bool TryParse([NotNullWhen(true)] string? s, TimeZoneInfo zone, out Timestamp result)
    {
        result = default;
        return s is not null && Read(s, zone, out result) == Reading.Good;
    }

    private static Reading Read(string text, TimeZoneInfo zone, out Timestamp result)
    {
        text = text.Trim();
        Match seconds = EpochSeconds().Match(text);
        if (seconds.Success)
        {
            return ReadSeconds(seconds, out result);
        }

        result = default;
        Match iso = Iso8601().Match(text);
        return iso.Success ? ReadIso(iso, zone, out result) : Reading.Bad;
    }

    private static Reading ReadSeconds(Match match, out Timestamp result)
    {
        result = default;
        if (!long.TryParse(match.Groups["whole"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long whole))
        {
            return Reading.OutOfRange;
        }

        Int128 nanoseconds = ((Int128)whole * NanosecondsPerSecond) + Fraction(match.Groups["fraction"]);
        return Fit(match.Groups["sign"].Length > 0 ? -nanoseconds : nanoseconds, out result);
    }

    private static Reading ReadIso(Match match, TimeZoneInfo zone, out Timestamp result)
    {
        result = default;
        int hour = Number(match.Groups["hour"]);
        int minute = Number(match.Groups["minute"]);
        int second = Number(match.Groups["second"]);
        if (hour > 23 || minute > 59 || second > 59
            || !DateTime.TryParseExact(match.Groups["date"].ValueSpan, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date)
            || !TryReadOffset(match.Groups["zone"].Value, out TimeSpan? written))
        {
            return Reading.Bad;
        }

        DateTime clock = date + new TimeSpan(hour, minute, second);
        TimeSpan offset = written ?? zone.GetUtcOffset(clock);
        Int128 ticks = (Int128)clock.Ticks - offset.Ticks - DateTime.UnixEpoch.Ticks;
        return Fit((ticks * NanosecondsPerTick) + Fraction(match.Groups["fraction"]), out result);
    }

    // null: the text names no zone.
    private static bool TryReadOffset(string text, out TimeSpan? offset)
    {
        offset = text is "" ? null : TimeSpan.Zero;
        if (text is "" or "Z" or "z")
        {
            return true;
        }

        int hours = int.Parse(text.AsSpan(1, 2), CultureInfo.InvariantCulture);
        int minutes = int.Parse(text.AsSpan(text.Length - 2), CultureInfo.InvariantCulture);
        var size = new TimeSpan(hours, minutes, 0);
        offset = text[0] == '-' ? -size : size;
        return hours <= 14 && minutes <= 59;
    }

    private static Reading Fit(Int128 nanoseconds, out Timestamp result)
    {
        bool fits = nanoseconds >= long.MinValue && nanoseconds <= long.MaxValue;
        result = fits ? new Timestamp((long)nanoseconds) : default;
        return fits ? Reading.Good : Reading.OutOfRange;
    }

    private static int Number(Group group) => group.Success ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    private static long Fraction(Group group) =>
        group.Success ? long.Parse(group.Value.PadRight(9, '0'), CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?<sign>-?)(?<whole>[0-9]{1,20})(\.(?<fraction>[0-9]{1,9}))?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex EpochSeconds();

    [GeneratedRegex(
        @"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
        + @"([Tt ](?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})([.,](?<fraction>[0-9]{1,9}))?)?(?<zone>[Zz]|[+-][0-9]{2}:?[0-9]{2})?)?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Iso8601();

    private enum Reading
    {
        Good,
        Bad,
        OutOfRange,
    }
}
