using Tracers.Engine.State;
using Xunit;
using static Tracers.Tests.Engine.CloneCalls;

namespace Tracers.Tests.Engine.State;

/// <summary>Threads: what they inherit, share and become.</summary>
public class ThreadsTests
{
    [Fact]
    public void A_thread_shares_descriptors_and_directory_with_its_process_in_both_directions()
    {
        Reading reading = Read(c => Clone(c, 150, NewThread).Open(150, 20, "rel.txt").Write(100, 20, "parent sees it").Close(100, 20).Write(150, 20, "gone")
            .Event(150, 94).Event(150, 95, 0L, "/var").Open(100, 21, "x"));
        Assert.Equal([("/root/rel.txt", 100), (null, 100)], reading.Io.Select(io => (io.FdName, reading.State.Threads.Find(io.Tid)!.Pid)));
        Assert.Equal("/var/x", reading.FdName(150, 21));
        Assert.Equal((150, 100, "python"), Identity(reading, 150));
    }

    [Fact]
    public void A_child_process_has_a_copy_of_the_descriptors_that_changes_on_its_own()
    {
        Reading reading = Read(c => Clone(c, 160, 0).Open(160, 21, "child.txt").Open(100, 21, "/parent.txt").Close(160, 4).Close(100, 5).Event(160, 94).Event(160, 95, 0L, "/var").Open(100, 22, "y"));
        Assert.Equal(["/root/child.txt", null, "10.0.0.9:50000->10.0.0.5:8888"], reading.FdNames(160, 21, 4, 5));
        Assert.Equal(["/parent.txt", "/tmp/blob.bin", null, "/root/y"], reading.FdNames(100, 21, 4, 5, 22));
        Assert.Equal((160, 160, "python"), Identity(reading, 160));
        Assert.Equal(100, reading.State.Threads.Find(160)!.Identity.ParentTid);
    }

    [Fact]
    public void A_grandchild_and_its_siblings_do_not_see_each_others_changes()
    {
        Reading reading = Read(c => Clone(Clone(Clone(c, 160, 0), 161, 0), 170, 0, parent: 160).Open(170, 9, "/a").Open(161, 9, "/b").Open(160, 9, "/c").Close(100, 4));
        Assert.Equal(("/a", "/b", "/c", null), (reading.FdName(170, 9), reading.FdName(161, 9), reading.FdName(160, 9), reading.FdName(100, 9)));
        Assert.All((int[])[160, 161, 170], tid => Assert.Equal("/tmp/blob.bin", reading.FdName(tid, 4)));
    }

    [Fact]
    public void A_child_whose_own_exit_comes_first_is_the_same_child()
    {
        Reading reading = Read(c =>
        {
            c.Event(100, 222);
            CloneExit(c, 160, 0, tid: 160, pid: 160, ptid: 100, flags: 0).Open(160, 9, "/mine");
            CloneExit(c, 100, 160, tid: 100, pid: 100, ptid: 1, flags: 0);
        });
        Assert.Equal(["/mine", "/tmp/blob.bin"], reading.FdNames(160, 9, 4));
    }

    [Fact]
    public void A_program_that_a_thread_has_run_leaves_no_thread_of_the_old_one_behind()
    {
        Reading reading = Read(c =>
        {
            Clone(c, 150, NewThread);
            Clone(c, 151, NewThread).Open(150, 20, "/kept");

            // The kernel ends thread 151 and the main one; 150 goes on as 100 and ends no more.
            c.Event(151, 186, 0L).Event(100, 186, 0L);
            Exec(c, 100, 0, "cat").Open(100, 21, "/new");
        });
        Assert.Equal((100, 100, "cat"), Identity(reading, 100));
        Assert.Equal(["/kept", "/new"], reading.FdNames(100, 20, 21));
        Assert.Null(reading.State.Threads.Find(150));
        Assert.Equal(0, reading.State.Threads.Find(100)!.LiveThreads);
    }

    [Theory]
    [InlineData(14, 15, 8)]
    [InlineData(156, 157, 13)]
    [InlineData(182, 183, 13)]
    [InlineData(216, 217, 14)]
    [InlineData(224, 225, 15)]
    [InlineData(226, 227, 15)]
    [InlineData(334, 335, 15)]
    public void Every_version_of_clone_and_fork_says_whether_it_makes_a_thread(int enter, int exit, int flagsIndex)
    {
        Reading reading = Read(c =>
        {
            object[] parameters = [160L, "exe", Array.Empty<byte>(), 100L, 100L, 1L, "", 1024L, 0L, 0L, 1u, 1u, 0u, "comm", Array.Empty<byte>(), 0u, 0u, 0u, 100L, 100L];
            if (flagsIndex < 14)
                parameters[13] = 0u;
            parameters[flagsIndex] = NewThread;
            c.Event(100, (ushort)enter).Event(100, (ushort)exit, parameters.AsSpan(0, flagsIndex + 1 + (flagsIndex == 15 ? 4 : 0))).Write(160, 4, "x");
        });
        Assert.Equal(100, reading.State.Threads.Find(160)!.Pid);
        Assert.Equal("/tmp/blob.bin", Assert.Single(reading.Io).FdName);
        Assert.Equal(flagsIndex >= 14 ? "comm" : "exe", reading.State.Threads.Find(160)!.Identity.Name);
    }

    [Fact]
    public void In_a_pid_namespace_only_the_childs_own_exit_tells_its_tid()
    {
        Reading reading = Read(c =>
        {
            c.Event(100, 222);
            CloneExit(c, 100, 5, tid: 100, pid: 100, ptid: 1, flags: 0x20000000);
            CloneExit(c, 160, 0, tid: 160, pid: 160, ptid: 100, flags: 0x20000000, vtid: 5);
        });
        Assert.Null(reading.State.Threads.Find(5));
        Assert.Equal("/tmp/blob.bin", reading.FdName(160, 4));
    }

