using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Scap;

/// <summary>What stands before the events of a section: the machine as it was when the capture began.</summary>
internal sealed class SectionMetadata(CancellationToken cancellation)
{
    private const int EntriesBetweenChecks = 1024;

    private int _entries;

    public required ushort MajorVersion { get; init; }

    public required ushort MinorVersion { get; init; }

    /// <summary>The blocks of known types as they are, for a copy of the section; null when nobody asked for them.</summary>
    public List<(uint Type, byte[] Body)>? Blocks { get; init; }

    /// <summary>Null when the file has none.</summary>
    public MachineInfo? Machine { get; set; }

    public List<ProcessRecord> Processes { get; } = [];

    /// <summary>Open descriptors by the tid of the thread that owns the table.</summary>
    public List<KeyValuePair<int, FdRecord>> Descriptors { get; } = [];

    public List<InterfaceRecord> Interfaces { get; } = [];

    public List<UserRecord> Users { get; } = [];

    public List<GroupRecord> Groups { get; } = [];

    /// <summary>Entries of lists, of types that this reader does not know.</summary>
    public int SkippedEntries { get; set; }

    /// <summary>To be called for each entry of a list that is worked on; now and then sees whether the pass was cancelled, since a list can be long.</summary>
    /// <exception cref="OperationCanceledException">It was.</exception>
    public void CountEntry()
    {
        if (++_entries % EntriesBetweenChecks == 0)
            cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Blocks of a type that this reader does not know.</summary>
    public int SkippedBlocks { get; set; }
}
