namespace Tracers.Engine.Capture.Linux;

/// <summary>How many records each CPU lost, and how many of them the file has been told of.</summary>
internal sealed class LossLedger
{
    private readonly Ring[] _rings;
    private readonly ulong[] _told;
    private readonly ulong[] _before;
    private long _elsewhere;
    private long _inEarlierFiles;

    public LossLedger(ReadOnlySpan<Ring> rings)
    {
        _rings = rings.ToArray();
        _told = new ulong[_rings.Length];
        _before = new ulong[_rings.Length];
    }

    public int Count => _rings.Length;

    /// <summary>Lost since <see cref="Begin"/>, on all CPUs and by others.</summary>
    public long Total
    {
        get
        {
            ulong total = (ulong)_elsewhere;
            for (int cpu = 0; cpu < _rings.Length; cpu++)
                total += _rings[cpu].Lost - _before[cpu];
            return (long)total;
        }
    }

    /// <summary>Forgets what was lost until now: nothing was recorded yet.</summary>
    public void Begin()
    {
        for (int cpu = 0; cpu < _rings.Length; cpu++)
            _told[cpu] = _before[cpu] = _rings[cpu].Lost;
    }

    /// <summary>Adds what was lost by others than the CPUs' rings.</summary>
    public void Add(long lost) => _elsewhere += lost;

    /// <summary>What was lost since this was asked for it.</summary>
    public long TakeTotal()
    {
        long total = Total, fresh = total - _inEarlierFiles;
        _inEarlierFiles = total;
        return fresh;
    }

    /// <summary>What a CPU lost since this was asked for it.</summary>
    public ulong Take(int cpu)
    {
        ulong lost = _rings[cpu].Lost;
        ulong fresh = lost - _told[cpu];
        _told[cpu] = lost;
        return fresh;
    }
}
