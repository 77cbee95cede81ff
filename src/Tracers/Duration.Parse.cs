using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Tracers;

public readonly partial struct Duration
{
    private const int LongestText = 64;

    private const string HowToWrite = "Write a number with a unit (ns, us, ms, s, m, h, d), such as '500ms' or '10s', or h:mm:ss.f.";

    /// <summary>Reads a duration: <c>250ns</c>, <c>10us</c>, <c>500ms</c>, <c>1.5s</c>, <c>2m</c>, <c>1h</c>, <c>1d</c>, <c>0:01:30.5</c>, or <c>0</c>.</summary>
    /// <param name="s">The text; upper and lower case are the same, and the decimal point is a point in every culture.</param>
    /// <param name="provider">Not used.</param>
    /// <exception cref="FormatException">It is not a duration, has no unit, or is finer than a nanosecond.</exception>
    /// <exception cref="OverflowException">It is longer than 292 years.</exception>
    public static Duration Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Read(s, out long nanoseconds) switch
        {
            Reading.Good => new Duration(nanoseconds),
            Reading.NoUnit => throw new FormatException(
                $"'{s.Trim()}' has no unit, so it is not a duration. Write the unit and, inside a script block, quote it: '{Example(s)}'."),
            Reading.TooFine => throw new FormatException($"'{s.Trim()}' is finer than a nanosecond; durations are whole nanoseconds."),
            Reading.TooLong => throw new OverflowException($"'{s.Trim()}' is longer than a duration can be (about 292 years)."),
            _ => throw new FormatException($"'{s.Trim()}' is not a duration. {HowToWrite}"),
        };
    }

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static Duration Parse(string s) => Parse(s, null);

    /// <summary>Reads a duration as <see cref="Parse(string, IFormatProvider?)"/> does, and says false where that would throw.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Duration result)
    {
        long nanoseconds = 0;
        bool good = s is not null && Read(s, out nanoseconds) == Reading.Good;
        result = new Duration(nanoseconds);
        return good;
    }

    /// <inheritdoc cref="TryParse(string?, IFormatProvider?, out Duration)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, out Duration result) => TryParse(s, null, out result);

    private static Reading Read(ReadOnlySpan<char> text, out long nanoseconds)
    {
        nanoseconds = 0;
        text = text.Trim();
        if (text.IsEmpty || text.Length > LongestText)
        {
            return Reading.Bad;
        }

        bool negative = text[0] == '-';
        if (text[0] is '-' or '+')
        {
            text = text[1..];
        }

        Reading reading = text.Contains(':') ? ReadClock(text, out BigInteger total) : ReadNumberWithUnit(text, out total);
        if (reading != Reading.Good)
        {
            return reading;
        }

        if (negative)
        {
            total = -total;
        }

        if (total < long.MinValue || total > long.MaxValue)
        {
            return Reading.TooLong;
        }

        nanoseconds = (long)total;
        return Reading.Good;
    }

    private static Reading ReadNumberWithUnit(ReadOnlySpan<char> text, out BigInteger nanoseconds)
    {
        int end = text.Length;
        while (end > 0 && !char.IsAsciiDigit(text[end - 1]) && text[end - 1] != '.')
        {
            end--;
        }

        ReadOnlySpan<char> unit = text[end..].Trim();
        if (unit.IsEmpty)
        {
            Reading bare = ReadDecimal(text[..end], 1, out nanoseconds);
            bool zero = bare == Reading.Good && nanoseconds.IsZero;
            return zero || bare == Reading.Bad ? bare : Reading.NoUnit;
        }

        long size = SizeOf(unit);
        if (size == 0)
        {
            nanoseconds = default;
            return Reading.Bad;
        }

        return ReadDecimal(text[..end], size, out nanoseconds);
    }

    private static long SizeOf(ReadOnlySpan<char> unit)
    {
        Span<char> lower = stackalloc char[2];
        if (unit.Length > lower.Length)
        {
            return 0;
        }

        return lower[..unit.ToLowerInvariant(lower)] switch
        {
            "ns" => 1,
            // Unicode has the micro sign and the Greek letter; keyboards give either.
            "us" or "\u00B5s" or "\u03BCs" => 1_000,
            "ms" => 1_000_000,
            "s" => NanosecondsPerSecond,
            "m" => 60 * NanosecondsPerSecond,
            "h" => 3_600 * NanosecondsPerSecond,
            "d" => 86_400 * NanosecondsPerSecond,
            _ => 0,
        };
    }

    // h:mm:ss.f, with any number of hours.
    private static Reading ReadClock(ReadOnlySpan<char> text, out BigInteger nanoseconds)
    {
        nanoseconds = default;
        Span<Range> parts = stackalloc Range[4];
        if (text.Split(parts, ':') != 3)
        {
            return Reading.Bad;
        }

        ReadOnlySpan<char> minutes = text[parts[1]];
        ReadOnlySpan<char> seconds = text[parts[2]];
        if (!IsSexagesimal(minutes) || minutes.Length != 2 || !IsSexagesimal(seconds))
        {
            return Reading.Bad;
        }

        if (!BigInteger.TryParse(text[parts[0]], NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger hours))
        {
            return Reading.Bad;
        }

        Reading reading = ReadDecimal(seconds, NanosecondsPerSecond, out BigInteger rest);
        int minute = ((minutes[0] - '0') * 10) + (minutes[1] - '0');
        nanoseconds = (((hours * 60) + minute) * 60 * NanosecondsPerSecond) + rest;
        return reading;
    }

    private static bool IsSexagesimal(ReadOnlySpan<char> text) =>
        text.Length >= 2 && text[0] is >= '0' and <= '5' && char.IsAsciiDigit(text[1]) && (text.Length == 2 || text[2] == '.');

    // The digits as one integer, times the unit, divided by the power of ten: exact, where a double or even a decimal would round.
    private static Reading ReadDecimal(ReadOnlySpan<char> text, long size, out BigInteger nanoseconds)
    {
        nanoseconds = default;
        int point = text.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<char> fraction = point < 0 ? default : text[(point + 1)..];
        if (!BigInteger.TryParse(string.Concat(whole, fraction), NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger digits))
        {
            return Reading.Bad;
        }

        nanoseconds = BigInteger.DivRem(digits * size, BigInteger.Pow(10, fraction.Length), out BigInteger remainder);
        return remainder.IsZero ? Reading.Good : Reading.TooFine;
    }

    // What was probably meant: a number such as 10 came from 10s, of which PowerShell took the s as a number's suffix.
    private static string Example(ReadOnlySpan<char> text) => $"{text.Trim().TrimStart('+')}s";

    private enum Reading
    {
        Good,
        Bad,
        NoUnit,
        TooFine,
        TooLong,
    }
}
