namespace Tracers.Demo.Simulation;

/// <summary>
/// Pseudo-random numbers (SplitMix64) that are the same on every machine and every .NET: the committed capture depends on them.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from low to high, both included.</summary>
    public long Next(long low, long high) => low + (long)(NextBits() % (ulong)(high - low + 1));

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Chance(int percent) => Next(1, 100) <= percent;

    private ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
