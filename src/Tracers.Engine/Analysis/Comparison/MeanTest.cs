namespace Tracers.Engine.Analysis.Comparison;

/// <summary>Whether the means of two distributions differ, which may spread differently: Welch's test.</summary>
internal static class MeanTest
{
    /// <summary>The chance of means so far apart when the true ones are equal.</summary>
    /// <param name="first">One, of two values at least.</param>
    /// <param name="second">The other, of two values at least.</param>
    public static double PValue(DurationHistogram first, DurationHistogram second)
    {
        (double mean, double error) = Mean(first);
        (double otherMean, double otherError) = Mean(second);
        double variance = error + otherError;
        if (variance <= 0)
            return mean == otherMean ? 1 : 0;

        // How well a spread is known that was taken from few values.
        double degrees = variance * variance / ((error * error / (first.Count - 1)) + (otherError * otherError / (second.Count - 1)));
        return StudentTail.TwoSided((mean - otherMean) / Math.Sqrt(variance), degrees);
    }

    // The mean and the square of its standard error.
    private static (double Mean, double Error) Mean(DurationHistogram values)
    {
        double count = values.Count;
        double mean = values.Total / count;
        double squares = 0;
        foreach (DurationGroup group in values.Groups(byBucket: false))
            squares += group.Count * Math.Pow(group.Middle - mean, 2);
        return (mean, squares / (count - 1) / count);
    }
}
