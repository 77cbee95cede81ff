using System.Net;
using System.Text;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;
using Tracers.Engine.State;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.State;

/// <summary>The lists that a capture begins with, made of the state.</summary>
public class StateExportTests
{
    private const int Tid = CaptureBuilder.Tid;

    private static readonly ProcessRecord s_process = new()
    {
        Tid = Tid,
        Pid = Tid,
        ParentTid = 7,
        SessionId = 8,
        ProcessGroup = 9,
        Comm = "nginx",
        Exe = "nginx:",
        ExePath = "/usr/sbin/nginx",
        Arguments = ByteText.FromList("-g", "daemon off;"),
        Cwd = "/srv/",
        FdLimit = 1024,
        Uid = 33,
        Gid = 34,
        VmSizeKb = 1,
        VmRssKb = 2,
        VmSwapKb = 3,
        MajorFaults = 4,
        MinorFaults = 5,
        Environment = ByteText.FromList("A=1", "B=2"),
        VTid = 10,
        VPid = 10,
        Cgroups = ByteText.FromList("cpu=/a", "memory=/b"),
        Root = "/",
        LoginUid = 1000,
        Tty = 34816,
        ExeWritable = true,
    };

    private static readonly ProcessRecord s_thread = s_process with { Tid = 101, Comm = "worker", VTid = 11, Flags = 0x2001 };

    private static readonly FdRecord[] s_fds =
    [
        new FdRecord { Fd = 0, Type = FdRecordType.File, Name = "/etc/old", Inode = 90 },
        FdRecord.ForNamed(1, FdRecordType.Directory, "/srv", 91),
        FdRecord.ForSocket(2, new(IPAddress.Parse("10.0.0.9"), 80), new(IPAddress.Parse("10.0.0.5"), 50000), 2, 92),
        FdRecord.ForSocket(3, new(IPAddress.Parse("10.0.0.9"), 50001), new(IPAddress.Parse("10.0.0.5"), 443), 2, 93),
        FdRecord.ForSocket(4, new(IPAddress.Parse("fe80::1"), 50002), new(IPAddress.Parse("fe80::2"), 443), 2, 94),
        FdRecord.ForServer(5, new(IPAddress.Any, 80), 2, 95),
        FdRecord.ForServer(6, new(IPAddress.IPv6Any, 8080), 2, 96),
        FdRecord.ForNamed(7, FdRecordType.Pipe, "pipe:[97]", 97),
        new FdRecord { Fd = 8, Type = FdRecordType.UnixSocket, Name = "/run/a.sock", Inode = 98, UnixSource = 0xffff880012345678, UnixDestination = 0xffff880087654321 },
        FdRecord.ForNamed(9, FdRecordType.Event, default, 99),
        FdRecord.ForNamed(10, FdRecordType.Unsupported, default, 100),
        FdRecord.ForNamed(11, FdRecordType.SignalFd),
        FdRecord.ForNamed(12, FdRecordType.EventPoll),
        FdRecord.ForNamed(13, FdRecordType.Inotify),
        FdRecord.ForNamed(14, FdRecordType.TimerFd),
        FdRecord.ForNamed(15, FdRecordType.Netlink),
        FdRecord.ForFile(16, "/dev/null", 2, 101, 5),
        FdRecord.ForFile(5000, "/var/log/a.log", 0x1003, 102, 0x801),
        FdRecord.ForSocket(5001, new(IPAddress.Parse("10.0.0.9"), 50003), new(IPAddress.Parse("10.0.0.5"), 443), 2, 103),
        FdRecord.ForSocket(5002, new(IPAddress.Any, 0), new(IPAddress.Any, 0), 3, 104),
    ];

    [Fact]
    public void Lists_of_a_capture_come_out_of_the_state_as_they_went_in()
    {
        CaptureState state = new() { KeepsRecords = true };
        state.Begin(Reading.Metadata(new CaptureBuilder().Header().Processes(s_process, s_thread).Fds(Tid, s_fds)));

        // The terminal is not stored in a list.
        Assert.Equal([s_process with { Tty = 0 }, s_thread with { Tty = 0 }], state.ExportProcesses());
        (ulong tid, FdRecord[] fds) = Assert.Single(state.ExportDescriptors());
        Assert.Equal((ulong)Tid, tid);
        Assert.Equal(s_fds, fds);
    }

    [Fact]
    public void Records_that_are_set_one_by_one_come_out_as_they_went_in()
    {
        CaptureState state = new() { KeepsRecords = true };
        state.AddServerPort(s_fds[5]);
        state.SetThread(s_thread);
        state.SetThread(s_process);
        foreach (FdRecord fd in s_fds)
            state.SetDescriptor(Tid, fd);
        Assert.Equal([s_process, s_thread], state.ExportProcesses());
        (ulong tid, FdRecord[] fds) = Assert.Single(state.ExportDescriptors());
        Assert.Equal((ulong)Tid, tid);
        Assert.Equal(s_fds, fds);
    }

    [Fact]
    public void Every_type_of_the_format_that_a_writer_writes_is_among_those_that_come_back() =>
        Assert.Equal(Enumerable.Range(1, 16), s_fds.Select(f => (int)f.Type).Distinct().Order());

