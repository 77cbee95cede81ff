namespace Tracers.Engine.Report;

/// <summary>Lots for samples: of a number always the same one, and of neighbours ones that have nothing in common.</summary>
internal static class ReportLot
{
    /// <summary>The last step of SplitMix64.</summary>
    public static ulong Of(long number)
    {
        ulong z = (ulong)number * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
