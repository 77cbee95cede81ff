using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Comparison;
using Xunit;

namespace Tracers.Tests.Engine.Analysis.Comparison;

/// <summary>The tests against numbers that textbooks and statistics packages give.</summary>
public class RankTestTests
{
    // Table of critical values of U, two-sided: U at most so much is significant at 0.05 and at 0.01.
    [Theory]
    [InlineData(5, 5, 2, 0)]
    [InlineData(5, 8, 6, 2)]
    [InlineData(6, 6, 5, 2)]
    [InlineData(7, 9, 12, 7)]
    [InlineData(8, 8, 13, 7)]
    [InlineData(8, 20, 41, 30)]
    [InlineData(10, 10, 23, 16)]
    [InlineData(10, 15, 39, 29)]
    [InlineData(15, 15, 64, 51)]
    [InlineData(15, 20, 90, 73)]
    [InlineData(20, 20, 127, 105)]
    public void The_critical_values_are_those_of_the_tables(int first, int second, int atFivePercent, int atOnePercent)
    {
        foreach ((int critical, double level) in ((int, double)[])[(atFivePercent, 0.05), (atOnePercent, 0.01)])
        {
            Assert.True(WithU(first, second, critical).PValue <= level, $"U {critical} at {level}");
            Assert.True(WithU(first, second, critical + 1).PValue > level, $"U {critical + 1} at {level}");
            Assert.Equal(WithU(first, second, critical).PValue, WithU(first, second, (first * second) - critical).PValue, 12);
        }
    }

    // The example in the documentation of scipy.stats.mannwhitneyu.
    [Fact]
    public void Without_ties_small_samples_are_counted_out()
    {
        RankTest test = RankTest.Of(Of(20, 11, 17, 12), Of(19, 22, 16, 29, 24));
        Assert.Equal((17, 17 / 20.0), (test.U, test.Chance));
        Assert.Equal(0.1111111111111111, test.PValue, 12);
    }

    // The example in the documentation of R's wilcox.test: Ozone of May and August in airquality, W = 127.5, p-value = 0.0001208.
    [Fact]
    public void With_ties_the_approximation_is_corrected_for_them()
    {
        DurationHistogram may = Of(41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37);
        DurationHistogram august = Of(39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85);
        RankTest test = RankTest.Of(august, may);
        Assert.Equal(127.5, test.U);
        Assert.Equal(0.0001208, test.PValue, 7);
        Assert.Equal(test.PValue, RankTest.Of(may, august).PValue, 12);
        Assert.Equal((26 * 26) - 127.5, RankTest.Of(may, august).U);
    }

    [Fact]
    public void Where_all_values_are_equal_nothing_differs() =>
        Assert.Equal(new RankTest(25, 0.5, 1), RankTest.Of(Of(7, 7, 7, 7, 7, 7, 7, 7, 7, 7), Of(7, 7, 7, 7, 7)));

