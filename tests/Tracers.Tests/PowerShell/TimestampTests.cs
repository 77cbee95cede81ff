using System.Globalization;
using Tracers.Tests.PowerShell.Probes;
using Xunit;

namespace Tracers.Tests.PowerShell;

public sealed class TimestampTests(ModuleHost host) : IClassFixture<ModuleHost>
{
    private const long Event = 1_480_000_000_000_003_000;

    private static readonly TimeZoneInfo s_kathmandu = TimeZoneInfo.CreateCustomTimeZone("test", new TimeSpan(5, 45, 0), null, null);

    [Theory]
    [InlineData("2016-11-24T15:06:40.000003000Z", Event)]
    [InlineData("2016-11-24T15:06:40.000003z", Event)]
    [InlineData("2016-11-24 15:06:40,000003Z", Event)]
    [InlineData("2016-11-24T16:06:40.000003+01:00", Event)]
    [InlineData("2016-11-24T10:06:40.000003-0500", Event)]
    [InlineData("2016-11-24T20:51:40.000003", Event)]
    [InlineData("1480000000.000003000", Event)]
    [InlineData("1480000000.000003", Event)]
    [InlineData(" 1480000000 ", 1_480_000_000_000_000_000)]
    [InlineData("2016-11-24T15:06Z", 1_479_999_960_000_000_000)]
    [InlineData("1970-01-01", -20_700_000_000_000)]
    [InlineData("-1.5", -1_500_000_000)]
    [InlineData("1969-12-31T23:59:59.999999999Z", -1)]
    [InlineData("9223372036.854775807", long.MaxValue)]
    [InlineData("-9223372036.854775808", long.MinValue)]
    [InlineData("2262-04-11T23:47:16.854775807Z", long.MaxValue)]
    public void Text_is_read_to_the_nanosecond(string text, long nanoseconds)
    {
        Assert.True(Timestamp.TryParse(text, s_kathmandu, out Timestamp read));
        Assert.Equal(nanoseconds, read.Nanoseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2016-13-01T00:00:00Z")]
    [InlineData("2016-02-30")]
    [InlineData("2016-11-24T24:00:00Z")]
    [InlineData("2016-11-24T15:60:00Z")]
    [InlineData("2016-11-24T15:06:60Z")]
    [InlineData("2016-11-24T15:06:40.Z")]
    [InlineData("2016-11-24T15:06:40.0000000001Z")]
    [InlineData("2016-11-24T15:06:40+15:00")]
    [InlineData("2016-11-24T15:06:40+01")]
    [InlineData("1480000000.0000000001")]
    [InlineData("1.48E+09")]
    [InlineData("11/24/2016")]
    public void What_is_no_timestamp_is_refused_with_how_to_write_one(string text)
    {
        Assert.Contains("ISO 8601", Assert.Throws<FormatException>(() => Timestamp.Parse(text)).Message, StringComparison.Ordinal);
        Assert.False(Timestamp.TryParse(text, out _));
    }

    [Theory]
    [InlineData("9223372036.854775808")]
    [InlineData("99999999999999999999")]
    [InlineData("2262-04-11T23:47:16.854775808Z")]
    [InlineData("0001-01-01")]
    public void A_time_outside_1677_to_2262_is_an_overflow(string text)
    {
        Assert.Contains("1677 to 2262", Assert.Throws<OverflowException>(() => Timestamp.Parse(text)).Message, StringComparison.Ordinal);
        Assert.False(Timestamp.TryParse(text, out _));
    }

    [Theory]
    [InlineData(Event, "2016-11-24T20:51:40.000003000+05:45")]
    [InlineData(-1, "1970-01-01T05:44:59.999999999+05:45")]
    [InlineData(long.MinValue, "1677-09-21T05:57:43.145224192+05:45")]
    public void The_text_is_local_time_with_nine_digits_and_the_offset(long nanoseconds, string text)
    {
        var moment = Timestamp.FromNanoseconds(nanoseconds);
        Assert.Equal(text, moment.ToString(s_kathmandu));
        Assert.Equal(text[11..^6], moment.ToTimeOfDay(s_kathmandu));
        Assert.Equal(moment.ToString(TimeZoneInfo.Local), moment.ToString());
        Assert.Equal(moment, Timestamp.Parse(text));
    }

    [Fact]
    public void A_format_of_NET_is_understood() => Assert.Equal(
        DateTimeOffset.FromUnixTimeSeconds(1_480_000_000).ToLocalTime().ToString("yyyy HH:mm", CultureInfo.InvariantCulture),
        string.Format(CultureInfo.InvariantCulture, "{0:yyyy HH:mm}", Timestamp.FromNanoseconds(Event)));

    [Fact]
    public void It_converts_to_and_from_the_dates_of_NET_by_their_kind()
    {
        var utc = new DateTime(2016, 11, 24, 15, 6, 40, DateTimeKind.Utc);
        Timestamp fromUtc = utc;
        Timestamp fromLocal = utc.ToLocalTime();
        Timestamp fromUnspecified = DateTime.SpecifyKind(utc.ToLocalTime(), DateTimeKind.Unspecified);
        Timestamp fromOffset = new DateTimeOffset(2016, 11, 24, 16, 6, 40, TimeSpan.FromHours(1));
        Assert.All([fromUtc, fromLocal, fromUnspecified, fromOffset], moment => Assert.Equal(1_480_000_000_000_000_000, moment.Nanoseconds));

        DateTimeOffset back = Timestamp.FromNanoseconds(Event + 99);
        Assert.Equal(new DateTimeOffset(utc).AddTicks(30), back);
        DateTimeOffset beforeEpoch = Timestamp.FromNanoseconds(-1);
        Assert.Equal(-1, beforeEpoch.UtcTicks - DateTime.UnixEpoch.Ticks);
        Assert.Throws<OverflowException>(() => (Timestamp)DateTimeOffset.MinValue);
        Assert.Throws<OverflowException>(() => (Timestamp)DateTime.MaxValue);
    }

    [Fact]
    public void Their_difference_is_a_duration_and_a_duration_moves_them()
    {
        var first = Timestamp.FromNanoseconds(Event);
        var second = first + Duration.Parse("1.5s");
        Assert.Equal("1.5s", (second - first).ToString());
        Assert.Equal(first, second - Duration.Parse("1.5s"));
        Assert.True(first < second && second > first && first <= second && second >= first && first != second);
        Assert.True(first.CompareTo(second) < 0 && first.CompareTo((object)second) < 0 && first.CompareTo(null) > 0);
        Assert.Throws<ArgumentException>(() => first.CompareTo(1));
    }

    [Theory]
    [InlineData("Where-Object Time -gt '2016-11-24T15:06:40.000002Z'", 1)]
    [InlineData("Where-Object Time -gt '2016-11-24T15:06:40.000003Z'", 0)]
    [InlineData("Where-Object Time -ge 2016-11-24T15:06:40.000003Z", 1)]
    [InlineData("Where-Object Time -gt 1480000000.000002999", 1)]
    [InlineData("Where-Object Time -eq 1480000000.000003000", 1)]
    [InlineData("Where-Object Time -lt 1480000000.000003000", 0)]
    [InlineData("Where-Object Time -gt 1480000000", 1)]
    [InlineData("Where-Object { $_.Time -le '1480000000.000003000' }", 1)]
    [InlineData("Where-Object { $_.Time -gt 1480000000 }", 1)]
    [InlineData("Where-Object Time -lt ([datetime]::Now)", 1)]
    [InlineData("Where-Object Time -gt ([datetime]::Now).AddMinutes(-1)", 0)]
    [InlineData("Where-Object { $_.Time -lt [datetimeoffset]::Now }", 1)]
    [InlineData("Where-Object { $_.Time -gt ([datetime]::Now).AddMinutes(-1) }", 0)]
    public void PowerShell_compares_it_with_text_and_dates(string filter, int passes)
    {
        host.SetVariable("records", new[] { new ProbeRecord(null, Timestamp.FromNanoseconds(Event)) });
        Assert.Equal(passes, host.Run("$records | " + filter).Count);
    }

    [Fact]
    public void In_a_script_block_a_number_with_a_fraction_is_refused_because_a_double_has_too_few_digits()
    {
        host.SetVariable("records", new[] { new ProbeRecord(null, Timestamp.FromNanoseconds(Event)) });
        Assert.Empty(host.Try("$records | Where-Object { $_.Time -gt 1480000000.000003000 }"));
        Assert.Contains("in quotes", Assert.Single(host.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1480000000.000003000")]
    [InlineData("'1480000000.000003'")]
    [InlineData("2016-11-24T15:06:40.000003Z")]
    [InlineData("([datetimeoffset]'2016-11-24T15:06:40.000003Z')")]
    [InlineData("([datetimeoffset]'2016-11-24T15:06:40.000003Z').LocalDateTime")]
    [InlineData("([datetimeoffset]'2016-11-24T15:06:40.000003Z').UtcDateTime")]
    public void A_parameter_takes_text_and_dates_exactly(string argument) =>
        Assert.Equal(Event, Assert.IsType<Timestamp>(host.Run($"Get-ProbeDuration -After {argument}").Single().BaseObject).Nanoseconds);

    [Fact]
    public void It_has_one_property_and_neither_a_constructor_nor_a_cast_from_a_number()
    {
        Assert.Equal([nameof(Timestamp.Nanoseconds)], typeof(Timestamp).GetProperties().Select(property => property.Name));
        Assert.Empty(typeof(Timestamp).GetConstructors());
    }
}
