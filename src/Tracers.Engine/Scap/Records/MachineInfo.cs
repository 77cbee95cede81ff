namespace Tracers.Engine.Scap.Records;

/// <summary>What a capture says about the machine it was made on (FORMAT.md 3.2).</summary>
public sealed record MachineInfo
{
    /// <summary>Number of CPUs.</summary>
    public required uint CpuCount { get; init; }

    /// <summary>Physical memory in bytes.</summary>
    public required ulong MemoryBytes { get; init; }

    /// <summary>The highest pid of the machine.</summary>
    public ulong MaxPid { get; init; }

    /// <summary>Host name, at most 128 bytes.</summary>
    public required ByteText HostName { get; init; }

    /// <summary>Boot time in nanoseconds since the epoch; 0 in older captures, whose writers left the field empty.</summary>
    public ulong BootTime { get; init; }

    /// <summary>Flags of newer captures; 0 in older ones.</summary>
    public ulong Flags { get; init; }
}
