using Tracers.Engine.Analysis.Comparison;
using Xunit;

namespace Tracers.Tests.Engine.Analysis.Comparison;

public class ComparisonRulesTests
{
    [Theory]
    [InlineData("p99 > 1.2x", "p99 > 1.2x")]
    [InlineData("P99.9>=2X", "p99.9 >= 2x")]
    [InlineData("mean > 120%", "mean > 1.2x")]
    [InlineData("average > +20%", "mean > 1.2x")]
    [InlineData("count < -10 %", "count < 0.9x")]
    [InlineData(" p50>1.05x or p90>1.1x , max > 3x OR total<=0.5x ", "p50 > 1.05x|p90 > 1.1x|max > 3x|total <= 0.5x")]
    [InlineData("bytes > 1x,calls > 1x,errors > 0.000000001x", "bytes > 1x|calls > 1x|errors > 1E-09x")]
    public void Conditions_are_read(string text, string rules) => Assert.Equal(rules, string.Join('|', ComparisonRules.Parse(text).Rules));

    [Theory]
    [InlineData("", 0, "The name of a metric is missing. Expected: p50 p90 p99 p99.9 max mean total count bytes calls errors.")]
    [InlineData("p98 > 1.2x", 0, "There is no metric 'p98'. Did you mean p90?")]
    [InlineData("p99 > 1.2x or cout < 2x", 14, "There is no metric 'cout'. Did you mean count?")]
    [InlineData("p99", 3, "One of > >= < <= is missing.")]
    [InlineData("p99 = 2x", 4, "One of > >= < <= is missing.")]
    [InlineData("p99 >", 5, "The ratio is missing. Expected: a ratio such as 1.2x or 120%, or a change such as +20%.")]
    [InlineData("p99 > 500ms", 6, "'500ms' is no ratio. Expected: a ratio such as 1.2x")]
    [InlineData("p99 > 1.2", 6, "'1.2' is no ratio.")]
    [InlineData("p99 > 1.2xx", 6, "'1.2xx' is no ratio.")]
    [InlineData("p99 > +1.2x", 6, "A ratio has no sign: it is 1x where nothing has changed.")]
    [InlineData("p99 > 1.2x and p50 > 1x", 11, "'and p50 > 1x' does not belong here. Expected: or, a comma, or the end.")]
    [InlineData("p99 > 1.2x,", 11, "The name of a metric is missing.")]
    public void An_error_says_what_is_wrong_what_is_expected_and_where(string text, int at, string message)
    {
        string error = Assert.Throws<FormatException>(() => ComparisonRules.Parse(text)).Message;
        Assert.StartsWith(message, error, StringComparison.Ordinal);
        string[] lines = error.Split('\n');
        Assert.Equal(("  " + text, at + 2), (lines[1], lines[2].IndexOf('^', StringComparison.Ordinal)));
    }

    [Fact]
    public void Whatever_is_typed_is_read_or_refused_with_a_place()
    {
        Random random = new(1);
        string[] pieces = ["p99", "p50", " ", ">", "<", "=", "1.2", "x", "%", "+", "-", ",", "or", "mean", "\n", "99999999999", "é", "."];
        for (int i = 0; i < 100_000; i++)
        {
            string text = string.Concat(random.GetItems(pieces, random.Next(12)));
            try
            {
                Assert.NotEmpty(ComparisonRules.Parse(text).Rules);
            }
            catch (FormatException e)
            {
                Assert.Contains('^', e.Message);
            }
        }
    }
}
