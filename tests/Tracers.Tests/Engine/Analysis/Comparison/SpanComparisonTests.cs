using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Comparison;
using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Analysis.Comparison;

/// <summary>Which rows of two summaries are said to have changed.</summary>
public class SpanComparisonTests
{
    private const int Rows = 20;

    private static readonly TagTable s_tags = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Two_samples_of_one_distribution_are_the_same(int seed)
    {
        IReadOnlyList<ComparedRow> rows = Compare(Sample(seed, 500), Sample(seed + 1000, 700), "p50 > 1.02x, p90 > 1.02x, p99 > 1.02x, p99.9 > 1.02x, mean > 1.02x");
        Assert.Equal(Rows, rows.Count);
        Assert.All(rows, r => Assert.Equal(SpanChange.Same, r.Change));
        Assert.All(rows, r => Assert.Empty(r.Broken));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_takes_1_3_times_as_long_is_slower_and_the_other_way_round_faster(int seed)
    {
        SpanSummary before = Sample(seed, 500), after = Sample(seed + 1000, 700, slower: 7, by: 1.3);
        ComparedRow slower = Compare(before, after, "p50 > 1.15x")[0];
        Assert.Equal(("row7", SpanChange.Slower), (slower.Keys[0], slower.Change));
        Assert.InRange(slower.Ratio(ComparisonMetric.P50)!.Value, 1.15, 1.45);
        Assert.StartsWith("p50 is 1.", Assert.Single(slower.Broken).ToString(), StringComparison.Ordinal);
        Assert.Equal(Rows - 1, Compare(before, after).Count(r => r.Change == SpanChange.Same));

        ComparedRow faster = Compare(after, before)[0];
        Assert.Equal(("row7", SpanChange.Faster), (faster.Keys[0], faster.Change));
    }

    [Fact]
    public void A_change_that_many_spans_prove_and_that_is_small_is_none()
    {
        SpanSummary before = Sample(1, 20_000), after = Sample(2, 20_000, slower: 3, by: 1.03);
        ComparedRow row = Compare(before, after).Single(r => (string)r.Keys[0]! == "row3");
        Assert.True(row.PValue < 0.01);
        Assert.Equal(SpanChange.Same, row.Change);
        Assert.Equal(SpanChange.Slower, SpanComparison.Compare(before, after, new ComparisonOptions { MinChange = 0.01 })[0].Change);
    }

    // Two of a hundred take ten times as long: the ranks hardly change, the 99th percentile does.
    [Fact]
    public void A_longer_tail_breaks_a_condition_on_the_percentile()
    {
        SpanSummary before = Sample(1, 3000), after = new(Query());
        Random random = new(2);
        for (int i = 0; i < 3000; i++)
            Add(after, "row0", Duration(random) * (i % 50 == 0 ? 10 : 1));
        ComparedRow row = Compare(before, after, "p99 > 1.5x or p50 > 1.2x").Single(r => (string)r.Keys[0]! == "row0");
        Assert.Equal(ComparisonMetric.P99, Assert.Single(row.Broken).Rule.Metric);
    }

    [Theory]
    [InlineData(7, 100, SpanChange.TooFew)]
    [InlineData(100, 7, SpanChange.TooFew)]
    [InlineData(8, 8, SpanChange.Slower)]
    [InlineData(0, 5, SpanChange.New)]
    [InlineData(5, 0, SpanChange.Gone)]
    public void Few_spans_tell_nothing_and_none_on_one_side_tells_what_it_is(int before, int after, SpanChange change)
    {
        SpanSummary first = new(Query()), second = new(Query());
        for (int i = 0; i < before; i++)
            Add(first, "x", 1000 + i);
        for (int i = 0; i < after; i++)
            Add(second, "x", 100_000 + i);
        ComparedRow row = Assert.Single(Compare(first, second, "p50 > 2x, max > 2x, count < 0.5x"));
        Assert.Equal(change, row.Change);
        Assert.Equal(change == SpanChange.Slower, row.PValue is not null);
        Assert.Equal(change == SpanChange.Slower, row.Broken.Any(b => b.Rule.Metric == ComparisonMetric.P50));
        Assert.Equal(before > 0 && after > 0, row.Broken.Any(b => b.Rule.Metric == ComparisonMetric.Max));
        Assert.Equal(after * 2 < before, row.Broken.Any(b => b.Rule.Metric == ComparisonMetric.Count));
    }

    [Fact]
    public void Spans_that_never_ended_have_no_times_to_compare()
    {
        SpanSummary first = new(Query()), second = new(Query());
        Add(first, "x", null);
        Add(second, "x", 5);
        ComparedRow row = Assert.Single(Compare(first, second, "p50 > 0x, mean > 0x, max > 0x"));
        Assert.Equal(SpanChange.TooFew, row.Change);
        Assert.Null(row.Ratio(ComparisonMetric.P50));
        Assert.Empty(row.Broken);
    }

    private static IReadOnlyList<ComparedRow> Compare(SpanSummary before, SpanSummary after, string? rules = null) => SpanComparison.Compare(
        before, after, new ComparisonOptions { Rules = rules is null ? [] : ComparisonRules.Parse(rules).Rules });

    private static SpanSummary Sample(int seed, int count, int slower = -1, double by = 1)
    {
        SpanSummary summary = new(Query());
        for (int row = 0; row < Rows; row++)
        {
            Random random = new((seed * 100) + row);
            for (int i = 0; i < count; i++)
                Add(summary, $"row{row}", (long)(Duration(random) * (row == slower ? by : 1)));
        }

        return summary;
    }

    // Skewed, as durations are.
    private static long Duration(Random random) =>
        (long)(1_000_000 * Math.Exp(0.5 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));

    private static SpanSummaryQuery Query() => new() { Keys = [SpanKey.Tag] };

    private static void Add(SpanSummary summary, string tag, long? duration)
    {
        SpanNode node = new()
        {
            Tags = s_tags.Intern(System.Text.Encoding.UTF8.GetBytes(tag)),
            Start = 1,
            End = duration is { } length ? 1 + length : 0,
            Sequence = 1,
            Opener = new(1, 1, 0, "p", 0),
        };
        summary.Add(new SpanRecord(node, s_tags));
    }
}
