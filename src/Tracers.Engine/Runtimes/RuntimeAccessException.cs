namespace Tracers.Engine.Runtimes;

/// <summary>A .NET process cannot be listened to; the message says why and what to do.</summary>
internal sealed class RuntimeAccessException(string message, Exception? inner = null) : Exception(message, inner);
