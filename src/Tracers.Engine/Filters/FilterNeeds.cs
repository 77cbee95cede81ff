namespace Tracers.Engine.Filters;

/// <summary>What a pass must keep for fields to have their values.</summary>
[Flags]
internal enum FilterNeeds
{
    None = 0,

    /// <summary>Markers paired into spans.</summary>
    Spans = 1,

    /// <summary>The arguments of markers, and the parents of spans.</summary>
    SpanDescriptions = 2 | Spans,

    /// <summary>Environment, memory, inodes and devices: <see cref="State.CaptureState.KeepsRecords"/>.</summary>
    Records = 4,
}
