using Tracers.Engine.Capture.Linux.Native;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;
using Tracers.Engine.State;

namespace Tracers.Engine.Capture.Linux.Snapshot;

/// <summary>What every file of a capture begins with: what does not change of the machine, and its threads and descriptors as they are when the file begins.</summary>
internal sealed class CaptureHeader
{
    private readonly MachineInfo _machine;
    private readonly List<InterfaceRecord> _interfaces;
    private readonly List<UserRecord> _users;
    private readonly List<GroupRecord> _groups;

    private CaptureHeader(MachineInfo machine, List<InterfaceRecord> interfaces, List<UserRecord> users, List<GroupRecord> groups)
    {
        _machine = machine;
        _interfaces = interfaces;
        _users = users;
        _groups = groups;
    }

    /// <summary>Reads what this machine is.</summary>
    public static CaptureHeader Read(ProcFolder proc) => new(
        MachineReader.Read(proc), InterfaceAddresses.Read(), AccountFiles.ReadUsers("/etc/passwd"), AccountFiles.ReadGroups("/etc/group"));

    /// <summary>Makes a state know the machine, as it would from a file of it; it forgets all else.</summary>
    public void Begin(CaptureState state)
    {
        SectionMetadata section = new(CancellationToken.None) { MajorVersion = 1, MinorVersion = 2, Machine = _machine };
        section.Interfaces.AddRange(_interfaces);
        section.Users.AddRange(_users);
        section.Groups.AddRange(_groups);
        state.Begin(section);
    }

    /// <summary>Writes all that stands before the first event of a file.</summary>
    /// <param name="writer">A new one, which cuts long names.</param>
    /// <param name="state">One that keeps records.</param>
    public void Write(CaptureWriter writer, CaptureState state)
    {
        writer.WriteSectionHeader();
        writer.WriteMachineInfo(_machine);
        writer.WriteInterfaces(_interfaces);
        writer.WriteUsers(_users, _groups);
        writer.WriteProcesses(state.ExportProcesses());
        foreach ((ulong tid, FdRecord[] fds) in state.ExportDescriptors())
            writer.WriteFds(tid, fds);
    }
}
