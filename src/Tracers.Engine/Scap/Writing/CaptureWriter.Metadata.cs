using System.Net.Sockets;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Scap.Writing;

public sealed partial class CaptureWriter
{
    private const string MachineIsFirst = "they describe the machine before its processes";
    private const string ProcessesAreEarly = "they come before their descriptors";
    private const string FdsAreEarly = "they say what was open before the first event";

    /// <summary>
    /// Begins the file, version 1.2. A second header, after events, begins a new section: its readers forget all threads,
    /// descriptors and open spans (FORMAT.md 1.3).
    /// </summary>
    /// <exception cref="InvalidOperationException">The section that is open holds no event yet.</exception>
    public void WriteSectionHeader()
    {
        RequireNoOpenEvent();
        if (_stage is not (WriterStage.Start or WriterStage.Events))
        {
            throw new InvalidOperationException("A section header was written already; a new section can begin only after an event.");
        }

        _body.Clear();
        _body.Add32(ScapFormat.Magic);
        _body.Add16(ScapFormat.MajorVersion);
        _body.Add16(ScapFormat.MinorVersion);
        _body.Add64(ulong.MaxValue);
        _output.WriteBlock(BlockType.SectionHeader, _body.Body);
        _stage = WriterStage.Section;
        _tids.Clear();
        _processesUnknown = false;
    }

    /// <summary>Writes what is known about the machine.</summary>
    /// <exception cref="ArgumentException">A host name above 128 bytes.</exception>
    /// <exception cref="InvalidOperationException">No section header yet, or processes were written already.</exception>
    public void WriteMachineInfo(MachineInfo machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        Require(WriterStage.Section, "Machine data", MachineIsFirst);
        _body.Clear();
        _body.Add32(machine.CpuCount);
        _body.Add64(machine.MemoryBytes);
        _body.Add64(machine.MaxPid);
        ReadOnlySpan<byte> host = _body.Limit(machine.HostName, ScapFormat.HostNameBytes, "MachineInfo.HostName");
        Span<byte> padded = stackalloc byte[ScapFormat.HostNameBytes];
        padded.Clear();
        host.CopyTo(padded);
        _body.AddBytes(padded);
        _body.Add64(machine.BootTime);
        _body.Add64(machine.Flags);
        _body.Add64(0);
        _body.Add64(0);
        WriteBody(BlockType.MachineInfo, WriterStage.Section);
    }

    /// <summary>Writes the network interfaces' addresses as one interface list v2.</summary>
    /// <exception cref="ArgumentException">A name above 1023 bytes, or addresses of two families in one record.</exception>
    /// <exception cref="InvalidOperationException">No section header yet, or processes were written already.</exception>
    public void WriteInterfaces(IEnumerable<InterfaceRecord> interfaces)
    {
        ArgumentNullException.ThrowIfNull(interfaces);
        Require(WriterStage.Section, "Interfaces", MachineIsFirst);
        _body.Clear();
        foreach (InterfaceRecord record in interfaces)
        {
            bool v4 = record.Address.AddressFamily == AddressFamily.InterNetwork;
            int size = v4 ? 4 : 16;
            int start = _body.BeginEntry();
            ReadOnlySpan<byte> name = _body.Limit(record.Name, ScapFormat.MaxInterfaceName, "InterfaceRecord.Name");
            _body.Add16((ushort)(v4 ? 1 : 2));
            _body.Add16((ushort)name.Length);
            _body.AddAddress(record.Address, size, "InterfaceRecord.Address");
            _body.AddAddress(record.Netmask, size, "InterfaceRecord.Netmask");
            _body.AddAddress(record.Broadcast, size, "InterfaceRecord.Broadcast");
            _body.Add64(record.LinkSpeed);
            _body.AddBytes(name);
            _body.EndEntry(start, countsItself: false);
        }

        WriteBody(BlockType.InterfaceListV2, WriterStage.Section);
    }

    /// <summary>Writes users and groups as one user list v2.</summary>
    /// <exception cref="ArgumentException">A name, home or shell above 255 bytes.</exception>
    /// <exception cref="InvalidOperationException">No section header yet, or processes were written already.</exception>
    public void WriteUsers(IEnumerable<UserRecord> users, IEnumerable<GroupRecord> groups)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(groups);
        Require(WriterStage.Section, "Users", MachineIsFirst);
        _body.Clear();
        foreach (UserRecord user in users)
        {
            int start = _body.BeginEntry();
            _body.Add8(0);
            _body.Add32(user.Uid);
            _body.Add32(user.Gid);
            _body.AddName(user.Name, ScapFormat.MaxUserName, "UserRecord.Name", user.Uid);
            _body.AddName(user.Home, ScapFormat.MaxUserName, "UserRecord.Home", user.Uid);
            _body.AddName(user.Shell, ScapFormat.MaxUserName, "UserRecord.Shell", user.Uid);
            _body.EndEntry(start, countsItself: true);
        }

