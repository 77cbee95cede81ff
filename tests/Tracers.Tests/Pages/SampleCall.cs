namespace Tracers.Tests.Pages;

/// <summary>A system call of a report that a test makes.</summary>
/// <param name="Span">Index of the innermost span around it.</param>
/// <param name="Start">Nanoseconds after the capture's start.</param>
/// <param name="Latency">Nanoseconds.</param>
/// <param name="Name">The call.</param>
/// <param name="Fd">The descriptor's name; empty for none.</param>
/// <param name="Type">The descriptor's type; empty for none.</param>
/// <param name="Bytes">Bytes moved; -1 where the call moves none.</param>
/// <param name="Error">The error's name; empty for none.</param>
internal sealed record SampleCall(int Span, long Start, long Latency, string Name, string Fd, string Type, long Bytes, string Error = "");
