using Tracers.Engine.Filters;

namespace Tracers.Engine.Analysis.Spectrogram;

/// <summary>What a spectrogram shows.</summary>
internal sealed record SpectrogramQuery
{
    /// <summary>csysdig's: half a second.</summary>
    public const long DefaultInterval = 500_000_000;

    /// <summary>What the columns are.</summary>
    public SpectrogramMetric Metric { get; init; }

    /// <summary>Nanoseconds of a row, at least 1.</summary>
    public long Interval { get; init; } = DefaultInterval;

    /// <summary>How many columns the scale has.</summary>
    public required int Columns { get; init; }

    /// <summary>Which spans; not of calls.</summary>
    public SpanQuery Spans { get; init; } = new();

    /// <summary>Which calls, in sysdig's language; null for all. Not of spans.</summary>
    public CaptureFilter? Calls { get; init; }

    /// <summary>Whether the spans themselves are kept beside their numbers.</summary>
    public bool KeepSpans { get; init; }
}
