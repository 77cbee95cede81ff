namespace Tracers.Engine.Analysis.Comparison;

/// <summary>Student's distribution, as far as a test needs it.</summary>
internal static class StudentTail
{
    // From so many degrees of freedom on it is as good as the normal one.
    private const double ManyDegrees = 100_000;

    // The fraction needs some times the square root of the degrees.
    private const int Steps = 1500;

    /// <summary>The chance that a number of the distribution lies at least so far from 0, in either direction.</summary>
    /// <param name="deviation">How far.</param>
    /// <param name="degrees">The degrees of freedom, more than 0.</param>
    public static double TwoSided(double deviation, double degrees)
    {
        if (degrees >= ManyDegrees)
            return NormalTail.TwoSided(deviation);
        double square = deviation * deviation;
        return IncompleteBeta(degrees / 2, 0.5, degrees / (degrees + square), square / (degrees + square));
    }

    // The regularized one of x, of which y is 1 - x. The fraction converges fast below the mean; beyond, that of the other side does.
    private static double IncompleteBeta(double a, double b, double x, double y)
    {
        if (x > (a + 1) / (a + b + 2))
            return 1 - IncompleteBeta(b, a, y, x);
        return x <= 0 ? 0 : Math.Exp((a * Math.Log(x)) + (b * Math.Log(y)) - LogBeta(a, b)) / a / Fraction(a, b, x);
    }

    // 1 + d1/(1 + d2/(1 + ...)), from the inside out.
    private static double Fraction(double a, double b, double x)
    {
        double fraction = 1;
        for (int n = Steps; n > 0; n--)
        {
            double m = n / 2;
            double numerator = (n & 1) == 0 ? m * (b - m) : -(a + m) * (a + b + m);
            fraction = 1 + (numerator * x / ((a + n - 1) * (a + n)) / fraction);
        }

        return fraction;
    }

    private static double LogBeta(double a, double b) => LogGamma(a) + LogGamma(b) - LogGamma(a + b);

    // Stirling's series, which is exact for numbers that are not small.
    private static double LogGamma(double x)
    {
        const double Large = 16;
        double product = 1;
        for (; x < Large; x++)
            product *= x;
        double square = x * x;
        double series = (1.0 / 12 - ((1.0 / 360 - ((1.0 / 1260 - (1.0 / 1680 / square)) / square)) / square)) / x;
        return ((x - 0.5) * Math.Log(x)) - x + (Math.Log(2 * Math.PI) / 2) + series - Math.Log(product);
    }
}
