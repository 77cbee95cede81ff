namespace Tracers.Engine.Analysis.Spectrogram;

/// <summary>Columns of equal width on a logarithmic scale.</summary>
/// <remarks>
/// A value v lies in the column ⌊log(v)·columns/length⌋, computed as csysdig does (falcosecurity/libs <c>filterchecks.cpp</c>, <c>span.duration.quantized</c>).
/// The bounds of the columns are found once, as whole numbers, so that what is counted in a column is exactly what lies between its bounds.
/// </remarks>
internal sealed class LogScale
{
    /// <summary>The column of values below the scale: what is less than 1.</summary>
    public const int Below = -1;

    // The first value of each column, and behind the last column the end of the scale.
    private readonly long[] _bounds;
    private readonly long[] _divisions;

    private LogScale(int columns, int divisions, long step, Func<double, double> position)
    {
        Columns = columns;
        _divisions = new long[divisions];
        long value = 1;
        for (int i = 0; i < divisions; i++, value *= step)
            _divisions[i] = value;

        _bounds = new long[columns + 1];
        for (int column = 0; column < columns; column++)
            _bounds[column] = FirstOf(column, (long)Math.Pow(step, (double)column * divisions / columns), position);
        _bounds[columns] = value;
    }

    /// <summary>csysdig's scale of durations: 1 ns to 100 s, with a division at every power of ten.</summary>
    /// <param name="columns">How many columns it has, at least 1.</param>
    public static LogScale OfDurations(int columns) => new(columns, 11, 10, ns => Math.Log10(ns) * columns / 11);

    /// <summary>A scale of bytes: 1 B to 1 TB, with a division at every power of 16: so KB, MB and GB, which are powers of 1024, are whole numbers.</summary>
    /// <param name="columns">How many columns it has, at least 1.</param>
    public static LogScale OfBytes(int columns) => new(columns, 10, 16, bytes => Math.Log2(bytes) * columns / 40);

    /// <summary>How many columns it has.</summary>
    public int Columns { get; }

    /// <summary>The values at which labels stand, from 1 upwards.</summary>
    public IReadOnlyList<long> Divisions => _divisions;

    /// <summary>The first value that is too large for it.</summary>
    public long End => _bounds[Columns];

    /// <summary>The smallest value in a column; of the column behind the last the end of the scale.</summary>
    public long Low(int column) => _bounds[column];

    /// <summary>The column of a value: <see cref="Below"/> when it is less than 1, <see cref="Columns"/> when it is too large.</summary>
    public int ColumnOf(long value)
    {
        if (value < 1)
            return Below;
        if (value >= End)
            return Columns;

        // The last column that begins at or before it. On a wide scale several begin at the same small number, and all but the last are empty.
        int low = 0;
        int high = Columns;
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            if (_bounds[middle] <= value)
                low = middle;
            else
                high = middle;
        }

        return low;
    }

    // From about there: the power is not exact.
    private static long FirstOf(int column, long value, Func<double, double> position)
    {
        value = Math.Max(value, 1);
        while (value > 1 && (long)position(value - 1) >= column)
            value--;
        while ((long)position(value) < column)
            value++;
        return value;
    }
}
