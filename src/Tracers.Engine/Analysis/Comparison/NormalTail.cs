namespace Tracers.Engine.Analysis.Comparison;

/// <summary>The normal distribution, as far as a test needs it.</summary>
internal static class NormalTail
{
    // Below it the series converges fast, above it the fraction.
    private const double Middle = 2;
    private const int Steps = 200;

    /// <summary>The chance that a standard normal number lies at least so far from 0, in either direction.</summary>
    public static double TwoSided(double deviation)
    {
        double x = Math.Abs(deviation) / Math.Sqrt(2);
        return x < Middle ? 1 - Series(x) : Fraction(x);
    }

    // erf(x) = 2/sqrt(pi) * exp(-x*x) * sum of (2x^2)^n * x / (1*3*5*...*(2n+1)).
    private static double Series(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 1; n < Steps && term > sum * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return Math.Min(2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum, 1);
    }

    // erfc(x) = exp(-x*x)/sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))), from the inside out.
    private static double Fraction(double x)
    {
        double fraction = x;
        for (int n = Steps; n > 0; n--)
            fraction = x + (n / 2.0 / fraction);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
