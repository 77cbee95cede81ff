namespace Tracers.Engine.Analysis.Comparison;

/// <summary>Whether a percentile of two distributions differs: how the values beyond that of both together divide among the two.</summary>
/// <remarks>
/// A rank test looks at all values alike, and hardly sees a tail that got longer. If both were of one distribution, each would have its share of
/// the values beyond the common percentile, as balls that are drawn from one urn.
/// </remarks>
internal static class QuantileTest
{
    // Up to so many values beyond, their division is counted out.
    private const long Countable = 1000;

    /// <summary>The chance of a division so uneven when both are of one distribution.</summary>
    /// <param name="first">One, not empty.</param>
    /// <param name="second">The other, not empty.</param>
    /// <param name="thousandths">Which percentile: 990 for p99.</param>
    public static double PValue(DurationHistogram first, DurationHistogram second, int thousandths)
    {
        long all = first.Count + second.Count;
        long rank = Math.Clamp((long)(((Int128)all * thousandths + 999) / 1000), 1, all);
        long below = 0;
        long secondBelow = 0;
        foreach ((long inFirst, long inSecond) in MergedGroups.Of(first, second))
        {
            below += inFirst + inSecond;
            secondBelow += inSecond;
            if (below >= rank)
                break;
        }

        long beyond = all - below;
        long secondBeyond = second.Count - secondBelow;
        return beyond <= Countable ? Exact(all, second.Count, beyond, secondBeyond) : Approximate(all, second.Count, beyond, secondBeyond);
    }

    // Both tails: all divisions that are no more likely than this one.
    private static double Exact(long all, long second, long beyond, long secondBeyond)
    {
        long least = Math.Max(0, beyond - (all - second));
        long most = Math.Min(beyond, second);

        // Relative to the expected division, of which the others follow one by one: factorials of large numbers are never needed.
        long middle = Math.Clamp((long)((double)beyond * second / all), least, most);
        double[] weights = new double[most - least + 1];
        weights[middle - least] = 1;
        for (long k = middle; k < most; k++)
            weights[k + 1 - least] = weights[k - least] * ((double)(beyond - k) * (second - k) / ((double)(k + 1) * (all - second - beyond + k + 1)));
        for (long k = middle; k > least; k--)
            weights[k - 1 - least] = weights[k - least] * ((double)k * (all - second - beyond + k) / ((double)(beyond - k + 1) * (second - k + 1)));

        const double Rounding = 1 + 1e-9;
        double limit = weights[secondBeyond - least] * Rounding;
        return Math.Min(weights.Where(w => w <= limit).Sum() / weights.Sum(), 1);
    }

    private static double Approximate(double all, double second, double beyond, double secondBeyond)
    {
        double expected = beyond * second / all;
        double variance = expected * (all - second) / all * (all - beyond) / (all - 1);
        return variance > 0 ? NormalTail.TwoSided(Math.Max(Math.Abs(secondBeyond - expected) - 0.5, 0) / Math.Sqrt(variance)) : 1;
    }
}
