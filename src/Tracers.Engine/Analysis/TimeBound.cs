namespace Tracers.Engine.Analysis;

/// <summary>One end of a range of time, as it can be said before the capture is known.</summary>
/// <param name="Kind">What it counts from.</param>
/// <param name="Nanoseconds">The distance from there.</param>
internal readonly record struct TimeBound(TimeBoundKind Kind, long Nanoseconds)
{
    // A time of day that lies less than this before the first event is meant as it stands; an earlier one is that of the next day.
    private const long LongestLead = 6 * 3_600_000_000_000;

    private const long NanosecondsPerTick = 100;

    /// <summary>The moment in a capture.</summary>
    /// <param name="first">Time of its first event, ns since the epoch.</param>
    /// <param name="zone">The zone that times of day are in.</param>
    /// <returns>Nanoseconds since the epoch; the last possible moment when it would be later.</returns>
    public long At(long first, TimeZoneInfo zone) => Kind switch
    {
        TimeBoundKind.Epoch => Nanoseconds,
        TimeBoundKind.FirstEvent => (long)Int128.Min((Int128)first + Nanoseconds, long.MaxValue),
        _ => AtTimeOfDay(first, zone),
    };

    private long AtTimeOfDay(long first, TimeZoneInfo zone)
    {
        DateTime utc = DateTime.UnixEpoch.AddTicks(first / NanosecondsPerTick);
        DateTime day = TimeZoneInfo.ConvertTimeFromUtc(utc, zone).Date.AddDays(-1);
        for (int tries = 0; tries < 2; tries++, day = day.AddDays(1))
        {
            if (OnDay(day, zone) is { } moment && moment >= first - LongestLead)
                return moment;
        }

        return OnDay(day, zone);
    }

    private long OnDay(DateTime day, TimeZoneInfo zone)
    {
        DateTime clock = day.AddTicks(Nanoseconds / NanosecondsPerTick);
        long ticks = clock.Ticks - zone.GetUtcOffset(clock).Ticks - DateTime.UnixEpoch.Ticks;
        return (ticks * NanosecondsPerTick) + (Nanoseconds % NanosecondsPerTick);
    }
}
