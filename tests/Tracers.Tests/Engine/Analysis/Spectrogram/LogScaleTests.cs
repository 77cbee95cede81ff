using Tracers.Engine.Analysis.Spectrogram;
using Xunit;

namespace Tracers.Tests.Engine.Analysis.Spectrogram;

public sealed class LogScaleTests
{
    public static TheoryData<int> Widths => [1, 27, 67, 80, 107, 187, 200, 1000];

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_duration_is_in_the_column_that_csysdig_computes(int columns)
    {
        LogScale scale = LogScale.OfDurations(columns);
        Random random = new(7);
        for (int i = 0; i < 20_000; i++)
        {
            long ns = Math.Max((long)Math.Pow(10, random.NextDouble() * 11), 1);
            Assert.Equal((int)(ulong)(Math.Log10(ns) * columns / 11), scale.ColumnOf(ns));
        }

        // The powers of ten are where it is easy to be wrong.
        for (long ns = 1, decade = 0; decade < 11; ns *= 10, decade++)
        {
            Assert.Equal((int)(decade * columns / 11), scale.ColumnOf(ns));
            Assert.True(scale.ColumnOf(ns - 1) <= scale.ColumnOf(ns));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_column_holds_what_lies_between_its_bounds_and_nothing_else(int columns)
    {
        foreach (LogScale scale in (LogScale[])[LogScale.OfDurations(columns), LogScale.OfBytes(columns)])
        {
            Assert.Equal(1, scale.Low(0));
            Assert.Equal(scale.End, scale.Low(columns));
            for (int column = 0; column < columns; column++)
            {
                long low = scale.Low(column);
                long high = scale.Low(column + 1);
                Assert.True(low <= high);
                if (low == high)
                    continue;
                Assert.Equal(column, scale.ColumnOf(low));
                Assert.Equal(column, scale.ColumnOf(high - 1));
            }
        }
    }

    [Fact]
    public void What_is_not_on_a_scale_has_a_place_beside_it()
    {
        LogScale durations = LogScale.OfDurations(80);
        Assert.Equal((LogScale.Below, 0, 79, 80, 80), (durations.ColumnOf(0), durations.ColumnOf(1), durations.ColumnOf(99_999_999_999), durations.ColumnOf(100_000_000_000), durations.ColumnOf(long.MaxValue)));
        Assert.Equal(LogScale.Below, durations.ColumnOf(-5));
        LogScale bytes = LogScale.OfBytes(80);
        Assert.Equal((LogScale.Below, 0, 79, 80), (bytes.ColumnOf(0), bytes.ColumnOf(1), bytes.ColumnOf((1L << 40) - 1), bytes.ColumnOf(1L << 40)));
    }

    [Fact]
    public void Divisions_are_powers_of_ten_and_of_sixteen()
    {
        Assert.Equal([1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000], LogScale.OfDurations(80).Divisions);
        Assert.Equal([1, 16, 256, 4096, 65536, 1 << 20, 1 << 24, 1 << 28, 1L << 32, 1L << 36], LogScale.OfBytes(80).Divisions);
    }
}
