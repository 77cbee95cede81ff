using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;

namespace Tracers.Engine.Export;

/// <summary>Threads and descriptors at one moment, for the lists of a section.</summary>
/// <param name="Processes">The threads.</param>
/// <param name="Descriptors">The descriptors of each that has a table of its own.</param>
internal sealed record MachineLists(IReadOnlyList<ProcessRecord> Processes, IReadOnlyList<(ulong Tid, FdRecord[] Fds)> Descriptors)
{
    /// <summary>As the state has them now.</summary>
    public static MachineLists Of(CaptureState state) => new(state.ExportProcesses(), state.ExportDescriptors());

    /// <summary>As a section begins with them.</summary>
    public static MachineLists Of(SectionMetadata section)
    {
        HashSet<ulong> known = [.. section.Processes.Select(static p => p.Tid)];
        return new(section.Processes, [.. section.Descriptors
            .Where(static d => d.Value.Type != FdRecordType.Unknown)
            .GroupBy(static d => (ulong)d.Key, static d => Readable(d.Value))
            .Where(fds => known.Contains(fds.Key))
            .Select(static fds => (fds.Key, fds.ToArray()))]);
    }

    // Of the types that came after sysdig's last version none may be in a file that it is to read.
    private static FdRecord Readable(FdRecord record) => record.Type <= FdRecordType.FileV2 ? record : record with { Type = FdRecordType.Unsupported };
}
