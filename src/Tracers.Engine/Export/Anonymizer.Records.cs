using System.Net;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Export;

/// <content>What stands in the lists of a section.</content>
internal sealed partial class Anonymizer
{
    public MachineInfo Change(MachineInfo machine) => machine with { HostName = Name(machine.HostName) };

    public InterfaceRecord Change(InterfaceRecord record) =>
        record with { Name = Name(record.Name), Address = _names.Of(record.Address), Broadcast = _names.Of(record.Broadcast) };

    public UserRecord Change(UserRecord user) => user with { Name = Name(user.Name), Home = Path(user.Home), Shell = Path(user.Shell) };

    public GroupRecord Change(GroupRecord group) => group with { Name = Name(group.Name) };

    public ProcessRecord Change(ProcessRecord process)
    {
        _used = 0;
        AddCgroups(process.Cgroups.Span);
        ByteText cgroups = Taken();
        return process with
        {
            Exe = Path(process.Exe),
            ExePath = Path(process.ExePath),
            Arguments = default,
            Environment = default,
            Cwd = Path(process.Cwd),
            Root = Path(process.Root),
            Cgroups = cgroups,
        };
    }

    public FdRecord Change(FdRecord fd) => fd with
    {
        Name = fd.Type == FdRecordType.UnixSocket ? UnixPath(fd.Name) : Path(fd.Name),
        SourceAddress = Of(fd.SourceAddress),
        DestinationAddress = Of(fd.DestinationAddress),
    };

    private IPAddress? Of(IPAddress? address) => address is null ? null : _names.Of(address);

    private ByteText Name(ByteText name) => new(_names.Of(name.Span).ToArray());

    private ByteText Path(ByteText path)
    {
        if (path.Length == 0)
            return path;
        _used = 0;
        AddPath(path.Span);
        return Taken();
    }

    private ByteText UnixPath(ByteText path)
    {
        if (path.Length == 0)
            return path;
        _used = 0;
        AddUnixPath(path.Span);
        _used--;
        return Taken();
    }

    private ByteText Taken() => new(_event.AsSpan(0, _used).ToArray());
}
