namespace Tracers.Engine.Analysis.Comparison;

/// <summary>Of many tests some look significant by chance. Holm's correction keeps the chance that any does at the level that is asked for.</summary>
internal static class HolmCorrection
{
    /// <summary>The p-values as they are to be compared with that level, in the order in which they came.</summary>
    public static double[] Correct(IReadOnlyList<double> values)
    {
        double[] corrected = new double[values.Count];
        double largest = 0;
        int left = values.Count;
        foreach (int i in Enumerable.Range(0, values.Count).OrderBy(i => values[i]))
        {
            largest = Math.Max(largest, Math.Min(values[i] * left--, 1));
            corrected[i] = largest;
        }

        return corrected;
    }
}
