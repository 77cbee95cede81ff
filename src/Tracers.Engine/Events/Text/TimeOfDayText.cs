using System.Runtime.CompilerServices;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Events;

/// <summary>Times of day, <c>15:06:40.000014000</c>, quickly when one follows closely on the other.</summary>
internal struct TimeOfDayText(TimeZoneInfo zone)
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long SecondsPerDay = 86_400;
    private const long SecondsPerQuarter = 900;
    private const long LastSecond = 253_402_300_799;
    private const int Length = 18;

    // Clocks are put forward and back at quarters of an hour at the most.
    private long _quarter = long.MinValue;
    private long _offset;

    /// <summary>Appends the time of day in the zone.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="timestamp">Nanoseconds since the epoch, UTC.</param>
    [MethodImpl(HotPath.Compile)]
    public void Append(TextBuffer text, long timestamp)
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

        int time = (int)((second + _offset) % SecondsPerDay);
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

    private static void TwoDigits(Span<byte> target, int value)
    {
        target[0] = (byte)('0' + value / 10);
        target[1] = (byte)('0' + value % 10);
    }
}
