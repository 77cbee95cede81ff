namespace Tracers.Demo;

/// <summary>What one request asks for and how it will go.</summary>
/// <param name="Path">The path with its query.</param>
/// <param name="Think">Nanoseconds that the client waits before it asks.</param>
internal sealed record RequestPlan(string Path, long Think)
{
    /// <summary>For /fib: the number asked for.</summary>
    public int FibNumber { get; init; }

    /// <summary>For /download: how long the transfer takes in nanoseconds, mostly waiting for disk and client.</summary>
    public long Transfer { get; init; }

    /// <summary>For /download: the client goes away in the middle.</summary>
    public bool Disconnects { get; init; }

    /// <summary>The client sends its request late, so that the first attempt to read it finds nothing.</summary>
    public bool SendsLate { get; init; }
}
