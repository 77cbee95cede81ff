using Tracers.Engine.Events;
using Xunit;

namespace Tracers.Tests.Engine.Events;

/// <summary>The time of day of a listing is local time as it was at the event; sysdig takes today's distance from UTC for all events.</summary>
public class TimeOfDayTextTests
{
    // One hour ahead of UTC, two from April to September.
    private static readonly TimeZoneInfo s_zone = TimeZoneInfo.CreateCustomTimeZone(
        "test", TimeSpan.FromHours(1), "test", "test", "test in summer",
        [
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1),
                TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 2, 0, 0), 4, 1),
                TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 1)),
        ]);

    [Fact]
    public void Summer_and_winter_have_their_own_distance_from_utc_in_one_listing()
    {
        TimeOfDayText times = new(s_zone);
        Assert.Equal("11:00:00.000000007", Text(ref times, "2016-12-20T10:00:00Z"));
        Assert.Equal("12:00:00.000000007", Text(ref times, "2016-07-20T10:00:00Z"));
        Assert.Equal("01:59:59.000000007", Text(ref times, "2016-04-01T00:59:59Z"));
        Assert.Equal("03:00:00.000000007", Text(ref times, "2016-04-01T01:00:00Z"));
    }

    private static string Text(ref TimeOfDayText times, string moment)
    {
        TextBuffer text = new();
        times.Append(text, Timestamp.Parse(moment).Nanoseconds + 7);
        return text.ToString();
    }
}
