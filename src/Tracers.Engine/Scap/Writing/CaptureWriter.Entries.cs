using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Scap.Writing;

public sealed partial class CaptureWriter
{
    private void AddProcess(ProcessRecord process)
    {
        int start = _body.BeginEntry();
        ulong tid = process.Tid;
        _body.Add64(tid);
        _body.Add64(process.Pid);
        _body.Add64(process.ParentTid);
        _body.Add64(process.SessionId);
        _body.Add64(process.ProcessGroup);
        _body.AddName(process.Comm, ScapFormat.MaxProcessName, "ProcessRecord.Comm", tid);
        _body.AddName(process.Exe, ScapFormat.MaxProcessName, "ProcessRecord.Exe", tid);
        _body.AddName(process.ExePath, ScapFormat.MaxProcessName, "ProcessRecord.ExePath", tid);
        _body.AddList(process.Arguments, ScapFormat.MaxProcessList);
        _body.AddName(process.Cwd, ScapFormat.MaxProcessName, "ProcessRecord.Cwd", tid);
        _body.Add64((ulong)process.FdLimit);
        _body.Add32(process.Flags);
        _body.Add32(process.Uid);
        _body.Add32(process.Gid);
        _body.Add32(process.VmSizeKb);
        _body.Add32(process.VmRssKb);
        _body.Add32(process.VmSwapKb);
        _body.Add64(process.MajorFaults);
        _body.Add64(process.MinorFaults);
        _body.AddList(process.Environment, ScapFormat.MaxProcessList);
        _body.Add64((ulong)process.VTid);
        _body.Add64((ulong)process.VPid);
        _body.AddList(process.Cgroups, ScapFormat.MaxProcessList);
        _body.AddName(process.Root, ScapFormat.MaxProcessName, "ProcessRecord.Root", tid);
        _body.Add32((uint)process.LoginUid);
        _body.Add8(process.ExeWritable ? (byte)1 : (byte)0);
        _body.EndEntry(start, countsItself: true);
    }

    private void AddFd(FdRecord fd)
    {
        int start = _body.BeginEntry();
        _body.Add64((ulong)fd.Fd);
        _body.Add64(fd.Inode);
        _body.Add8((byte)fd.Type);
        switch (fd.Type)
        {
            case FdRecordType.Ipv4Socket:
            case FdRecordType.Ipv6Socket:
                int size = fd.Type == FdRecordType.Ipv4Socket ? 4 : 16;
                _body.AddAddress(fd.SourceAddress, size, "FdRecord.SourceAddress", fd.Fd);
                _body.AddAddress(fd.DestinationAddress, size, "FdRecord.DestinationAddress", fd.Fd);
                _body.Add16(fd.SourcePort);
                _body.Add16(fd.DestinationPort);
                _body.Add8(fd.Transport);
                break;
            case FdRecordType.Ipv4Server:
            case FdRecordType.Ipv6Server:
                _body.AddAddress(fd.SourceAddress, fd.Type == FdRecordType.Ipv4Server ? 4 : 16, "FdRecord.SourceAddress", fd.Fd);
                _body.Add16(fd.SourcePort);
                _body.Add8(fd.Transport);
                break;
            case FdRecordType.UnixSocket:
                _body.Add64(fd.UnixSource);
                _body.Add64(fd.UnixDestination);
                AddFdName(fd);
                break;
            case FdRecordType.FileV2:
                _body.Add32(fd.OpenFlags);
                AddFdName(fd);
                _body.Add32(fd.Device);
                break;
            case FdRecordType.File or FdRecordType.Directory or FdRecordType.Pipe:
            case >= FdRecordType.Event and <= FdRecordType.Netlink:
                AddFdName(fd);
                break;
            default:
                throw new ArgumentException(
                    $"FdRecord.Type of {fd.Fd} is {(byte)fd.Type}; a capture that every reader takes holds the types 1 to 16.");
        }

        _body.EndEntry(start, countsItself: true);
    }

    private void AddFdName(FdRecord fd) => _body.AddName(fd.Name, ScapFormat.MaxFdName, "FdRecord.Name", (ulong)fd.Fd);
}
