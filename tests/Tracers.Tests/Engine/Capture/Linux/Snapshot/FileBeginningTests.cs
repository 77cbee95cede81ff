using System.Diagnostics;
using System.Runtime.InteropServices;
using Tracers.Engine.Capture.Linux;
using Tracers.Engine.Capture.Linux.Native;
using Tracers.Engine.Capture.Linux.Snapshot;
using Tracers.Engine.Scap.Writing;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Capture.Linux.Snapshot;

/// <summary>A file's beginning, read by us and by sysdig.</summary>
public class FileBeginningTests
{
    private static readonly byte[] s_own = [10, 0, 0, 1];
    private static readonly byte[] s_other = [10, 0, 0, 2];
    private static readonly byte[] s_none = new byte[4];

    [SkippableFact]
    public void Sysdig_names_descriptors_and_threads_as_we_do()
    {
        Skip.IfNot(RuntimeInformation.IsOSPlatform(OSPlatform.Linux), "needs Linux");
        using TempFile file = new();
        Write(file.Path, [.. Enumerable.Range(3, 15).Select(fd => (100UL, (long)fd))]);
        string expected = string.Join(
            '\n',
            "nginx 100 3 file /dev/null", "nginx 100 4 file /a (deleted)", "nginx 100 5 directory /srv", "nginx 100 6 pipe pipe:[5]",
            "nginx 100 7 ipv4 10.0.0.2:5000->10.0.0.1:80", "nginx 100 8 ipv4 0.0.0.0:80", "nginx 100 9 ipv4 10.0.0.1:6000->10.0.0.2:443",
            "nginx 100 10 unix /run/a.sock", "nginx 100 11 event ", "nginx 100 12 eventpoll ", "nginx 100 13 signalfd ", "nginx 100 14 timerfd ",
            "nginx 100 15 inotify ", "nginx 100 16 netlink ", "nginx 100 17 ipv4 0.0.0.0:0->0.0.0.0:0") + "\n";
        Assert.Equal(expected.Split('\n').SkipLast(1).Select(line => line.Split(' ', 5)[4]), Reading.OfFile(file.Path).FdNames(100, Enumerable.Range(3, 15).Select(fd => (long)fd)));
        Assert.Equal(expected, Sysdig.Read(file.Path, "-p", "%proc.name %thread.tid %fd.num %fd.type %fd.name"));
    }

    [SkippableFact]
    public void Sysdig_gives_a_thread_the_program_and_the_descriptors_of_its_process()
    {
        Skip.IfNot(RuntimeInformation.IsOSPlatform(OSPlatform.Linux), "needs Linux");
        using TempFile file = new();
        Write(file.Path, (101, 3));
        Assert.Equal("worker 101 100 nginx -g /dev/null\n", Sysdig.Read(file.Path, "-p", "%proc.name %thread.tid %proc.pid %proc.exe %proc.args %fd.name"));
    }

    [SkippableFact]
    public void Hundreds_of_processes_are_read_in_milliseconds()
    {
        Skip.IfNot(Directory.Exists("/proc/self"), "needs Linux");
        ProcFolder proc = new();
        uint own = (uint)Environment.ProcessId;
        ProcessProgram.Read(proc, own, default);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 300; i++)
            ProcessProgram.Read(proc, own, default);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 0, 500);
    }

    // With events that only name a descriptor: reads that begin.
    private static void Write(string path, params (ulong Tid, long Fd)[] reads)
    {
        using FakeProc proc = new();
        proc.File("self/cgroup", "0::/\n").Process(100, "nginx", "-g");
        MachineModel model = new(proc.Folder, cgroupMount: null);
        MachineHead head = new(MachineReader.Read(new ProcFolder()), InterfaceAddresses.Read(), AccountFiles.ReadUsers("/etc/passwd"), AccountFiles.ReadGroups("/etc/group"));
        FileRow[] files =
        [
            Rows.File(3, "/dev/null", Rows.CharacterDevice, 2), Rows.File(4, "/a (deleted)"), Rows.File(5, "/srv", Rows.Directory), Rows.File(6, "pipe:[5]", Rows.Fifo),
            Rows.Socket(7, Rows.Internet(2, 1, 6, s_own, 80, s_other, 5000)), Rows.Socket(8, Rows.Internet(2, 1, 6, s_none, 80, s_none, 0)),
            Rows.Socket(9, Rows.Internet(2, 1, 6, s_own, 6000, s_other, 443)), Rows.Socket(10, Rows.Unix("/run/a.sock"u8.ToArray())),
            Rows.File(11, "anon_inode:[eventfd]"), Rows.File(12, "anon_inode:[eventpoll]"), Rows.File(13, "anon_inode:[signalfd]"),
            Rows.File(14, "anon_inode:[timerfd]"), Rows.File(15, "anon_inode:inotify"), Rows.Socket(16, Rows.Socket(16, 3, 0)),
            Rows.Socket(17, Rows.Internet(2, 2, 17, s_none, 0, s_none, 0)),
        ];
        MachineSnapshot.Take([Rows.Task(101, 100, "worker"), Rows.Task(100, comm: "nginx")], files, proc.Folder, model.Cgroups)
            .ApplyUntil(ulong.MaxValue, model.State);
        using CaptureWriter writer = CaptureWriter.Create(path, new CaptureWriterOptions { CutLongNames = true });
        model.WriteTo(writer, head);
        foreach ((ulong tid, long fd) in reads)
        {
            EventBuilder builder = writer.BeginEvent(1_480_000_000_000_000_000, tid, 6, 2);
            builder.AddI64(fd);
            builder.AddU32(0);
            builder.End();
        }
    }
}
