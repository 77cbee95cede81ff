using System.Text;
using Tracers.Engine.Capture.Linux;
using Tracers.Engine.Capture.Linux.Snapshot;
using Tracers.Engine.State;
using Xunit;

namespace Tracers.Tests.Engine.Capture.Linux.Snapshot;

/// <summary>What the iterators and <c>/proc</c> told, applied in the order of time.</summary>
public class MachineSnapshotTests
{
    [Fact]
    public void Threads_and_descriptors_are_there_when_their_time_has_come()
    {
        using FakeProc proc = Proc().Process(100, "nginx", "-g");
        CaptureState state = new() { KeepsRecords = true };
        MachineSnapshot snapshot = Take(
            proc, state, 5000,
            [Rows.Task(101, 100, "worker", time: 900), Rows.Task(100, comm: "nginx", time: 1000)],
            [Rows.File(3, "/dev/null", Rows.CharacterDevice, 2, time: 3000), Rows.File(4, "/a", time: 2000)]);
        Assert.Equal((900UL, 5000UL), (snapshot.NextTime, snapshot.LastTime));

        snapshot.ApplyUntil(2000, state);
        TracedThread worker = state.Threads.Find(101)!;
        Assert.Equal(("worker", "-g\0", "/usr/bin/nginx"), (worker.Identity.Name, worker.Identity.Details.Arguments.ToString(), worker.Identity.Details.ExePath.ToString()));
        Assert.Equal("/a", worker.Fds[4]!.NameText);
        Assert.Null(worker.Fds[3]);
        Assert.Equal(3000UL, snapshot.NextTime);

        snapshot.ApplyUntil(ulong.MaxValue, state);
        Assert.True(worker.Fds[3]!.MayCarryMarkers);
        Assert.Equal(ulong.MaxValue, snapshot.NextTime);
    }

    [Fact]
    public void A_directory_that_changed_between_the_row_and_proc_is_right_afterwards()
    {
        using FakeProc proc = Proc().Process(100, "app");
        CaptureState state = new();
        MachineSnapshot snapshot = Take(proc, state, 5000, [Rows.Task(100)], []);
        snapshot.ApplyUntil(4000, state);

        // What a chdir("app") between the two does to a directory that already knows of it.
        state.SetDirectory(100, "/srv/app/app");
        snapshot.ApplyUntil(5000, state);
        Assert.Equal("/srv/app", Encoding.UTF8.GetString(state.Threads.Find(100)!.Cwd));
    }

    [Fact]
    public void The_servers_end_of_a_connection_is_known_although_its_listener_comes_later()
    {
        using FakeProc proc = Proc();
        CaptureState state = new();
        byte[] own = [10, 0, 0, 1], other = [10, 0, 0, 2], none = new byte[4];
        MachineSnapshot snapshot = Take(
            proc, state, 5000, [Rows.Task(100)],
            [
                Rows.Socket(3, Rows.Internet(2, 1, 6, own, 80, other, 5000), time: 2000),
                Rows.Socket(4, Rows.Internet(2, 1, 6, none, 80, none, 0), time: 3000),
            ]);
        snapshot.ApplyUntil(2500, state);
        Assert.Equal("10.0.0.2:5000->10.0.0.1:80", state.Threads.Find(100)!.Fds[3]!.NameText);
    }

    [Fact]
    public void The_kernels_own_threads_are_left_out()
    {
        using FakeProc proc = Proc();
        CaptureState state = new();
        Take(proc, state, 5000, [Rows.Task(2, flags: 0x0020_0000), Rows.Task(100)], []).ApplyUntil(ulong.MaxValue, state);
        Assert.Equal([100], state.Threads.All.Select(t => t.Tid));
    }

    [Fact]
    public void Nothing_to_apply_is_nothing()
    {
        using FakeProc proc = Proc();
        CaptureState state = new();
        MachineSnapshot snapshot = Take(proc, state, 1, [], []);
        snapshot.ApplyUntil(ulong.MaxValue, state);
        Assert.Equal((0UL, ulong.MaxValue, 0), (snapshot.LastTime, snapshot.NextTime, state.Threads.Count));
    }

    private static FakeProc Proc() => new FakeProc().File("self/cgroup", "0::/\n");

    private static MachineSnapshot Take(FakeProc proc, CaptureState state, ulong now, ReadOnlySpan<TaskRow> tasks, ReadOnlySpan<FileRow> files) =>
        MachineSnapshot.Take(tasks, files, proc.Folder, new CgroupNames(proc.Folder, state, mount: null), () => now);
}
