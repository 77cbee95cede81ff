using System.Globalization;
using System.Reflection;
using Xunit;

namespace Tracers.Tests.PowerShell;

public sealed class DurationTests
{
    [Theory]
    [InlineData("1ns", 1)]
    [InlineData("10us", 10_000)]
    [InlineData("10\u00B5s", 10_000)]
    [InlineData("10\u03BCs", 10_000)]
    [InlineData("500ms", 500_000_000)]
    [InlineData("0.5s", 500_000_000)]
    [InlineData(".5s", 500_000_000)]
    [InlineData("10s", 10_000_000_000)]
    [InlineData("2m", 120_000_000_000)]
    [InlineData("1h", 3_600_000_000_000)]
    [InlineData("1d", 86_400_000_000_000)]
    [InlineData("-1.5ms", -1_500_000)]
    [InlineData("+1.5ms", 1_500_000)]
    [InlineData(" 500 MS ", 500_000_000)]
    [InlineData("0", 0)]
    [InlineData("0.0", 0)]
    [InlineData("0:00:01", 1_000_000_000)]
    [InlineData("1:02:03.000000004", 3_723_000_000_004)]
    [InlineData("-100:00:00", -360_000_000_000_000)]
    [InlineData("9223372036.854775807s", long.MaxValue)]
    [InlineData("-9223372036.854775808s", long.MinValue)]
    public void Text_with_a_unit_is_read_exactly(string text, long nanoseconds)
    {
        Assert.Equal(nanoseconds, Duration.Parse(text).Nanoseconds);
        Assert.True(Duration.TryParse(text, out Duration tried));
        Assert.Equal(nanoseconds, tried.Nanoseconds);
    }

    [Theory]
    [InlineData("0.123456789s", 123_456_789)]
    [InlineData("4611686018.427387905s", 4_611_686_018_427_387_905)]
    [InlineData("0.0000000000000000000001000s", -1)]
    public void A_double_would_round_where_a_duration_does_not(string text, long nanoseconds)
    {
        bool read = Duration.TryParse(text, out Duration duration);
        Assert.Equal(nanoseconds >= 0, read);
        Assert.Equal(Math.Max(nanoseconds, 0), duration.Nanoseconds);
    }

