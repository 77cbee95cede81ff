using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Tracers.Engine.Capture.Linux;
using Tracers.Engine.Capture.Linux.Snapshot;
using Tracers.Engine.Scap.Records;
using Xunit;

namespace Tracers.Tests.Engine.Capture.Linux.Snapshot;

/// <summary>The iterators of the probe and <c>/proc</c> of this machine, about this process.</summary>
[Collection(ProbeTestGroup.Name)]
public sealed class LiveSnapshotTests
{
    [SkippableFact]
    public void This_process_is_known_with_its_threads_and_all_that_it_has_open()
    {
        MachineFacts facts = LiveMachine.Require();
        using FileStream devNull = new("/dev/null", FileMode.Open, FileAccess.Write);
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using TcpClient client = new();
        client.Connect(IPAddress.Loopback, port);
        using TcpClient server = listener.AcceptTcpClient();
        int clientPort = ((IPEndPoint)client.Client.LocalEndPoint!).Port;

        MachineModel model = Take(facts);
        int pid = Environment.ProcessId;
        ProcessRecord own = model.State.ExportProcesses().Single(p => p.Tid == (ulong)pid);
        Assert.Equal(Environment.ProcessPath, own.ExePath.ToString());
        Assert.Equal(Directory.GetCurrentDirectory(), own.Cwd.ToString());
        Assert.InRange(own.VmSizeKb, 64u << 10, uint.MaxValue);
        Assert.InRange(own.VmRssKb, 10u << 10, own.VmSizeKb);
        Assert.True(model.State.ExportProcesses().Count(p => p.Pid == (ulong)pid) > 3, "threads of this process");

        FdRecord Of(SafeHandle handle) => model.State.ExportDescriptors().Single(l => l.Tid == (ulong)pid).Fds.Single(f => f.Fd == handle.DangerousGetHandle());
        string name = $"127.0.0.1:{clientPort}->127.0.0.1:{port}";
        Assert.Equal((FdRecordType.FileV2, "/dev/null"), (Of(devNull.SafeFileHandle).Type, Of(devNull.SafeFileHandle).Name.ToString()));
        Assert.Equal((FdRecordType.Ipv4Server, (ushort)port), (Of(listener.Server.SafeHandle).Type, Of(listener.Server.SafeHandle).SourcePort));
        Assert.Equal([name, name], ((Socket[])[client.Client, server.Client]).Select(s => model.State.Threads.Find(pid)!.Fds[s.SafeHandle.DangerousGetHandle()]!.NameText));
        Assert.Equal(FdRecordType.Ipv4Socket, Of(server.Client.SafeHandle).Type);
    }

    [SkippableFact]
    public void Files_and_pipes_have_the_names_that_proc_gives_them()
    {
        MachineModel model = Take(LiveMachine.Require());
        int compared = 0;
        foreach (FdRecord record in model.State.ExportDescriptors().Single(l => l.Tid == (ulong)Environment.ProcessId).Fds)
        {
            // What another test has closed since leads nowhere, or elsewhere.
            if (record.Type is not (FdRecordType.FileV2 or FdRecordType.Pipe or FdRecordType.Directory) || LinkOf(record.Fd) is not { } link || link != record.Name.ToString())
                continue;
            compared++;
        }

        Assert.True(compared >= 3, $"{compared} names as in /proc");
    }

    private static string? LinkOf(long fd)
    {
        try
        {
            return new FileInfo($"/proc/self/fd/{fd}").LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static MachineModel Take(MachineFacts facts)
    {
        using ProbeProgram probe = ProbeProgram.Load(new ProbeSettings { RingBytes = 1 << 20 }, facts);
        List<TaskRow> tasks = [];
        probe.ReadTasks((ref readonly row) => tasks.Add(row));
        List<FileRow> files = [];
        probe.ReadFiles((ref readonly row) => files.Add(row));
        ProcFolder proc = new();
        MachineModel model = new(proc, CgroupHierarchy.FindMount(proc));
        MachineSnapshot.Take(CollectionsMarshal.AsSpan(tasks), CollectionsMarshal.AsSpan(files), proc, model.Cgroups).ApplyUntil(ulong.MaxValue, model.State);
        return model;
    }
}
