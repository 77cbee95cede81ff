using System.Dynamic;
using System.Globalization;
using System.Linq.Expressions;
using Tracers.Binding;

namespace Tracers;

/// <summary>A moment, exact to the nanosecond.</summary>
/// <remarks>
/// Shown in local time. Written as ISO 8601 (<c>2016-11-24T15:06:40.000003Z</c>; local time when it names no zone) or as seconds
/// since 1970 in UTC (<c>1480000000.000003000</c>). Compares with what <c>Get-Date</c> gives. Spans the years 1677 to 2262.
/// </remarks>
public readonly partial struct Timestamp
    : IComparable, IComparable<Timestamp>, IEquatable<Timestamp>, IFormattable, IParsable<Timestamp>, IDynamicMetaObjectProvider
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerTick = 100;

    private readonly long _nanoseconds;

    private Timestamp(long nanoseconds) => _nanoseconds = nanoseconds;

    /// <summary>Nanoseconds since 1970-01-01T00:00:00Z; negative before.</summary>
    public long Nanoseconds => _nanoseconds;

    // A static method and not a constructor, for the reason that Duration has.
    /// <summary>Makes the moment this many nanoseconds after 1970-01-01T00:00:00Z.</summary>
    public static Timestamp FromNanoseconds(long nanoseconds) => new(nanoseconds);

    /// <summary>The same moment, in local time, as a <see cref="DateTimeOffset"/>, which counts in 100 ns: what is finer is cut off.</summary>
    public static implicit operator DateTimeOffset(Timestamp value) => value.In(TimeZoneInfo.Local);

    /// <summary>The same moment.</summary>
    /// <exception cref="OverflowException">It is before 1677 or after 2262.</exception>
    public static implicit operator Timestamp(DateTimeOffset value) =>
        new(checked((value.UtcTicks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick));

    /// <summary>The same moment; a date without a kind is local time, as PowerShell takes it.</summary>
    /// <exception cref="OverflowException">It is before 1677 or after 2262.</exception>
    public static implicit operator Timestamp(DateTime value) => new(checked(
        ((value.Kind == DateTimeKind.Utc ? value : value.ToUniversalTime()).Ticks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick));

    /// <summary>The time from <paramref name="right"/> to <paramref name="left"/>.</summary>
    /// <exception cref="OverflowException">They are more than 292 years apart.</exception>
    public static Duration operator -(Timestamp left, Timestamp right) =>
        Duration.FromNanoseconds(checked(left._nanoseconds - right._nanoseconds));

    /// <summary>The moment this long after.</summary>
    /// <exception cref="OverflowException">It is after 2262.</exception>
    public static Timestamp operator +(Timestamp left, Duration right) => new(checked(left._nanoseconds + right.Nanoseconds));

    /// <summary>The moment this long before.</summary>
    /// <exception cref="OverflowException">It is before 1677.</exception>
    public static Timestamp operator -(Timestamp left, Duration right) => new(checked(left._nanoseconds - right.Nanoseconds));

    /// <summary>Whether both are the same to the nanosecond.</summary>
    public static bool operator ==(Timestamp left, Timestamp right) => left._nanoseconds == right._nanoseconds;

    /// <summary>Whether they differ by a nanosecond or more.</summary>
    public static bool operator !=(Timestamp left, Timestamp right) => left._nanoseconds != right._nanoseconds;

    /// <summary>Whether the left one is earlier.</summary>
    public static bool operator <(Timestamp left, Timestamp right) => left._nanoseconds < right._nanoseconds;

    /// <summary>Whether the left one is later.</summary>
    public static bool operator >(Timestamp left, Timestamp right) => left._nanoseconds > right._nanoseconds;

    /// <summary>Whether the left one is not later.</summary>
    public static bool operator <=(Timestamp left, Timestamp right) => left._nanoseconds <= right._nanoseconds;

    /// <summary>Whether the left one is not earlier.</summary>
    public static bool operator >=(Timestamp left, Timestamp right) => left._nanoseconds >= right._nanoseconds;

    /// <inheritdoc/>
    public int CompareTo(Timestamp other) => _nanoseconds.CompareTo(other._nanoseconds);

    /// <summary>Compares with another timestamp; anything is later than null.</summary>
    /// <exception cref="ArgumentException"><paramref name="obj"/> is neither null nor a timestamp.</exception>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        Timestamp other => CompareTo(other),
        _ => throw new ArgumentException($"A timestamp can be compared with a timestamp, not with {obj.GetType()}.", nameof(obj)),
    };

    /// <inheritdoc/>
    public bool Equals(Timestamp other) => _nanoseconds == other._nanoseconds;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Timestamp other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _nanoseconds.GetHashCode();

    /// <summary>Local time with all nine digits and the offset: <c>2016-11-24T16:06:40.000003000+01:00</c>.</summary>
    public override string ToString() => ToString(TimeZoneInfo.Local);

    /// <summary>The moment as text in local time.</summary>
    /// <param name="format">null, empty, <c>G</c> or <c>O</c>: exact. Otherwise a date and time format of .NET, such as <c>HH:mm</c>.</param>
    /// <param name="formatProvider">The culture for a format of .NET.</param>
    /// <exception cref="FormatException">.NET does not know the format.</exception>
    public string ToString(string? format, IFormatProvider? formatProvider) => format switch
    {
        null or "" or "G" or "g" or "O" or "o" => ToString(),
        _ => In(TimeZoneInfo.Local).ToString(format, formatProvider),
    };

    /// <summary>Only the local time of day, with all nine digits: <c>16:06:40.000003000</c>.</summary>
    public string ToTimeOfDay() => ToTimeOfDay(TimeZoneInfo.Local);

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) =>
        new TypedTextMetaObject<Timestamp>(parameter, this);

    internal string ToString(TimeZoneInfo zone)
    {
        DateTimeOffset there = In(zone);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{there:yyyy-MM-ddTHH:mm:ss}.{FractionOfSecond:D9}{there:zzz}");
    }

    internal string ToTimeOfDay(TimeZoneInfo zone) =>
        string.Create(CultureInfo.InvariantCulture, $"{In(zone):HH:mm:ss}.{FractionOfSecond:D9}");

    private long FractionOfSecond => _nanoseconds - (FloorDivide(_nanoseconds, NanosecondsPerSecond) * NanosecondsPerSecond);

    private DateTimeOffset In(TimeZoneInfo zone)
    {
        long ticks = DateTime.UnixEpoch.Ticks + FloorDivide(_nanoseconds, NanosecondsPerTick);
        return TimeZoneInfo.ConvertTime(new DateTimeOffset(ticks, TimeSpan.Zero), zone);
    }

    // Before 1970 a plain division would round towards 1970 and show a moment that is later.
    private static long FloorDivide(long value, long by)
    {
        (long quotient, long remainder) = Math.DivRem(value, by);
        return remainder < 0 ? quotient - 1 : quotient;
    }
}