    [Theory]
    [InlineData("10", "'10s'")]
    [InlineData("0.5", "'0.5s'")]
    [InlineData("-3", "'-3s'")]
    public void A_number_without_a_unit_is_refused_and_the_message_shows_it_quoted_with_one(string text, string example)
    {
        FormatException error = Assert.Throws<FormatException>(() => Duration.Parse(text));
        Assert.Contains("has no unit", error.Message, StringComparison.Ordinal);
        Assert.Contains(example, error.Message, StringComparison.Ordinal);
        Assert.False(Duration.TryParse(text, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("s")]
    [InlineData("--1s")]
    [InlineData("1e3s")]
    [InlineData("1,5s")]
    [InlineData("1_000s")]
    [InlineData("10u")]
    [InlineData("10mss")]
    [InlineData("1m30s")]
    [InlineData("1:30")]
    [InlineData("1:60:00")]
    [InlineData("1:00:60")]
    [InlineData("1:0:00")]
    [InlineData("1:00:00:00")]
    [InlineData("1:00:00s")]
    [InlineData("\u0661s")]
    public void What_is_no_duration_is_refused_with_the_units_to_use(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => Duration.Parse(text));
        Assert.Contains("ns, us, ms, s, m, h, d", error.Message, StringComparison.Ordinal);
        Assert.False(Duration.TryParse(text, out Duration nothing));
        Assert.Equal(default, nothing);
    }

    [Fact]
    public void What_is_finer_than_a_nanosecond_is_refused_and_not_rounded() =>
        Assert.Contains("finer than a nanosecond", Assert.Throws<FormatException>(() => Duration.Parse("0.5ns")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("9223372036.854775808s")]
    [InlineData("-9223372036.854775809s")]
    [InlineData("106752d")]
    [InlineData("99999999999999999999999999999999999999999s")]
    public void What_is_longer_than_a_long_of_nanoseconds_is_an_overflow(string text)
    {
        Assert.Throws<OverflowException>(() => Duration.Parse(text));
        Assert.False(Duration.TryParse(text, out _));
    }

    [Fact]
    public void Null_text_is_no_duration()
    {
        Assert.Throws<ArgumentNullException>(() => Duration.Parse(null!));
        Assert.False(Duration.TryParse(null, out _));
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(1, "1ns")]
    [InlineData(999, "999ns")]
    [InlineData(1_000, "1us")]
    [InlineData(1_001, "1.001us")]
    [InlineData(900_125_000, "900.125ms")]
    [InlineData(1_000_000_000, "1s")]
    [InlineData(-1_000_000_001, "-1.000000001s")]
    [InlineData(7_325_500_000_000, "7325.5s")]
    [InlineData(long.MaxValue, "9223372036.854775807s")]
    [InlineData(long.MinValue, "-9223372036.854775808s")]
    public void The_text_has_a_unit_and_loses_nothing(long nanoseconds, string text)
    {
        Assert.Equal(text, Duration.FromNanoseconds(nanoseconds).ToString());
        Assert.Equal(nanoseconds, Duration.Parse(text).Nanoseconds);
    }

    [Fact]
    public void Parsing_the_text_of_any_duration_gives_it_back()
    {
        var random = new Random(20161124);
        for (int i = 0; i < 20_000; i++)
        {
            long nanoseconds = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            Assert.Equal(nanoseconds, Duration.Parse(Duration.FromNanoseconds(nanoseconds).ToString()).Nanoseconds);
        }
    }

    [Theory]
    [InlineData(900_125_000, "900.1ms")]
    [InlineData(10_753_400_000, "10.75s")]
    [InlineData(999_960_000, "1s")]
    [InlineData(12_345_600_000_000, "12346s")]
    [InlineData(1_234, "1.234us")]
    [InlineData(-1_234_567, "-1.235ms")]
    [InlineData(long.MinValue, "-9223372036.854775807s")]
    public void The_text_for_people_is_rounded_to_four_digits_but_not_beyond_seconds(long nanoseconds, string text) =>
        Assert.Equal(text, string.Format(CultureInfo.InvariantCulture, "{0:H}", Duration.FromNanoseconds(nanoseconds)));

    [Fact]
    public void An_unknown_format_is_refused() =>
        Assert.Throws<FormatException>(() => Duration.FromNanoseconds(1).ToString("X", null));

    [Fact]
    public void It_converts_to_and_from_a_TimeSpan_and_to_seconds()
    {
        Duration fromSpan = TimeSpan.FromMilliseconds(1.5);
        TimeSpan toSpan = Duration.FromNanoseconds(1_550);
        Assert.Equal(1_500_000, fromSpan.Nanoseconds);
        Assert.Equal(15, toSpan.Ticks);
        Assert.Equal(2.5, (double)Duration.FromNanoseconds(2_500_000_000));
        Assert.Throws<OverflowException>(() => (Duration)TimeSpan.MaxValue);
    }

    [Fact]
    public void It_adds_subtracts_and_orders()
    {
        var one = Duration.FromNanoseconds(1);
        var two = Duration.FromNanoseconds(2);
        Assert.Equal(3, (one + two).Nanoseconds);
        Assert.Equal(-1, (one - two).Nanoseconds);
        Assert.True(one < two && two > one && one <= two && two >= one && one != two && one == two - one);
        Assert.True(one.CompareTo(two) < 0 && one.CompareTo((object)two) < 0 && one.CompareTo(null) > 0);
        Assert.Equal(one.GetHashCode(), (two - one).GetHashCode());
        Assert.Throws<OverflowException>(() => Duration.FromNanoseconds(long.MaxValue) + one);
        Assert.Throws<ArgumentException>(() => one.CompareTo("1ns"));
    }

    // PowerShell would make ten nanoseconds of -MinDuration 10s with either.
    [Fact]
    public void It_has_one_property_and_neither_a_constructor_nor_a_cast_from_a_number()
    {
        Assert.Equal([nameof(Duration.Nanoseconds)], typeof(Duration).GetProperties().Select(property => property.Name));
        Assert.Empty(typeof(Duration).GetConstructors());
        Assert.Equal(
            [typeof(TimeSpan)],
            typeof(Duration).GetMethods(BindingFlags.Static | BindingFlags.Public)
                .Where(method => method.Name is "op_Implicit" or "op_Explicit" && method.ReturnType == typeof(Duration))
                .Select(method => method.GetParameters()[0].ParameterType));
    }
}
