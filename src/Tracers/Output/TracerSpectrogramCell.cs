using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Spectrogram;

namespace Tracers;

/// <summary>A cell of a spectrogram: what ended in an interval and was of one size.</summary>
public sealed class TracerSpectrogramCell
{
    internal TracerSpectrogramCell(SpectrogramRow row, SpectrogramCell cell, LogScale scale, SpectrogramMetric metric, IReadOnlyList<TracerSpan> spans)
    {
        Start = Timestamp.FromNanoseconds(row.Start);
        End = Timestamp.FromNanoseconds(row.End);
        Low = ValueOf(cell.Column < 0 ? 0 : scale.Low(cell.Column), metric);
        High = cell.Column == scale.Columns ? null : ValueOf(scale.Low(cell.Column + 1), metric);
        Count = cell.Count;
        Spans = spans;
    }

    /// <summary>When its interval begins. What ended at this very moment is in the interval before.</summary>
    public Timestamp Start { get; }

    /// <summary>When its interval ends. What ended at this very moment is in this interval.</summary>
    public Timestamp End { get; }

    /// <summary>The smallest value in it: a <see cref="Duration"/>, or a number of bytes with <c>-Metric Bytes</c>.</summary>
    public object Low { get; }

    /// <summary>The smallest value that is too large for it; null for what is right of the scale.</summary>
    public object? High { get; }

    /// <summary>How many spans or system calls.</summary>
    public long Count { get; }

    /// <summary>The spans, in the order in which they ended. Empty with <c>-Metric Latency</c>, which counts system calls.</summary>
    public IReadOnlyList<TracerSpan> Spans { get; }

    /// <summary>A value of a scale as an object of this module.</summary>
    internal static object ValueOf(long value, SpectrogramMetric metric) =>
        metric == SpectrogramMetric.Bytes ? value : Duration.FromNanoseconds(value);

    /// <summary>A property as the views show it: <c>Low</c> or <c>High</c> in the unit that fits.</summary>
    /// <param name="property">The property's name.</param>
    public string ToText(string property) => property switch
    {
        nameof(Low) => Text(Low),
        nameof(High) => Text(High),
        _ => throw new ArgumentException($"No view shows '{property}'.", nameof(property)),
    };

    private static string Text(object? value) => value switch
    {
        Duration duration => duration.ToString("H", null),
        long bytes => Views.Bytes(bytes),
        _ => "",
    };
}
