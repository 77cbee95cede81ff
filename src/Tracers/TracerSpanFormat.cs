namespace Tracers;

/// <summary>What Export-TracerSpan can write.</summary>
public enum TracerSpanFormat
{
    /// <summary>JSON of Chrome's Trace Event Format, for Perfetto and chrome://tracing.</summary>
    Chrome,

    /// <summary>JSON for speedscope.</summary>
    Speedscope,

    /// <summary>A line for each stack and its weight, for flamegraph.pl and its kin.</summary>
    Collapsed,

    /// <summary>A table of comma-separated values.</summary>
    Csv,

    /// <summary>An array of objects.</summary>
    Json,
}
