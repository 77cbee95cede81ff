using Tracers.Engine.Capture.Linux.Native;

namespace Tracers.Engine.Capture.Linux;

/// <summary>How far a capture is: set by its thread, read by any other.</summary>
internal sealed class SessionCounters
{
    private long _events;
    private long _bytes;
    private long _lost;
    private long _spans;
    private long _bound;
    private long _started;
    private long _ended;

    public void Set(long events, long bytes, long lost, long spans, ulong bound, ulong started)
    {
        Volatile.Write(ref _events, events);
        Volatile.Write(ref _bytes, bytes);
        Volatile.Write(ref _lost, lost);
        Volatile.Write(ref _spans, spans);
        Volatile.Write(ref _bound, (long)bound);
        Volatile.Write(ref _started, (long)started);
    }

    /// <summary>Nothing is behind any more.</summary>
    public void End() => Volatile.Write(ref _ended, 1);

    public CaptureProgress Read()
    {
        long started = Volatile.Read(ref _started), bound = Volatile.Read(ref _bound);
        if (started == 0)
            return default;
        bool ended = Volatile.Read(ref _ended) != 0;
        long now = ended ? bound : Math.Max((long)MonotonicClock.Now, bound);
        return new CaptureProgress(
            Volatile.Read(ref _events), Volatile.Read(ref _bytes), Volatile.Read(ref _lost), Volatile.Read(ref _spans), Time(now - bound), Time(now - started));
    }

    private static TimeSpan Time(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / 100);
}