    [Fact]
    public void Buckets_give_nearly_what_the_values_give()
    {
        Random random = new(1);
        long[] first = [.. Enumerable.Range(0, 4000).Select(_ => random.NextInt64(1000, 1_000_000))];
        long[] second = [.. first.Select(v => v + random.NextInt64(30_000))];
        RankTest exact = RankTest.Of(Of(first), Of(second));
        DurationHistogram bucketed = Of(first);
        bucketed.Add(Of([.. first, .. first]));
        Assert.False(bucketed.IsExact);
        RankTest rough = RankTest.Of(bucketed, Of(second));
        Assert.Equal(exact.Chance, rough.Chance, 3);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.959963984540054, 0.05)]
    [InlineData(2.5758293035489004, 0.01)]
    [InlineData(3.290526731491894, 0.001)]
    [InlineData(6, 1.973175290075396e-9)]
    [InlineData(-10, 1.523970604832105e-23)]
    public void The_tail_of_the_normal_distribution_is_exact(double deviation, double chance) =>
        Assert.Equal(1, NormalTail.TwoSided(deviation) / chance, 9);

    // Holm's correction of 0.01, 0.04, 0.03 and 0.005: the example of Wikipedia's article.
    [Fact]
    public void Holm_corrects_the_smallest_most() =>
        Assert.Equal([0.03, 0.06, 0.06, 0.02], HolmCorrection.Correct([0.01, 0.04, 0.03, 0.005]).Select(p => Math.Round(p, 12)));

    // Fisher's lady tasting tea: 3 and 1 of 4 beyond the median of both.
    [Fact]
    public void Values_beyond_a_percentile_are_divided_as_balls_from_an_urn() =>
        Assert.Equal(0.4857142857, QuantileTest.PValue(Of(1, 2, 3, 60), Of(4, 50, 70, 80), 500), 9);

    // The example of Wikipedia's article on Fisher's test: 1 and 9 of 12 beyond, p = 0.002759456.
    [Fact]
    public void A_longer_tail_is_seen() => Assert.Equal(
        0.002759456,
        QuantileTest.PValue(
            Of([.. Enumerable.Range(0, 11).Select(i => (long)i), 1000]), Of([.. Enumerable.Range(0, 3).Select(i => 100L + i), .. Enumerable.Range(0, 9).Select(i => 2000L + i)]), 583),
        9);

    [Fact]
    public void Counted_out_and_approximated_percentile_tests_agree()
    {
        // 999 and 1001 values beyond the median: on both sides of where the counting ends.
        double counted = QuantileTest.PValue(Shifted(999, 0), Shifted(999, 60), 500);
        double approximated = QuantileTest.PValue(Shifted(1001, 0), Shifted(1001, 60), 500);
        Assert.InRange(counted / approximated, 0.85, 1.15);
        Assert.InRange(counted, 0.001, 0.1);

        static DurationHistogram Shifted(int count, int by) => Of([.. Enumerable.Range(0, count).Select(i => 2L * (i + by) + (by > 0 ? 1 : 0))]);
    }

    // Means 14 and 24, squared standard errors 2 and 2: five standard errors apart, with 8 degrees of freedom.
    [Fact]
    public void Means_are_compared_by_their_standard_errors() =>
        Assert.Equal(0.00105282579336654, MeanTest.PValue(Of(10, 12, 14, 16, 18), Of(20, 22, 24, 26, 28)), 12);

    // Where one of them has no spread at all, only the values of the other say how well its mean is known: 5 - 1 degrees of freedom.
    [Fact]
    public void Of_few_values_the_spread_is_hardly_known()
    {
        double p = MeanTest.PValue(Of(7, 7, 7, 7, 7, 7, 7, 7), Of(10, 12, 14, 16, 18));
        Assert.Equal(1, p / 0.007762602689870692, 9);
        Assert.Equal(1, MeanTest.PValue(Of(7, 7), Of(7, 7, 7)));
        Assert.Equal(0, MeanTest.PValue(Of(7, 7), Of(8, 8, 8)));
    }

    // The critical values of the tables, and far tails by 30 digits.
    [Theory]
    [InlineData(0, 5, 1)]
    [InlineData(1, 1, 0.5)]
    [InlineData(12.706204736174694, 1, 0.05)]
    [InlineData(-2.2621571627982053, 9, 0.05)]
    [InlineData(3, 7.5, 0.01839093860820451)]
    [InlineData(30, 3, 8.135280427163959e-5)]
    [InlineData(6, 1000, 2.755369173377469e-9)]
    [InlineData(10, 99_999, 1.563301928102139e-23)]
    [InlineData(10, 100_001, 1.523970604832105e-23)]
    public void The_tail_of_Students_distribution_is_exact(double deviation, double degrees, double chance) =>
        Assert.Equal(1, StudentTail.TwoSided(deviation, degrees) / chance, 9);

    // Every value of the second above so many of the first that the sum is U.
    private static RankTest WithU(int first, int second, int u)
    {
        List<long> values = [];
        for (int i = 0; i < second; i++)
        {
            int below = Math.Min(u, first);
            u -= below;
            values.Add((below * 1000L) + 500 + i);
        }

        RankTest test = RankTest.Of(Of([.. Enumerable.Range(1, first).Select(i => i * 1000L)]), Of([.. values]));
        return test;
    }

    private static DurationHistogram Of(params ReadOnlySpan<long> values)
    {
        DurationHistogram histogram = new();
        foreach (long value in values)
            histogram.Add(value);
        return histogram;
    }
}
