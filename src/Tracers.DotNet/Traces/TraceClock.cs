using Microsoft.Diagnostics.Tracing;

namespace Tracers.DotNet.Traces;

/// <summary>When the events of a trace were, on the runtime's own clock.</summary>
/// <remarks>TraceEvent shows the milliseconds since the start as a double, which is exact to a nanosecond for a hundred days.</remarks>
internal sealed class TraceClock(NettraceHeader header)
{
    private const double NanosecondsPerMillisecond = 1e6;

    public long TimeOf(TraceEvent e) => header.ClockTime + (long)Math.Round(e.TimeStampRelativeMSec * NanosecondsPerMillisecond);
}
