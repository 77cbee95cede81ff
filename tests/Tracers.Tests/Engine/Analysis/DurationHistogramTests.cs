using Tracers.Engine.Analysis;
using Xunit;

namespace Tracers.Tests.Engine.Analysis;

/// <summary>Percentiles without keeping every value.</summary>
public class DurationHistogramTests
{
    private const double Bound = 1.0 / 256;

    private static readonly int[] s_ranks = [50, 300, 400, 500, 999, 1000];
    private static readonly int[] s_thousandths = [1, 10, 250, 500, 900, 990, 999, 1000];

    [Fact]
    public void Few_values_give_exact_percentiles_by_nearest_rank()
    {
        DurationHistogram histogram = Of(15, 20, 35, 40, 50);
        Assert.Equal([15, 20, 20, 35, 50, 50], s_ranks.Select(histogram.Percentile));
        Assert.Equal((5, 160, 15, 50, true), (histogram.Count, histogram.Total, histogram.Minimum, histogram.Maximum, histogram.IsExact));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Many_values_give_percentiles_within_the_bound_and_exact_sums(int seed)
    {
        long[] values = Random(seed, 200_000);
        DurationHistogram histogram = Of(values);
        AssertSums(values, histogram);
        Assert.False(histogram.IsExact);
        AssertPercentiles(values, histogram, Bound);
    }

    [Theory]
    [InlineData(DurationHistogram.ExactCapacity, true)]
    [InlineData(DurationHistogram.ExactCapacity + 1, false)]
    public void Up_to_the_capacity_every_value_is_kept(int count, bool isExact)
    {
        long[] values = Random(4, count);
        DurationHistogram histogram = Of(values);
        Assert.Equal(isExact, histogram.IsExact);
        AssertPercentiles(values, histogram, isExact ? 0 : Bound);
    }

    [Fact]
    public void The_ends_of_the_buckets_and_of_the_numbers_are_within_the_bound()
    {
        long[] corners = [.. Enumerable.Range(0, 63).SelectMany(bit => new[] { (1L << bit) - 1, 1L << bit, (1L << bit) + 1 }), long.MaxValue, 0];
        foreach (long corner in corners)
        {
            // The corner in the middle, so that neither end gives it away.
            DurationHistogram histogram = Of([.. Enumerable.Repeat(0L, DurationHistogram.ExactCapacity), .. Enumerable.Repeat(corner, 4), long.MaxValue]);
            Assert.False(histogram.IsExact);
            Assert.InRange(histogram.Percentile(999), corner * (1 - Bound), corner * (1 + Bound));
        }
    }

    [Fact]
    public void Values_below_256_ns_are_exact_however_many()
    {
        long[] values = [.. Enumerable.Range(0, 50_000).Select(i => (long)(i % 256))];
        AssertPercentiles(values, Of(values), 0);
    }

    [Theory]
    [InlineData(10, 20)]
    [InlineData(4000, 97)]
    [InlineData(3000, 3000)]
    [InlineData(100, 50_000)]
    [InlineData(50_000, 100)]
    [InlineData(20_000, 30_000)]
    [InlineData(0, 500)]
    [InlineData(500, 0)]
    public void Two_added_up_are_as_one_that_had_all(int first, int second)
    {
        long[] left = Random(5, first), right = Random(6, second);
        DurationHistogram sum = Of(left);
        sum.Add(Of(right));
        DurationHistogram whole = Of([.. left, .. right]);
        AssertSums([.. left, .. right], sum);
        Assert.Equal(whole.IsExact, sum.IsExact);
        Assert.Equal(s_thousandths.Select(whole.Percentile), s_thousandths.Select(sum.Percentile));
        Assert.Equal(whole.Groups(byBucket: true), sum.Groups(byBucket: true));
    }

    [Fact]
    public void Groups_hold_every_value_once_in_order()
    {
        long[] values = Random(7, 4000);
        DurationHistogram histogram = Of(values);
        Assert.Equal(values.Order().GroupBy(v => v).Select(g => new DurationGroup(g.Key, g.Key, g.Count())), histogram.Groups(byBucket: false));
        DurationGroup[] buckets = [.. histogram.Groups(byBucket: true)];
        Assert.All(buckets, g => Assert.Equal(values.Count(v => v >= g.Lowest && v <= g.Highest), g.Count));
        Assert.Equal(values.Length, buckets.Sum(g => g.Count));
        Assert.All(buckets.Zip(buckets.Skip(1)), pair => Assert.True(pair.First.Highest < pair.Second.Lowest));
    }

    [Fact]
    public void Ten_million_values_take_no_more_memory_than_a_million()
    {
        DurationHistogram histogram = new();
        Random random = new(8);
        Fill(histogram, random, 1_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Fill(histogram, random, 9_000_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
        Assert.Equal(10_000_000, histogram.Count);

        static void Fill(DurationHistogram histogram, Random random, int count)
        {
            for (int i = 0; i < count; i++)
                histogram.Add(random.NextInt64(1L << random.Next(10, 40)));
        }
    }

    [Fact]
    public void A_sum_that_is_too_large_stays_the_largest_number() => Assert.Equal(long.MaxValue, Of(long.MaxValue, 5, long.MaxValue).Total);

    [Fact]
    public void Without_values_there_is_no_percentile() => Assert.Throws<InvalidOperationException>(() => new DurationHistogram().Percentile(500));

    private static void AssertSums(long[] values, DurationHistogram histogram) => Assert.Equal(
        (values.Length, values.Sum(), values.Min(), values.Max()), (histogram.Count, histogram.Total, histogram.Minimum, histogram.Maximum));

    private static void AssertPercentiles(long[] values, DurationHistogram histogram, double bound)
    {
        long[] sorted = [.. values.Order()];
        foreach (int thousandths in s_thousandths)
        {
            long exact = sorted[(int)Math.Ceiling(sorted.Length * (decimal)thousandths / 1000) - 1];
            Assert.InRange(histogram.Percentile(thousandths), exact * (1 - bound), exact * (1 + bound));
        }
    }

    // Durations as services have them: most alike, some a thousand times as long.
    private static long[] Random(int seed, int count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (long)(100_000 * Math.Exp(2 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))))];
    }

    private static DurationHistogram Of(params ReadOnlySpan<long> values)
    {
        DurationHistogram histogram = new();
        foreach (long value in values)
            histogram.Add(value);
        return histogram;
    }
}
