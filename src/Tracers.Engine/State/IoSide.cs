namespace Tracers.Engine.State;

/// <summary>One side of a call that moves bytes: what it counts as, a read or a write.</summary>
/// <param name="Reads">Whether it reads; else it writes.</param>
/// <param name="Fd">The descriptor; null when it is not known.</param>
/// <param name="FdNumber">Its number; −1 when that is not known.</param>
/// <param name="Result">Bytes, or the negative error number.</param>
/// <param name="Latency">Nanoseconds in the call; <see cref="EventOutcome.UnknownLatency"/> when not known or charged to the other side.</param>
internal readonly record struct IoSide(bool Reads, FdInfo? Fd, long FdNumber, long Result, long Latency);
