namespace Tracers.Engine.Pictures;

/// <summary>A stretch of time on a row of cells.</summary>
/// <param name="start">Where it begins, ns since the epoch.</param>
/// <param name="end">Where it ends; a stretch of no length has one nanosecond.</param>
/// <param name="cells">How many cells.</param>
internal sealed class TimeScale(long start, long end, int cells)
{
    private readonly long _length = Math.Max(end - start, 1);

    public int Cells { get; } = cells;

    /// <summary>The border between two cells that a moment is nearest to: 0 to <see cref="Cells"/>.</summary>
    public int BorderAt(long moment)
    {
        Int128 scaled = (Int128)(moment - start) * Cells;
        return (int)Int128.Clamp((scaled + (_length / 2)) / _length, 0, Cells);
    }

    /// <summary>The cells of a bar, at least one: what has taken time, or none at all, is seen.</summary>
    public (int From, int To) CellsOf(long from, long to)
    {
        int first = Math.Min(BorderAt(from), Cells - 1);
        return (first, Math.Max(BorderAt(to), first + 1));
    }

    /// <summary>Where the divisions of the scale are, and how long after the beginning: round numbers, so far apart that a text fits between.</summary>
    /// <param name="room">Cells between two at least.</param>
    public IEnumerable<(int Cell, long Time)> Divisions(int room)
    {
        long step = StepOf((Int128)_length * room / Cells);
        for (Int128 time = 0; time <= _length; time += step)
            yield return (BorderAt(start + (long)time), (long)time);
    }

    // 1, 2 or 5 and zeros.
    private static long StepOf(Int128 least)
    {
        Int128 unit = 1;
        while (unit * 10 <= least)
            unit *= 10;
        Int128 step = unit >= least ? unit : unit * 2 >= least ? unit * 2 : unit * 5 >= least ? unit * 5 : unit * 10;
        return (long)Int128.Min(step, long.MaxValue);
    }
}
