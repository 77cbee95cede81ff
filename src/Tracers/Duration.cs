using System.Globalization;

namespace Tracers;

/// <summary>A length of time, exact to the nanosecond.</summary>
/// <remarks>
/// Written with a unit: <c>500ms</c>, <c>1.5s</c>, <c>10us</c>, <c>2m</c>, or <c>0:01:30.5</c>. Inside a script block
/// the text must be quoted (<c>$_.Duration -gt '10s'</c>), because there PowerShell reads <c>10s</c> as the number 10; a
/// comparison with such a number is refused instead of guessed at. A span that has not ended has <c>$null</c> as its
/// duration, and PowerShell says that <c>$null -lt '500ms'</c> is true.
/// </remarks>
public readonly partial struct Duration : IComparable, IComparable<Duration>, IEquatable<Duration>, IFormattable, IParsable<Duration>
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerTick = 100;

    private readonly long _nanoseconds;

    private Duration(long nanoseconds) => _nanoseconds = nanoseconds;

    /// <summary>The whole length in nanoseconds; negative when it runs backwards.</summary>
    public long Nanoseconds => _nanoseconds;

    // A static method and not a constructor: PowerShell would use a constructor to turn the number 10 into ten nanoseconds.
    /// <summary>Makes a duration of this many nanoseconds.</summary>
    public static Duration FromNanoseconds(long nanoseconds) => new(nanoseconds);

    /// <summary>The same length as a <see cref="TimeSpan"/>, which counts in 100 ns: what is finer is cut off.</summary>
    public static implicit operator TimeSpan(Duration value) => new(value._nanoseconds / NanosecondsPerTick);

    /// <summary>The same length as a duration.</summary>
    /// <exception cref="OverflowException">The time span is longer than 292 years.</exception>
    public static implicit operator Duration(TimeSpan value) => new(checked(value.Ticks * NanosecondsPerTick));

    /// <summary>The length in seconds, rounded to what a double holds.</summary>
    public static explicit operator double(Duration value) => value._nanoseconds / (double)NanosecondsPerSecond;

    /// <summary>The sum of two lengths.</summary>
    /// <exception cref="OverflowException">The sum is longer than 292 years.</exception>
    public static Duration operator +(Duration left, Duration right) => new(checked(left._nanoseconds + right._nanoseconds));

    /// <summary>The difference of two lengths.</summary>
    /// <exception cref="OverflowException">The difference is longer than 292 years.</exception>
    public static Duration operator -(Duration left, Duration right) => new(checked(left._nanoseconds - right._nanoseconds));

    /// <summary>Whether both are the same to the nanosecond.</summary>
    public static bool operator ==(Duration left, Duration right) => left._nanoseconds == right._nanoseconds;

    /// <summary>Whether they differ by a nanosecond or more.</summary>
    public static bool operator !=(Duration left, Duration right) => left._nanoseconds != right._nanoseconds;

    /// <summary>Whether the left one is shorter.</summary>
    public static bool operator <(Duration left, Duration right) => left._nanoseconds < right._nanoseconds;

    /// <summary>Whether the left one is longer.</summary>
    public static bool operator >(Duration left, Duration right) => left._nanoseconds > right._nanoseconds;

    /// <summary>Whether the left one is not longer.</summary>
    public static bool operator <=(Duration left, Duration right) => left._nanoseconds <= right._nanoseconds;

    /// <summary>Whether the left one is not shorter.</summary>
    public static bool operator >=(Duration left, Duration right) => left._nanoseconds >= right._nanoseconds;

    /// <inheritdoc/>
    public int CompareTo(Duration other) => _nanoseconds.CompareTo(other._nanoseconds);

    /// <summary>Compares with another duration; anything is longer than null.</summary>
    /// <exception cref="ArgumentException"><paramref name="obj"/> is neither null nor a duration.</exception>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        Duration other => CompareTo(other),
        _ => throw new ArgumentException($"A duration can be compared with a duration, not with {obj.GetType()}.", nameof(obj)),
    };

    /// <inheritdoc/>
    public bool Equals(Duration other) => _nanoseconds == other._nanoseconds;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Duration other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _nanoseconds.GetHashCode();

    /// <summary>The exact length with a unit, such as <c>900.125ms</c>; <see cref="Parse(string, IFormatProvider?)"/> reads it back.</summary>
    public override string ToString() => Format(_nanoseconds);

    /// <summary>The length as text.</summary>
    /// <param name="format">null, empty or <c>G</c>: exact. <c>H</c>: rounded to four digits for people, such as <c>10.75s</c>.</param>
    /// <param name="formatProvider">Not used: a duration looks the same in every culture.</param>
    /// <exception cref="FormatException">The format is none of these.</exception>
    public string ToString(string? format, IFormatProvider? formatProvider) => format switch
    {
        null or "" or "G" or "g" => Format(_nanoseconds),
        "H" or "h" => Format(RoundForPeople(_nanoseconds)),
        _ => throw new FormatException($"'{format}' is not a format of a duration; use 'G' for exact or 'H' for rounded."),
    };

    private static string Format(long nanoseconds)
    {
        ulong magnitude = Magnitude(nanoseconds);
        if (magnitude == 0)
        {
            return "0s";
        }

        (ulong size, int digits, string unit) = magnitude switch
        {
            >= 1_000_000_000 => (1_000_000_000UL, 9, "s"),
            >= 1_000_000 => (1_000_000UL, 6, "ms"),
            >= 1_000 => (1_000UL, 3, "us"),
            _ => (1UL, 0, "ns"),
        };
        string sign = nanoseconds < 0 ? "-" : "";
        string whole = (magnitude / size).ToString(CultureInfo.InvariantCulture);
        ulong rest = magnitude % size;
        if (rest == 0)
        {
            return sign + whole + unit;
        }

        string fraction = rest.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0').TrimEnd('0');
        return $"{sign}{whole}.{fraction}{unit}";
    }

    // Four digits, but never less than whole seconds: 12345s stays 12345s.
    private static long RoundForPeople(long nanoseconds)
    {
        ulong magnitude = Magnitude(nanoseconds);
        ulong step = 1;
        while (magnitude / step >= 10_000 && step < NanosecondsPerSecond)
        {
            step *= 10;
        }

        ulong rounded = Math.Min((magnitude + (step / 2)) / step * step, long.MaxValue);
        return nanoseconds < 0 ? -(long)rounded : (long)rounded;
    }

    // The most negative long has no positive counterpart in a long.
    private static ulong Magnitude(long nanoseconds) => nanoseconds < 0 ? 0UL - (ulong)nanoseconds : (ulong)nanoseconds;
}
