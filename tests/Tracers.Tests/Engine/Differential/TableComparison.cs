using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Compares a whole table with one that is cut after its largest rows.</summary>
internal static class TableComparison
{
    /// <summary>
    /// The cut table's values must be the largest ones of the whole table, and every key above the smallest of them must have its value:
    /// which of equal rows stay behind the cut is chance.
    /// </summary>
    public static void AssertSame(List<KeyValuePair<string, long>> cut, List<KeyValuePair<string, long>> whole, int limit, string what = "")
    {
        string difference = $"{what}\n{Describe(cut, whole)}";
        Assert.True(cut.Select(r => r.Value).OrderDescending().SequenceEqual(whole.Select(r => r.Value).OrderDescending().Take(limit)), difference);
        long smallest = cut.Count < limit ? 0 : cut.Min(r => r.Value);
        Assert.True(Above(cut).SequenceEqual(Above(whole)), difference);

        IEnumerable<KeyValuePair<string, long>> Above(List<KeyValuePair<string, long>> rows) =>
            rows.Where(r => r.Value > smallest).OrderBy(r => r.Key, StringComparer.Ordinal);
    }

    private static string Describe(List<KeyValuePair<string, long>> sysdig, List<KeyValuePair<string, long>> engine) =>
        "only sysdig: " + string.Join("; ", sysdig.Except(engine)) + "\nonly the engine: " + string.Join("; ", engine.Except(sysdig));
}
