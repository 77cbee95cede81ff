using System.Runtime.CompilerServices;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Events;

/// <summary>Times of day, <c>15:06:40.000014000</c>, and their dates, quickly when one follows closely on the other.</summary>
internal struct TimeOfDayText(TimeZoneInfo zone)
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long SecondsPerDay = 86_400;
    private const long SecondsPerQuarter = 900;
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;
    private const int Length = 18;
    private const int DateLength = 10;

    // Clocks are put forward and back at quarters of an hour at the most.
    private long _quarter = long.MinValue;
    private long _offset;

    /// <summary>Appends the date in the zone, <c>2016-11-24</c>.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="timestamp">Nanoseconds since the epoch, UTC.</param>
    public void AppendDate(TextBuffer text, long timestamp)
    {
        (long second, _) = Local(timestamp);
        DateTime date = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(second, FirstSecond, LastSecond)).UtcDateTime;
        Span<byte> target = text.Reserve(DateLength)[..DateLength];
        TwoDigits(target, date.Year / 100);
        TwoDigits(target[2..], date.Year % 100);
        target[4] = (byte)'-';
        TwoDigits(target[5..], date.Month);
        target[7] = (byte)'-';
        TwoDigits(target[8..], date.Day);
        text.Length += DateLength;
    }

    /// <summary>Appends the time of day in the zone.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="timestamp">Nanoseconds since the epoch, UTC.</param>
    [MethodImpl(HotPath.Compile)]
    public void Append(TextBuffer text, long timestamp)
    {
        (long second, long fraction) = Local(timestamp);
        int time = (int)(second % SecondsPerDay);
        if (time < 0)
            time += (int)SecondsPerDay;
        Span<byte> target = text.Reserve(Length)[..Length];
        TwoDigits(target, time / 3600);
        target[2] = (byte)':';
        TwoDigits(target[3..], time / 60 % 60);
        target[5] = (byte)':';
        TwoDigits(target[6..], time % 60);
        target[8] = (byte)'.';
        uint rest = (uint)fraction;
        for (int i = Length - 1; i > 8; i--)
        {
            target[i] = (byte)('0' + rest % 10);
            rest /= 10;
        }

        text.Length += Length;
    }

    // Seconds of the zone's clock since the epoch, and nanoseconds behind them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (long Second, long Fraction) Local(long timestamp)
    {
        (long second, long fraction) = Math.DivRem(timestamp, NanosecondsPerSecond);
        if (fraction < 0)
        {
            second--;
            fraction += NanosecondsPerSecond;
        }

        long quarter = second / SecondsPerQuarter;
        if (quarter != _quarter)
        {
            _quarter = quarter;
            _offset = (long)zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(Math.Min(second, LastSecond))).TotalSeconds;
        }

        return (second + _offset, fraction);
    }

    private static void TwoDigits(Span<byte> target, int value)
    {
        target[0] = (byte)('0' + value / 10);
        target[1] = (byte)('0' + value % 10);
    }
}
