namespace Tracers.Engine.Analysis;

/// <summary>Sums of numbers that are not negative: of damaged captures they can be greater than anything, and stay at the greatest number.</summary>
internal static class Saturated
{
    public static long Add(long left, long right)
    {
        long sum = unchecked(left + right);
        return sum < 0 ? long.MaxValue : sum;
    }

    public static long Sum(IEnumerable<long> numbers) => numbers.Aggregate(0L, Add);
}
