namespace Tracers.Engine.Runtimes;

/// <summary>What a runtime is asked for.</summary>
internal enum RuntimeListening
{
    /// <summary>Its activities, their ways through threads, requests and pauses.</summary>
    Activities,

    /// <summary>Only that the marks of a startup hook are written as long as somebody listens.</summary>
    Hook,
}
