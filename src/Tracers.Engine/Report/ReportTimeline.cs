using Tracers.Engine.Analysis;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Report;

/// <summary>What went on in the capture from its first event to its last, by intervals of the same length.</summary>
internal sealed class ReportTimeline
{
    private readonly long _first;

    /// <param name="first">Time of the capture's first event, ns since the epoch.</param>
    /// <param name="last">Time of its last event.</param>
    public ReportTimeline(long first, long last)
    {
        _first = first;
        long duration = Math.Max(last - first, 0);
        Interval = IntervalFor(duration);
        int count = (int)(duration / Interval) + 1;
        Spans = new long[count];
        Slowest = new long[count];
        ReadBytes = new long[count];
        WriteBytes = new long[count];
        Calls = new long[count];
        Errors = new long[count];
    }

    /// <summary>Nanoseconds.</summary>
    public long Interval { get; }

    /// <summary>Spans that ended, orphans included.</summary>
    public long[] Spans { get; }

    /// <summary>Nanoseconds of the longest of them; 0 for none.</summary>
    public long[] Slowest { get; }

    /// <summary>Of calls in spans.</summary>
    public long[] ReadBytes { get; }

    public long[] WriteBytes { get; }

    /// <summary>Calls in spans that returned.</summary>
    public long[] Calls { get; }

    /// <summary>Those of them that failed.</summary>
    public long[] Errors { get; }

    public void Add(SpanRecord span)
    {
        if (span.State == SpanState.Unfinished)
            return;
        int at = IndexOf(span.End);
        Spans[at]++;
        if (span.State == SpanState.Finished)
            Slowest[at] = Math.Max(Slowest[at], span.Duration);
    }

    /// <summary>Adds the rows of accountings whose only key is the interval.</summary>
    public void Add(IoAccounting io, CallAccounting calls)
    {
        foreach (IoRow row in io.Rows)
        {
            int at = IndexOf((long)row.Keys[0]!);
            ReadBytes[at] += row.Totals.ReadBytes;
            WriteBytes[at] += row.Totals.WriteBytes;
        }

        foreach (CallRow row in calls.Rows)
        {
            int at = IndexOf((long)row.Keys[0]!);
            Calls[at] += row.Totals.Calls;
            Errors[at] += row.Totals.Failed;
        }
    }

    // Clocks of processors contradict each other a little, and files of several captures need not be in order.
    private int IndexOf(long time) => (int)Math.Clamp((time - _first) / Interval, 0, Spans.Length - 1);

    // 1, 2 or 5 of a unit, so that the ends of intervals are numbers that can be read.
    private static long IntervalFor(long duration)
    {
        long least = duration / ReportLimits.Intervals + 1;
        for (long unit = 1; ; unit *= 10)
        {
            foreach (long step in (ReadOnlySpan<long>)[1, 2, 5])
            {
                if (step * unit >= least)
                    return step * unit;
            }
        }
    }
}