    [Fact]
    public void A_type_that_sysdig_does_not_know_leaves_as_one_that_it_does()
    {
        CaptureState state = new() { KeepsRecords = true };
        state.SetThread(s_process);
        state.SetDescriptor(Tid, FdRecord.ForNamed(3, FdRecordType.IoUring, "ring"));
        state.SetDescriptor(Tid, FdRecord.ForNamed(4, FdRecordType.MemFd, "memfd:x"));
        Assert.Equal([FdRecord.ForNamed(3, FdRecordType.Unsupported, "ring"), FdRecord.ForFile(4, "memfd:x", 0)], state.ExportDescriptors()[0].Fds);
    }

    [Fact]
    public void What_events_changed_is_in_the_lists()
    {
        Reading reading = Reading.Of(CaptureBuilder.Typical()
            .Event(Tid, 3, 7L, "/var/log/b.log", 1u, 0u, 0u)
            .Event(Tid, 95, 0L, "/srv"));
        Assert.Null(reading.Error);
        Assert.Equal("/srv", Assert.Single(reading.State.ExportProcesses()).Cwd.ToString());
        FdRecord opened = reading.State.ExportDescriptors()[0].Fds.Single(f => f.Fd == 7);
        Assert.Equal(FdRecord.ForFile(7, "/var/log/b.log", 0), opened);
    }

    [Fact]
    public void A_file_that_carries_markers_keeps_its_inode_and_flags()
    {
        CaptureState state = new() { KeepsRecords = true };
        state.SetThread(s_process);
        FdRecord devNull = FdRecord.ForFile(3, "/dev/null", 2, 5, 6);
        state.SetDescriptor(Tid, devNull);
        FdTable fds = state.Threads.Find(Tid)!.Fds;
        fds.Update(3, state.Fds.MarkerCarrier(fds[3]!));
        fds.Set(9, fds[3]!);
        Assert.True(fds[9]!.CarriesMarkers);
        Assert.Equal([devNull, devNull with { Fd = 9 }], state.ExportDescriptors()[0].Fds);
    }

    [Fact]
    public void A_thread_with_a_table_of_its_own_has_a_list_of_its_own()
    {
        CaptureState state = new();
        state.SetThread(s_process);
        state.SetThread(s_thread with { Flags = 0x2000 });
        state.SetDescriptor(Tid, FdRecord.ForFile(3, "/a", 1));
        state.SetDescriptor(101, FdRecord.ForFile(3, "/b", 1));
        Assert.Equal([(100UL, "/a"), (101UL, "/b")], state.ExportDescriptors().Select(l => (l.Tid, l.Fds.Single().Name.ToString())));
    }

    [Fact]
    public void A_thread_that_nothing_is_known_of_is_left_out()
    {
        Reading reading = Reading.Of(CaptureBuilder.Typical().Event(555, 3, 7L, "/x", 1u, 0u, 0u));
        Assert.Equal("/x", reading.FdName(555, 7));
        Assert.Equal([(ulong)Tid], reading.State.ExportProcesses().Select(p => p.Tid));
        Assert.Equal([(ulong)Tid], reading.State.ExportDescriptors().Select(l => l.Tid));
    }

    [SkippableTheory]
    [InlineData("captures/libs-sample-2023.scap")]
    [InlineData("captures/sf-nginx.scap")]
    [InlineData("captures/sf-apache-mpm-event.scap")]
    [InlineData("captures/sf-tcp-client-server.scap")]
    [InlineData("captures/libs-single-ipv6-conn.scap")]
    [InlineData("captures/sf-objectstore-download.scap")]
    [InlineData("captures/falco-ping-sendto.scap")]
    public void A_new_file_of_the_state_at_the_end_of_a_capture_begins_with_the_same_state(string capture)
    {
        CaptureState before = Reading.OfFile(Repository.Shared(capture)).State;
        byte[] file = Written.Bytes(
            writer =>
            {
                writer.WriteSectionHeader();
                writer.WriteProcesses(before.ExportProcesses());
                foreach ((ulong tid, FdRecord[] fds) in before.ExportDescriptors())
                    writer.WriteFds(tid, fds);
                Written.AddWrite(writer, 1, before.ExportProcesses()[0].Tid);
            },
            new CaptureWriterOptions { CutLongNames = true });
        Reading after = Reading.Of(file);
        Assert.Null(after.Error);
        Assert.NotEmpty(Describe(before));
        Assert.Equal(Describe(before), Describe(after.State));
    }

    // A socket that is bound to nothing has a name once it stood in a list.
    private static string NameOf(FdInfo info) => info.NameText == "0.0.0.0:0->0.0.0.0:0" ? "" : info.NameText;

    private static List<string> Describe(CaptureState state)
    {
        List<string> lines = [];
        foreach (TracedThread thread in state.Threads.All.Where(t => t.Identity.Name is not null).OrderBy(t => t.Tid))
        {
            ThreadIdentity identity = thread.Identity;
            lines.Add($"{thread.Tid} {thread.Pid} {identity.ParentTid} {identity.CommandLine} {identity.Details.ExePath} {identity.Details.Exe} {identity.Details.Cgroups} {identity.Details.Root} {identity.Details.Uid} {Encoding.UTF8.GetString(thread.Main.Cwd)}");
            lines.AddRange(thread.Fds.All.OrderBy(f => f.Key).Select(f => $"{thread.Tid} {f.Key} {NameOf(f.Value)} {f.Value.Transport}"));
        }

        return lines;
    }
}
