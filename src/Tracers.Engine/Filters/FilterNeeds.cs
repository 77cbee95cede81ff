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

    /// <summary>Memory, page faults and time on cpus as they change: <see cref="State.CaptureState.KeepsUse"/>.</summary>
    Use = 8 | Records,

    /// <summary>The open spans around a thread: <see cref="CapturePass.OpenSpansIn"/>, as the next three.</summary>
    SpansOfThread = 16 | Spans,

    SpansOfProcess = 32 | Spans,

    SpansOfChildren = 64 | Spans,

    SpansOfMachine = 128 | Spans,
}
