namespace Tracers.Engine.Analysis;

/// <summary>What the columns of a spectrogram are.</summary>
public enum SpectrogramMetric
{
    /// <summary>How long spans took; a span is in the row in which it ended.</summary>
    Duration,

    /// <summary>How many bytes were read and written in spans, those inside of them included; a span is in the row in which it ended.</summary>
    Bytes,

    /// <summary>How long system calls took; a call is in the row in which it returned.</summary>
    Latency,
}
