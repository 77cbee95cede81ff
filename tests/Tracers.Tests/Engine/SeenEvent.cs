namespace Tracers.Tests.Engine;

/// <summary>One visible event as a pass decoded it.</summary>
internal sealed record SeenEvent(
    long Number,
    int Type,
    int Tid,
    int Pid,
    string? ProcessName,
    long Timestamp,
    long FdNumber,
    string? FdType,
    string? FdName,
    long Result,
    long Latency,
    bool IsMarker,
    byte[][] Parameters);
