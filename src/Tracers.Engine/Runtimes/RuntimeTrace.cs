namespace Tracers.Engine.Runtimes;

/// <summary>What a trace of a runtime says of itself before its events.</summary>
internal sealed record RuntimeTrace
{
    /// <summary>The process, as its own pid namespace numbers it.</summary>
    public required int Pid { get; init; }

    /// <summary>The runtime's clock at one moment, ns.</summary>
    public required long ClockTime { get; init; }

    /// <summary>The time of day at that moment, ns since the epoch; runtimes write it in whole milliseconds.</summary>
    public required long WallTime { get; init; }

    /// <summary>Its command line, the words with a space between; null where the trace does not say.</summary>
    public string? CommandLine { get; init; }
}
