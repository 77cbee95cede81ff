namespace Tracers.Engine.Export;

/// <summary>A capture and a trace of a runtime are not of the same time and machine; the message says why.</summary>
internal sealed class JoinException(string message) : Exception(message);
