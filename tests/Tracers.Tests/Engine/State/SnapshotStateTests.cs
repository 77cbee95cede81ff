using System.Net;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;
using Xunit;

namespace Tracers.Tests.Engine.State;

/// <summary>Threads and descriptors that are set at any moment.</summary>
public class SnapshotStateTests
{
    private const uint SharingThread = 0x2001;
    private const uint LoneThread = 0x2000;

    [Fact]
    public void A_thread_that_comes_before_its_main_thread_shares_its_descriptors_and_directory()
    {
        CaptureState state = new();
        state.SetThread(Thread(101, 100, SharingThread));
        state.SetThread(Thread(100, 100, 0) with { Cwd = "/srv" });
        state.SetDescriptor(100, FdRecord.ForFile(3, "/dev/null", 2));
        TracedThread thread = state.Threads.Find(101)!, main = state.Threads.Find(100)!;
        Assert.Same(main, thread.Main);
        Assert.Equal("/dev/null", thread.Fds[3]!.NameText);
        Assert.Equal(1, main.LiveThreads);
    }

    [Fact]
    public void A_thread_that_is_set_again_is_counted_once()
    {
        CaptureState state = new();
        state.SetThread(Thread(100, 100, 0));
        for (int i = 0; i < 3; i++)
            state.SetThread(Thread(101, 100, SharingThread));
        Assert.Equal(1, state.Threads.Find(100)!.LiveThreads);
        Assert.Same(state.Threads.Find(100)!.Fds, state.Threads.Find(101)!.Fds);
    }

    [Fact]
    public void A_main_thread_that_is_set_again_keeps_its_descriptors_and_its_threads()
    {
        CaptureState state = new();
        state.SetThread(Thread(100, 100, 0));
        state.SetThread(Thread(101, 100, SharingThread));
        state.SetDescriptor(100, FdRecord.ForFile(3, "/a", 1));
        state.SetThread(Thread(100, 100, 0) with { Comm = "renamed" });
        TracedThread main = state.Threads.Find(100)!;
        Assert.Equal(("renamed", "/a", 1), (main.Identity.Name, main.Fds[3]!.NameText, main.LiveThreads));
        Assert.Same(main, state.Threads.Find(101)!.Main);
    }

    [Fact]
    public void A_thread_without_shared_descriptors_has_its_own_also_when_it_shared_them_before()
    {
        CaptureState state = new();
        state.SetThread(Thread(100, 100, 0));
        state.SetThread(Thread(101, 100, SharingThread));
        state.SetThread(Thread(101, 100, LoneThread));
        state.SetDescriptor(101, FdRecord.ForFile(3, "/a", 1));
        Assert.Null(state.Threads.Find(100)!.Fds[3]);
        Assert.Equal(1, state.Threads.Find(100)!.LiveThreads);
    }

    [Fact]
    public void A_descriptor_replaces_what_had_its_number()
    {
        CaptureState state = new();
        state.SetThread(Thread(100, 100, 0));
        state.SetDescriptor(100, FdRecord.ForFile(3, "/a", 1));
        state.SetDescriptor(100, FdRecord.ForNamed(3, FdRecordType.Pipe, "pipe:[1]"));
        Assert.Equal((FdKind.Pipe, "pipe:[1]"), (state.Threads.Find(100)!.Fds[3]!.Kind, state.Threads.Find(100)!.Fds[3]!.NameText));
    }

    [Fact]
    public void A_descriptor_of_a_thread_that_is_not_known_waits_for_it()
    {
        CaptureState state = new();
        state.SetDescriptor(100, FdRecord.ForFile(3, "/a", 1));
        state.SetThread(Thread(100, 100, 0));
        Assert.Equal("/a", state.Threads.Find(100)!.Fds[3]!.NameText);
    }

    [Fact]
    public void A_connection_to_a_port_that_is_known_to_be_listened_on_has_its_client_first()
    {
        CaptureState state = new();
        state.SetThread(Thread(100, 100, 0));
        state.AddServerPort(FdRecord.ForServer(4, new(IPAddress.Any, 80), 2));
        state.SetDescriptor(100, FdRecord.ForSocket(3, new(IPAddress.Parse("10.0.0.1"), 80), new(IPAddress.Parse("10.0.0.2"), 5000), 2));
        FdInfo info = state.Threads.Find(100)!.Fds[3]!;
        Assert.Equal(("10.0.0.2:5000->10.0.0.1:80", SocketRole.Server), (info.NameText, info.Role));
    }

    [Fact]
    public void A_directory_is_set_for_the_process()
    {
        CaptureState state = new();
        state.SetThread(Thread(100, 100, 0) with { Cwd = "/old" });
        state.SetDirectory(100, "/new");
        state.SetDirectory(999, "/nobody");
        Assert.Equal("/new", state.ExportProcesses().Single().Cwd.ToString());
    }

    [Fact]
    public void A_reading_state_keeps_nothing_that_only_lists_need()
    {
        CaptureState state = new();
        state.SetThread(Thread(100, 100, 0) with { Environment = ByteText.FromList("A=1") });
        state.SetDescriptor(100, FdRecord.ForFile(3, "/a", 1, 77));
        TracedThread thread = state.Threads.Find(100)!;
        Assert.Null(thread.Identity.Details.Usage);
        Assert.Null(thread.Fds[3]!.Record);
        Assert.Same(state.Fds.File("/a"u8), thread.Fds[3]);
    }

    private static ProcessRecord Thread(int tid, int pid, uint flags) => new() { Tid = (ulong)tid, Pid = (ulong)pid, Comm = "app", Flags = flags };
}
