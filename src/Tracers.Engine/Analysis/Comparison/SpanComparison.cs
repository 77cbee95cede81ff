namespace Tracers.Engine.Analysis.Comparison;

/// <summary>Compares the spans of two captures, row by row.</summary>
internal static class SpanComparison
{
    /// <summary>The fewest spans of a row, on either side, that say something.</summary>
    public const int FewestSpans = 8;

    /// <summary>One row for every combination of keys that either has: what changed first, and of that what makes most of a difference.</summary>
    public static IReadOnlyList<ComparedRow> Compare(SpanSummary reference, SpanSummary difference, ComparisonOptions options)
    {
        Dictionary<object?[], ComparedRow> rows = new(KeyValuesComparer.Instance);
        foreach (SpanRow row in reference.Rows)
            rows.Add(row.Keys, new ComparedRow(row.Keys, row.Totals, null));
        foreach (SpanRow row in difference.Rows)
            rows[row.Keys] = new ComparedRow(row.Keys, rows.GetValueOrDefault(row.Keys)?.Reference, row.Totals);

        ComparedRow[] compared = [.. rows.Values];
        Test(compared, options);
        CheckRules(compared, options);
        return [.. compared.OrderBy(static r => Rank(r.Change)).ThenByDescending(static r => Math.Abs(AddedTime(r)))];
    }

    private static void Test(ComparedRow[] rows, ComparisonOptions options)
    {
        int[] testable = [.. Enumerable.Range(0, rows.Length).Where(i => IsTestable(rows[i]))];
        RankTest[] tests = Array.ConvertAll(testable, i => RankTest.Of(rows[i].Reference!.Durations, rows[i].Difference!.Durations));
        double[] corrected = HolmCorrection.Correct(Array.ConvertAll(tests, static t => t.PValue));
        for (int i = 0; i < rows.Length; i++)
            rows[i] = rows[i] with { Change = WithoutTest(rows[i]) };
        for (int i = 0; i < testable.Length; i++)
        {
            ComparedRow row = rows[testable[i]] with { Test = tests[i], PValue = corrected[i] };
            rows[testable[i]] = row with { Change = WithTest(row, options) };
        }
    }

    private static SpanChange WithoutTest(ComparedRow row) =>
        row.Reference is null ? SpanChange.New
        : row.Difference is null ? SpanChange.Gone
        : SpanChange.TooFew;

    // With many spans chance explains nothing, however little has changed: so it must also be enough to matter.
    private static SpanChange WithTest(ComparedRow row, ComparisonOptions options)
    {
        if (row.PValue > options.Significance)
            return SpanChange.Same;
        double median = row.Ratio(ComparisonMetric.P50) ?? 1;
        double mean = row.Ratio(ComparisonMetric.Mean) ?? 1;
        return row.Test!.Value.Chance > 0.5
            ? Math.Max(median, mean) >= 1 + options.MinChange ? SpanChange.Slower : SpanChange.Same
            : Math.Min(median, mean) <= 1 / (1 + options.MinChange) ? SpanChange.Faster : SpanChange.Same;
    }

    private static void CheckRules(ComparedRow[] rows, ComparisonOptions options)
    {
        List<(int Row, BrokenRule Broken)> held = [];
        List<(int Held, double PValue)> tests = [];
        for (int i = 0; i < rows.Length; i++)
        {
            foreach (ComparisonRule rule in options.Rules)
            {
                bool isTested = rule.Metric.IsSampled();
                if (isTested && !IsTestable(rows[i]))
                    continue;
                double? p = isTested ? rule.Metric.PValue(rows[i].Reference!.Durations, rows[i].Difference!.Durations) : null;
                if (p is { } value)
                    tests.Add((held.Count, value));
                held.Add((i, new BrokenRule(rule, rows[i].Ratio(rule.Metric) ?? double.NaN, p)));
            }
        }

        // Every test counts for the correction, also of conditions that do not hold.
        double[] corrected = HolmCorrection.Correct([.. tests.Select(static t => t.PValue)]);
        for (int i = 0; i < tests.Count; i++)
            held[tests[i].Held] = (held[tests[i].Held].Row, held[tests[i].Held].Broken with { PValue = corrected[i] });
        foreach (IGrouping<int, BrokenRule> row in held.Where(h => IsBroken(h.Broken, options)).GroupBy(static h => h.Row, static h => h.Broken))
            rows[row.Key] = rows[row.Key] with { Broken = [.. row] };
    }

    private static bool IsBroken(BrokenRule broken, ComparisonOptions options) =>
        broken.Rule.Holds(broken.Ratio) && (broken.PValue is not { } p || p <= options.Significance);

    private static bool IsTestable(ComparedRow row) =>
        row.Reference?.Durations.Count >= FewestSpans && row.Difference?.Durations.Count >= FewestSpans;

    private static int Rank(SpanChange change) => change switch
    {
        SpanChange.Slower => 0,
        SpanChange.Faster => 1,
        SpanChange.New => 2,
        SpanChange.Gone => 3,
        SpanChange.Same => 4,
        _ => 5,
    };

    // What all spans of the second capture together took longer than as many of the first.
    private static double AddedTime(ComparedRow row)
    {
        double before = row.Reference is { } old ? ComparisonMetric.Mean.ValueOf(old) ?? 0 : 0;
        double now = row.Difference is { } fresh ? ComparisonMetric.Mean.ValueOf(fresh) ?? 0 : 0;
        return (now - before) * (row.Difference ?? row.Reference)!.Durations.Count;
    }
}
