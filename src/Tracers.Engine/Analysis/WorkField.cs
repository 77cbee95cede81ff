namespace Tracers.Engine.Analysis;

/// <summary>The places of a <see cref="WorkVector"/>: nanoseconds by what they went into, then counts.</summary>
/// <remarks>The order of the times is a rule: of several threads in one span, the one whose part stands first says where a moment belongs.</remarks>
internal enum WorkField
{
    FileTime,
    NetworkTime,
    PipeTime,
    OtherTime,
    CpuTime,
    OffCpuTime,
    WaitTime,
    Calls,
    IoCalls,
    UntimedCalls,
    Errors,
    ReadBytes,
    WriteBytes,
    FileBytes,
    NetworkBytes,
    PipeBytes,
}
