using System.Numerics;

namespace Tracers.Engine.Analysis;

/// <summary>The distribution of durations, in memory that does not grow with their number.</summary>
/// <remarks>
/// Count, sum, smallest and largest are exact. Up to <see cref="ExactCapacity"/> values all others are as well, for the values themselves are
/// kept. Beyond that a value only leaves a mark in a bucket, 128 to a power of two: what is told of it is the middle of its bucket, which is
/// off by 1/256 (0.4 %) at most; below 256 ns it is exact still.
/// </remarks>
internal sealed class DurationHistogram
{
    /// <summary>How many values are kept as they are.</summary>
    public const int ExactCapacity = 4096;

    private const int SubBits = 7;
    private const int SubCount = 1 << SubBits;

    // Values of fewer bits than this have a bucket each.
    private const int LinearBits = SubBits + 1;

    private long[]? _values = [];
    private bool _isSorted = true;

    // By the number of a value's highest bit, from LinearBits − 1 for all that are smaller; made when the first value comes.
    private long[]?[]? _octaves;

    /// <summary>How many values there are.</summary>
    public long Count { get; private set; }

    /// <summary>Their sum; the largest number there is when it would be larger.</summary>
    public long Total { get; private set; }

    /// <summary>The smallest value; meaningless without values.</summary>
    public long Minimum { get; private set; } = long.MaxValue;

    /// <summary>The largest value; meaningless without values.</summary>
    public long Maximum { get; private set; }

    /// <summary>Whether every answer is exact.</summary>
    public bool IsExact => _octaves is null;

    /// <summary>Adds a value, which is not negative.</summary>
    public void Add(long value)
    {
        AddToSums(1, value, value, value);
        if (_octaves is not null)
        {
            Bucket(value)++;
            return;
        }

        if (Count > ExactCapacity)
        {
            MakeBuckets();
            Bucket(value)++;
            return;
        }

        if (Count > _values!.Length)
            Array.Resize(ref _values, Math.Clamp(_values.Length * 2, 4, ExactCapacity));
        _values[Count - 1] = value;
        _isSorted = false;
    }

    /// <summary>Adds all values of another distribution.</summary>
    public void Add(DurationHistogram other)
    {
        if (other._octaves is null && (_octaves is not null || Count + other.Count <= ExactCapacity))
        {
            foreach (long value in other.Values)
                Add(value);
            return;
        }

        if (_octaves is null)
            MakeBuckets();
        if (other._octaves is null)
        {
            foreach (long value in other.Values)
                Bucket(value)++;
        }
        else
        {
            foreach (DurationGroup group in other.BucketGroups())
                Bucket(group.Lowest) += group.Count;
        }

        AddToSums(other.Count, other.Total, other.Minimum, other.Maximum);
    }

    /// <summary>The smallest value that at least so many thousandths of all values do not exceed: 500 for the median, 999 for p99.9.</summary>
    /// <param name="thousandths">1 to 1000.</param>
    /// <exception cref="InvalidOperationException">There are no values.</exception>
    public long Percentile(int thousandths)
    {
        if (Count == 0)
            throw new InvalidOperationException("A percentile needs values.");
        long rank = (long)(((Int128)Count * thousandths + 999) / 1000);
        rank = Math.Clamp(rank, 1, Count);
        if (_octaves is null)
        {
            Sort();
            return _values![rank - 1];
        }

        // The ends are known exactly, and no value lies outside of them.
        if (rank == Count)
            return Maximum;
        long seen = 0;
        foreach (DurationGroup group in BucketGroups())
        {
            seen += group.Count;
            if (seen >= rank)
                return Math.Clamp(group.Middle, Minimum, Maximum);
        }

        return Maximum;
    }

    /// <summary>The values in ascending order, those that are not told apart as one group.</summary>
    /// <param name="byBucket">Whether they are grouped by bucket even where they are known exactly: for a comparison with a distribution that has only those.</param>
    public IEnumerable<DurationGroup> Groups(bool byBucket)
    {
        if (_octaves is not null)
            return BucketGroups();
        Sort();
        return ValueGroups(byBucket);
    }

    private ReadOnlySpan<long> Values => _values.AsSpan(0, (int)Count);

    private void AddToSums(long count, long total, long minimum, long maximum)
    {
        if (count == 0)
            return;
        Count += count;
        long sum = unchecked(Total + total);
        Total = sum < 0 ? long.MaxValue : sum;
        Minimum = Math.Min(Minimum, minimum);
        Maximum = Math.Max(Maximum, maximum);
    }

    private void Sort()
    {
        if (_isSorted)
            return;
        Array.Sort(_values!, 0, (int)Count);
        _isSorted = true;
    }

    private void MakeBuckets()
    {
        _octaves = new long[]?[64];
        foreach (long value in _values.AsSpan(0, (int)Math.Min(Count, _values!.Length)))
            Bucket(value)++;
        _values = null;
    }

    private ref long Bucket(long value)
    {
        int octave = Octave(value);
        long[] buckets = _octaves![octave] ??= new long[octave < LinearBits ? 1 << LinearBits : SubCount];
        return ref buckets[octave < LinearBits ? value : (value >> (octave - SubBits)) & (SubCount - 1)];
    }

    private static int Octave(long value) => Math.Max(BitOperations.Log2((ulong)value), LinearBits - 1);

    private static DurationGroup GroupOf(long value, long count)
    {
        int octave = Octave(value);
        int shift = octave < LinearBits ? 0 : octave - SubBits;
        long lowest = (value >> shift) << shift;
        return new DurationGroup(lowest, lowest + (1L << shift) - 1, count);
    }

    private IEnumerable<DurationGroup> BucketGroups()
    {
        for (int octave = 0; octave < _octaves!.Length; octave++)
        {
            if (_octaves[octave] is not { } buckets)
                continue;
            for (int i = 0; i < buckets.Length; i++)
            {
                if (buckets[i] == 0)
                    continue;
                long value = octave < LinearBits ? i : (1L << octave) | ((long)i << (octave - SubBits));
                yield return GroupOf(value, buckets[i]);
            }
        }
    }

    private IEnumerable<DurationGroup> ValueGroups(bool byBucket)
    {
        DurationGroup current = default;
        for (int i = 0; i < Count; i++)
        {
            long value = _values![i];
            if (current.Count > 0 && value <= current.Highest)
            {
                current = current with { Count = current.Count + 1 };
                continue;
            }

            if (current.Count > 0)
                yield return current;
            current = byBucket ? GroupOf(value, 1) : new DurationGroup(value, value, 1);
        }

        if (current.Count > 0)
            yield return current;
    }
}
