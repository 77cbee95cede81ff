namespace Tracers.Engine.Analysis.Comparison;

/// <summary>The test of Mann, Whitney and Wilcoxon: whether the values of one distribution tend to be larger than those of another, whatever their shape.</summary>
/// <param name="U">Pairs of a value of each in which that of the second is the larger; equal ones count half.</param>
/// <param name="Chance">The same by the number of pairs: 0.5 for distributions that are alike.</param>
/// <param name="PValue">The chance of a U so far from the middle when both are samples of one distribution.</param>
internal readonly record struct RankTest(double U, double Chance, double PValue)
{
    // Up to so many values on each side, all different, the distribution of U is counted out; beyond, the normal one is as good.
    private const int Countable = 20;

    /// <summary>Tests two distributions, neither of which may be empty.</summary>
    public static RankTest Of(DurationHistogram first, DurationHistogram second)
    {
        double a = first.Count;
        double b = second.Count;
        double u = 0;
        double ties = 0;
        double firstBelow = 0;
        foreach ((long inFirst, long inSecond) in MergedGroups.Of(first, second))
        {
            u += inSecond * (firstBelow + (inFirst / 2.0));
            firstBelow += inFirst;
            double tied = inFirst + inSecond;
            ties += (tied * tied * tied) - tied;
        }

        double p = ties == 0 && a <= Countable && b <= Countable
            ? Exact((int)a, (int)b, (int)Math.Min(u, (a * b) - u))
            : Approximate(a, b, Math.Abs(u - (a * b / 2)), ties);
        return new RankTest(u, u / (a * b), p);
    }

    // With the correction for ties, and that for a U that goes in steps.
    private static double Approximate(double a, double b, double distance, double ties)
    {
        double n = a + b;
        double variance = a * b / 12 * (n + 1 - (ties / (n * (n - 1))));
        return variance > 0 ? NormalTail.TwoSided(Math.Max(distance - 0.5, 0) / Math.Sqrt(variance)) : 1;
    }

    // The arrangements by their U are the coefficients of the product of (1 - x^(b+i)) / (1 - x^i) for i from 1 to a.
    private static double Exact(int a, int b, int smallerU)
    {
        double[] arrangements = new double[(a * b) + 1];
        arrangements[0] = 1;
        for (int i = 1; i <= a; i++)
        {
            for (int u = arrangements.Length - 1; u >= b + i; u--)
                arrangements[u] -= arrangements[u - b - i];
            for (int u = i; u < arrangements.Length; u++)
                arrangements[u] += arrangements[u - i];
        }

        return Math.Min(2 * arrangements.Take(smallerU + 1).Sum() / arrangements.Sum(), 1);
    }
}
