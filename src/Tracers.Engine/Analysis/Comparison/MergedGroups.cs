namespace Tracers.Engine.Analysis.Comparison;

/// <summary>Two distributions side by side.</summary>
internal static class MergedGroups
{
    /// <summary>How many values of each belong to every group that occurs, in ascending order: exact values where both have them, else buckets.</summary>
    public static IEnumerable<(long First, long Second)> Of(DurationHistogram first, DurationHistogram second)
    {
        bool byBucket = !first.IsExact || !second.IsExact;
        using IEnumerator<DurationGroup> left = first.Groups(byBucket).GetEnumerator();
        using IEnumerator<DurationGroup> right = second.Groups(byBucket).GetEnumerator();
        bool hasLeft = left.MoveNext();
        bool hasRight = right.MoveNext();
        while (hasLeft || hasRight)
        {
            bool takesLeft = hasLeft && (!hasRight || left.Current.Lowest <= right.Current.Lowest);
            bool takesRight = hasRight && (!hasLeft || right.Current.Lowest <= left.Current.Lowest);
            yield return (takesLeft ? left.Current.Count : 0, takesRight ? right.Current.Count : 0);
            hasLeft = takesLeft ? left.MoveNext() : hasLeft;
            hasRight = takesRight ? right.MoveNext() : hasRight;
        }
    }
}
