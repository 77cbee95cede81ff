using System.Net;
using System.Text;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;

namespace Tracers.Tests.Commands;

/// <summary>Writes a capture call by call: a service of two threads and a backup, each with a descriptor for markers.</summary>
/// <remarks>Times are nanoseconds after <see cref="Epoch"/>; a call is given by the moment of its return and the time it took.</remarks>
internal sealed class CaptureScript : IDisposable
{
    /// <summary>2016-11-24 15:06:40 UTC.</summary>
    public const long Epoch = 1_480_000_000_000_000_000;

    public const long Microsecond = 1_000;
    public const long Millisecond = 1_000_000;
    public const long Second = 1_000_000_000;

    public const ulong Web = 100;
    public const ulong Worker = 101;
    public const ulong Backup = 200;

    public const long MarkerFd = 3;
    public const long DataFd = 4;
    public const long SocketFd = 5;
    public const long PipeFd = 1;

    private const uint SharesFiles = 1;

    private static readonly ByteText s_container = ByteText.FromList("cpu=/docker/" + string.Concat(Enumerable.Repeat("0123456789abcdef", 4)));
    private const ushort ReadCall = 6;

    private readonly CaptureWriter _writer;

    private readonly string _dataFile;

    private readonly string _webName;

    private CaptureScript(string path, bool compress, string dataFile, string webName)
    {
        _dataFile = dataFile;
        _webName = webName;
        _writer = CaptureWriter.Create(path, new CaptureWriterOptions { Compress = compress });
        BeginSection();
    }

    /// <summary>Writes a capture to a file and returns its path.</summary>
    public static string Write(string path, Action<CaptureScript> write, bool compress = false, string dataFile = "/srv/data.bin", string webName = "web")
    {
        using CaptureScript script = new(path, compress, dataFile, webName);
        write(script);
        return path;
    }

    public long BytesWritten => _writer.BytesWritten;

    public void Dispose() => _writer.Dispose();

    /// <summary>Everything up to the first event.</summary>
    public void BeginSection()
    {
        _writer.WriteSectionHeader();
        _writer.WriteMachineInfo(new MachineInfo { CpuCount = 2, MemoryBytes = 1 << 30, HostName = "sample" });
        _writer.WriteUsers([new UserRecord(0, 0, "root", "/root", "/bin/sh")], []);
        _writer.WriteProcesses(
        [
            new() { Tid = Web, Pid = Web, ParentTid = 1, Comm = _webName, Exe = "web", Uid = 33, Cgroups = s_container },
            new() { Tid = Worker, Pid = Web, ParentTid = 1, Comm = "web-worker", Exe = "web", Uid = 33, Flags = SharesFiles },
            new() { Tid = Backup, Pid = Backup, ParentTid = 1, Comm = "tar", Exe = "tar" },
        ]);
        _writer.WriteFds(
            Web,
            [
                FdRecord.ForFile(MarkerFd, "/dev/null", 2),
                FdRecord.ForFile(DataFd, _dataFile, 3),
                FdRecord.ForSocket(SocketFd, new(IPAddress.Parse("10.0.0.9"), 52_000), new(IPAddress.Parse("10.0.0.5"), 8080), 2),
            ]);
        _writer.WriteFds(
            Backup,
            [
                FdRecord.ForNamed(PipeFd, FdRecordType.Pipe, "pipe:[77]"),
                FdRecord.ForFile(MarkerFd, "/dev/null", 2),
                FdRecord.ForFile(DataFd, "/var/backup.tar", 3),
            ]);
    }

    /// <summary>A marker: a write to /dev/null that returns at this time.</summary>
    public void Mark(long at, ulong tid, string marker) => Call(at, tid, 8, MarkerFd, marker.Length, marker.Length, marker);

    public void Read(long at, ulong tid, long fd, long result, long took = Microsecond) =>
        Call(at, tid, ReadCall, fd, 4096, result, new string('r', (int)Math.Clamp(result, 0, 80)), took);

    public void Write(long at, ulong tid, long fd, long result, long took = Microsecond) =>
        Call(at, tid, 8, fd, result, result, new string('w', (int)Math.Clamp(result, 0, 80)), took);

    public void Send(long at, ulong tid, long fd, long result, long took = Microsecond)
    {
        EventBuilder enter = Begin(at - took, tid, 30, 3);
        enter.AddI64(fd);
        enter.AddU32((uint)result);
        enter.AddEmpty();
        enter.End();
        Return(at, tid, 31, result, new string('s', (int)Math.Clamp(result, 0, 80)));
    }

    /// <summary>The recorder says that it left out events.</summary>
    public void Drop(long at)
    {
        foreach (ushort type in (ushort[])[148, 149])
        {
            EventBuilder drop = Begin(at + type, 0, type, 1);
            drop.AddU32(1);
            drop.End();
        }
    }

    /// <summary>An event of the recorder about a process: it has a number and is not shown.</summary>
    public void Hidden(long at)
    {
        EventBuilder hidden = Begin(at, Backup, 260, 1);
        hidden.AddCharBuf("{}");
        hidden.End();
    }

    /// <summary>An event of a type that no version of the format has yet.</summary>
    public void Unknown(long at) => Begin(at, Web, 9_000, 0).End();

    private void Call(long at, ulong tid, ushort type, long fd, long size, long result, string data, long took = Microsecond)
    {
        EventBuilder enter = Begin(at - took, tid, type, 2);
        enter.AddI64(fd);
        enter.AddU32((uint)size);
        enter.End();
        Return(at, tid, (ushort)(type + 1), result, data);
    }

    private void Return(long at, ulong tid, ushort type, long result, string data)
    {
        EventBuilder exit = Begin(at, tid, type, 2);
        exit.AddI64(result);
        exit.AddBytes(Encoding.UTF8.GetBytes(data));
        exit.End();
    }

    private EventBuilder Begin(long at, ulong tid, ushort type, int parameters) =>
        _writer.BeginEvent((ulong)(Epoch + at), tid, type, parameters, cpu: (ushort)(tid & 1));
}
