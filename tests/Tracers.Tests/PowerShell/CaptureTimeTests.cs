using Tracers.Engine.Analysis;
using Xunit;

namespace Tracers.Tests.PowerShell;

public sealed class CaptureTimeTests
{
    private const long Hour = 3_600_000_000_000;

    // 2016-11-24 10:00:00 in the zone of the tests, which is one hour ahead of UTC.
    private const long First = 1_479_978_000_000_000_000;

    private static readonly TimeZoneInfo s_zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(1), "test", "test");

    [Theory]
    [InlineData("+2s", 2_000_000_000)]
    [InlineData("2s", 2_000_000_000)]
    [InlineData(" +500ms ", 500_000_000)]
    [InlineData("1ns", 1)]
    [InlineData("+0", 0)]
    [InlineData("+0:01:30.5", 90_500_000_000)]
    public void A_duration_counts_from_the_first_event(string text, long nanoseconds)
    {
        CaptureTime time = CaptureTime.Parse(text);
        Assert.Equal(First + nanoseconds, time.Bound.At(First, s_zone));
        Assert.Equal(time, CaptureTime.Parse(time.ToString()));
    }

    [Theory]
    [InlineData("10:00", 0)]
    [InlineData("10:00:00.000000001", 1)]
    [InlineData("9:59:59.5", -500_000_000)]
    [InlineData("11:30", Hour + (Hour / 2))]
    [InlineData("04:00", -6 * Hour)]
    [InlineData("03:59:59.999999999", (18 * Hour) - 1)]
    [InlineData("00:05", (14 * Hour) + (Hour / 12))]
    public void A_time_of_day_is_the_first_from_six_hours_before_the_first_event(string text, long afterFirst)
    {
        CaptureTime time = CaptureTime.Parse(text);
        Assert.Equal(First + afterFirst, time.Bound.At(First, s_zone));
        Assert.Equal(time, CaptureTime.Parse(time.ToString()));
    }

    [Fact]
    public void A_capture_that_begins_after_midnight_can_be_asked_for_the_evening_before() =>
        Assert.Equal(First - (11 * Hour), CaptureTime.Parse("23:00").Bound.At(First - (9 * Hour), s_zone));

    [Theory]
    [InlineData("2016-11-24T09:00:00.000000001Z", First + 1)]
    [InlineData("2016-11-24T10:00:00+01:00", First)]
    [InlineData("1479978000.5", First + 500_000_000)]
    public void A_date_and_time_stands_for_itself(string text, long nanoseconds)
    {
        CaptureTime time = CaptureTime.Parse(text);
        Assert.Equal(nanoseconds, time.Bound.At(0, s_zone));
        Assert.Equal(time, CaptureTime.Parse(time.ToString()));
    }

    [Theory]
    [InlineData("5", "'5' has no unit. Write '5s' ")]
    [InlineData("-5", "'-5' has no unit.")]
    [InlineData("-2s", "is before the first event")]
    [InlineData("+-2s", "is before the first event")]
    [InlineData("24:00", "'24:00' is no time of day.")]
    [InlineData("10:60", "is no time of day")]
    [InlineData("soon", "'soon' is no time in a capture. Write a time of day ('10:15:02.5'), ")]
    [InlineData("", "is no time in a capture")]
    public void What_is_none_of_these_is_refused_with_what_to_write(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => CaptureTime.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_offset_beyond_the_last_moment_is_the_last_moment() =>
        Assert.Equal(long.MaxValue, new TimeBound(TimeBoundKind.FirstEvent, long.MaxValue).At(First, s_zone));

    [Fact]
    public void Moments_and_durations_convert()
    {
        CaptureTime offset = TimeSpan.FromSeconds(2);
        CaptureTime moment = DateTimeOffset.UnixEpoch.AddSeconds(2);
        Assert.Equal(CaptureTime.Parse("+2s"), offset);
        Assert.Equal(2_000_000_000, moment.Bound.At(First, s_zone));
        Assert.Equal(Timestamp.FromNanoseconds(First + 2_000_000_000), offset.In(Timestamp.FromNanoseconds(First)));
    }
}
