using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux.Native;

/// <summary>The clock that the probe stamps with, and how far it is from the time of day.</summary>
internal static partial class MonotonicClock
{
    private const int Realtime = 0;
    private const int Monotonic = 1;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const int Tries = 16;

    /// <summary>CLOCK_MONOTONIC in ns.</summary>
    public static ulong Now => (ulong)Read(Monotonic);

    /// <summary>What is added to a CLOCK_MONOTONIC to get ns since the epoch.</summary>
    /// <remarks>
    /// Of several readings of one clock between two of the other the closest pair counts: it is off by half its distance at most,
    /// some 20 ns. The result changes when the time of day is set, or is slewed.
    /// </remarks>
    public static long OffsetToRealtime()
    {
        long narrowest = long.MaxValue, offset = 0;
        for (int i = 0; i < Tries; i++)
        {
            long before = Read(Monotonic);
            long realtime = Read(Realtime);
            long distance = Read(Monotonic) - before;
            if (distance < narrowest)
                (narrowest, offset) = (distance, realtime - (before + distance / 2));
        }

        return offset;
    }

    private static long Read(int clock)
    {
        GetTime(clock, out TimeSpec time);
        return time.Seconds * NanosecondsPerSecond + time.Nanoseconds;
    }

    // Never fails for these two clocks.
    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    private static partial int GetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
