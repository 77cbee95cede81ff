using System.Globalization;
using Tracers.Engine.Capture;

namespace Tracers.Live;

/// <summary>What a running capture shows of itself while somebody waits: the rate is that since the last look.</summary>
internal sealed class RecordingMeter
{
    private CaptureProgress _last;

    /// <summary>One line.</summary>
    public string Read(CaptureProgress now)
    {
        double seconds = (now.Elapsed - _last.Elapsed).TotalSeconds;
        double rate = seconds > 0 ? (now.Events - _last.Events) / seconds : 0;
        _last = now;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{rate:N0} events/s, {Views.Bytes(now.Bytes)}, {Views.Count(now.Spans, "span")}, {now.LostEvents:N0} lost, {(Duration)now.Lag:H} behind");
    }
}