        foreach (GroupRecord group in groups)
        {
            int start = _body.BeginEntry();
            _body.Add8(1);
            _body.Add32(group.Gid);
            _body.AddName(group.Name, ScapFormat.MaxUserName, "GroupRecord.Name", group.Gid);
            _body.EndEntry(start, countsItself: true);
        }

        WriteBody(BlockType.UserListV2, WriterStage.Section);
    }

    /// <summary>
    /// Writes threads as one process list v9, each entry ending with ExeWritable: the form that old and new readers agree on.
    /// May be called several times. Arguments, environment and cgroups above 4096 bytes are cut where a string ends.
    /// </summary>
    /// <exception cref="ArgumentException">A name or path above 1024 bytes.</exception>
    /// <exception cref="InvalidOperationException">No section header yet, or descriptors were written already.</exception>
    public void WriteProcesses(IEnumerable<ProcessRecord> processes)
    {
        ArgumentNullException.ThrowIfNull(processes);
        Require(WriterStage.Processes, "Processes", ProcessesAreEarly);
        _body.Clear();
        List<ulong> tids = [];
        foreach (ProcessRecord process in processes)
        {
            AddProcess(process);
            tids.Add(process.Tid);
        }

        WriteBody(BlockType.ProcessListV9, WriterStage.Processes);
        _tids.UnionWith(tids);
    }

    /// <summary>
    /// Writes the descriptors of one process as one descriptor list v2. Threads that share a table need none of their own.
    /// </summary>
    /// <param name="tid">The thread that owns the table: the process's main thread.</param>
    /// <param name="fds">Its open descriptors.</param>
    /// <exception cref="ArgumentException">A name above 1023 bytes, a socket without its addresses, or a type not of 1 to 16.</exception>
    /// <exception cref="InvalidOperationException">
    /// No section header yet, events were written already, or no process list names the tid: some readers refuse such a file.
    /// </exception>
    public void WriteFds(ulong tid, IEnumerable<FdRecord> fds)
    {
        ArgumentNullException.ThrowIfNull(fds);
        Require(WriterStage.Fds, "Descriptor lists", FdsAreEarly);
        if (!_processesUnknown && !_tids.Contains(tid))
        {
            throw new InvalidOperationException($"Descriptors of {tid} need its process first: no WriteProcesses named that tid.");
        }

        _body.Clear();
        _body.Add64(tid);
        foreach (FdRecord fd in fds) AddFd(fd);
        WriteBody(BlockType.FdListV2, WriterStage.Fds);
    }

    /// <summary>
    /// Copies a metadata block of another capture as it is: of any version, also of types that this writer does not make itself.
    /// The order of processes, descriptors and events is kept; the content is not looked at.
    /// </summary>
    /// <param name="blockType">The block's type; not a section header and not an event block.</param>
    /// <param name="body">What stands between the block's two lengths; padding may be included.</param>
    /// <exception cref="ArgumentException">The type of a section header or of an event block.</exception>
    /// <exception cref="InvalidOperationException">The block comes too late.</exception>
    public void WriteRawMetadata(uint blockType, ReadOnlySpan<byte> body)
    {
        uint type = BlockType.Canonical(blockType);
        if (type == BlockType.SectionHeader || BlockType.IsEvent(type))
        {
            throw new ArgumentException($"Block type 0x{blockType:X} is not metadata.", nameof(blockType));
        }

        WriterStage stage = WriterStage.Section;
        if (BlockType.ProcessListVersion(type) > 0)
        {
            Require(WriterStage.Processes, "Processes", ProcessesAreEarly);
            stage = WriterStage.Processes;
            _processesUnknown = true;
        }
        else if (type is BlockType.FdListV1 or BlockType.FdListV2)
        {
            Require(WriterStage.Fds, "Descriptor lists", FdsAreEarly);
            stage = WriterStage.Fds;
        }
        else
        {
            Require(WriterStage.Fds, "Metadata", "readers take a block between events for a new section");
        }

        _output.WriteBlock(blockType, body);
        Reach(stage);
    }

    private void WriteBody(uint blockType, WriterStage stage)
    {
        _output.WriteBlock(blockType, _body.Body);
        Reach(stage);
    }
}
