namespace Tracers.Tests.PowerShell.Probes;

/// <summary>An output object as the module's commands write them.</summary>
public sealed record ProbeRecord(Duration? Duration, Timestamp? Time = null);
