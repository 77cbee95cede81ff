namespace Tracers.Engine.Analysis;

/// <summary>Times as the intervals that they lie in: of the same length, the first one beginning with the first event of the capture.</summary>
/// <param name="interval">Nanoseconds.</param>
internal sealed class IntervalKey(long interval)
{
    private readonly NumberInterner _numbers = new();
    private long _start = long.MaxValue;
    private int _id;

    /// <summary>Begins a pass, whose intervals begin elsewhere.</summary>
    public void BeginPass() => _start = long.MaxValue;

    /// <summary>The number of the interval in which a moment lies.</summary>
    /// <param name="first">The first event of the capture, ns since the epoch; 0 before it was read.</param>
    /// <param name="time">The moment.</param>
    public int Id(long first, long time)
    {
        // Events come in the order of time, or nearly so: most lie where the one before them does.
        if (time < _start || time - _start >= interval)
        {
            _start = Start(first, time);
            _id = _numbers.Intern(_start);
        }

        return _id;
    }

    /// <summary>When the interval begins in which a moment lies.</summary>
    /// <inheritdoc cref="Id"/>
    public long Start(long first, long time)
    {
        long since = time - (first != 0 ? first : time);
        long rest = since % interval;
        return time - (rest < 0 ? rest + interval : rest);
    }
}