    [Fact]
    public void Exec_changes_the_name_and_keeps_descriptors()
    {
        Reading reading = Read(c => Exec(c, 100, 0, "cat").Write(100, 4, "x"));
        Assert.Equal((100, 100, "cat"), Identity(reading, 100));
        Assert.Equal("/tmp/blob.bin", reading.Io[0].FdName);
        Assert.Equal(["python", "cat"], reading.Events.Select(e => e.ProcessName).Distinct());
    }

    [Fact]
    public void A_failed_exec_changes_nothing() => Assert.Equal((100, 100, "python"), Identity(Read(c => Exec(c, 100, -2, "cat")), 100));

    [Fact]
    public void Exec_of_a_child_that_shared_descriptors_gives_it_a_table_of_its_own()
    {
        Reading reading = Read(c => Exec(Clone(c, 150, NewThread), 150, 0, "cat").Close(150, 4));
        Assert.Null(reading.FdName(150, 4));
        Assert.Equal("/tmp/blob.bin", reading.FdName(100, 4));
    }

    [Theory]
    [InlineData(186)]
    [InlineData(16)]
    public void After_its_exit_a_tid_is_a_stranger_and_the_exit_itself_still_has_the_name(int type)
    {
        Reading reading = Read(c => c.Event(100, (ushort)type, 0L).Write(100, 4, "dead"));
        Assert.Equal(["python", null, null], reading.Events.Select(e => e.ProcessName));
        Assert.Null(Assert.Single(reading.Io).FdName);
        Assert.Equal((100, 100, (string?)null), Identity(reading, 100));
    }

    [Fact]
    public void A_tid_that_is_used_again_is_a_new_thread()
    {
        Reading reading = Read(c => Clone(Clone(c, 160, 0).Open(160, 9, "/old").Event(160, 186, 0L), 160, 0, comm: "again").Write(160, 9, "x"));
        Assert.Null(Assert.Single(reading.Io).FdName);
        Assert.Equal("again", Identity(reading, 160).Name);
    }

    [Fact]
    public void A_tid_that_is_used_again_after_an_exit_that_was_not_recorded_is_a_new_thread()
    {
        Reading reading = Read(c =>
        {
            Clone(c, 160, 0).Open(160, 9, "/old");
            c.Now += 3_000_000_000;
            Clone(c, 160, 0, comm: "again");
        });
        Assert.Null(reading.FdName(160, 9));
        Assert.Equal("again", Identity(reading, 160).Name);
    }

    [Fact]
    public void An_unknown_thread_has_no_name_and_keeps_what_it_opens()
    {
        Reading reading = Reading.Of(new CaptureBuilder().Header().Open(77, 3, "x").Write(77, 3, "y"));
        Assert.Equal((77, 77, (string?)null), Identity(reading, 77));
        Assert.Equal((-1, "x"), (reading.State.Threads.Find(77)!.Identity.ParentTid, reading.Io[0].FdName));
    }

    [Fact]
    public void A_thread_may_stand_before_its_process_in_the_list()
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(101, "t", 100, NewThread), CaptureBuilder.Process(100))
            .Fds(100, Tracers.Engine.Scap.Records.FdRecord.ForFile(4, "/f", 1)).Write(101, 4, "x");
        Assert.Equal("/f", Assert.Single(Reading.Of(capture).Io).FdName);
    }

    [Fact]
    public void A_switch_between_enter_and_exit_does_not_part_them()
    {
        Reading reading = Read(c => c.Event(100, 8, 4L, 1u).Event(100, 152, 101L, 0L, 0L, 0u, 0u, 0u).Event(100, 9, 1L, "x"u8.ToArray()));
        Assert.Equal(("/tmp/blob.bin", 2000), (reading.Io[0].FdName, reading.Events[^1].Latency));
    }

    [Fact]
    public void Thousands_of_threads_are_found_again_as_they_come_and_go()
    {
        ThreadTable table = new();
        Dictionary<int, TracedThread> expected = [];
        Random random = new(1);
        for (int i = 0; i < 50_000; i++)
        {
            int tid = random.Next(3000) * 64;
            if (random.Next(3) == 0)
            {
                table.Remove(tid);
                expected.Remove(tid);
            }
            else
            {
                TracedThread thread = new(new ThreadIdentity(tid, tid, 1, "x", 0), new FdTable());
                table.Add(thread);
                expected[tid] = thread;
            }
        }

        Assert.Equal(expected.Count, table.Count);
        for (int tid = 0; tid < 3000 * 64; tid += 64)
            Assert.Same(expected.GetValueOrDefault(tid), table.Find(tid));
    }

    private static CaptureBuilder Exec(CaptureBuilder c, int tid, long result, string comm) =>
        c.Event(tid, 292, "/bin/" + comm).Event(tid, 293, result, "/bin/" + comm, Array.Empty<byte>(), (long)tid, (long)tid, 1L, "", 1024L, 0L, 0L, 1u, 1u, 0u, comm, Array.Empty<byte>(), Array.Empty<byte>(), 0u, 1L, -1, 0u);

    private static (int Tid, int Pid, string? Name) Identity(Reading reading, int tid)
    {
        ThreadIdentity identity = reading.State.Threads.Find(tid)!.Identity;
        return (identity.Tid, identity.Pid, identity.Name);
    }

    private static Reading Read(Action<CaptureBuilder> script)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        script(capture);
        Reading reading = Reading.Of(capture);
        Assert.Null(reading.Error);
        return reading;
    }
}
