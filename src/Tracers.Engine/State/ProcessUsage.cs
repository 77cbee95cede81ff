using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.State;

/// <summary>What only a list of a capture needs of a process: kept where a capture is being made, and where a question about one asks for it.</summary>
internal sealed record ProcessUsage
{
    public static readonly ProcessUsage None = new();

    /// <summary>Virtual memory in KiB, as all that follows when the process was listed or its program began.</summary>
    public uint VmSizeKb { get; init; }

    /// <summary>Resident memory in KiB.</summary>
    public uint VmRssKb { get; init; }

    /// <summary>Swapped memory in KiB.</summary>
    public uint VmSwapKb { get; init; }

    public ulong MajorFaults { get; init; }

    public ulong MinorFaults { get; init; }

    /// <summary>The environment, each string followed by a NUL.</summary>
    public ByteText Environment { get; init; }

    /// <summary>Whether the user may write the executable.</summary>
    public bool ExeWritable { get; init; }
}
