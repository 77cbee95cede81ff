using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.State;

/// <summary>Who a thread acts as, and what else is seldom asked of it.</summary>
public class CredentialsTests
{
    [Fact]
    public void The_process_list_tells_all_of_a_thread()
    {
        Reading reading = Reading.Of(new CaptureBuilder().Header().Processes(new ProcessRecord
        {
            Tid = 100, Pid = 100, ParentTid = 1, Comm = "sh", Exe = "/bin/sh", ExePath = "/usr/bin/dash", Arguments = ByteText.FromList("-c", "a b"), Cwd = "/x", Root = "/chroot",
            Uid = 5, Gid = 6, LoginUid = 1000, SessionId = 90, ProcessGroup = 91, VTid = 2, VPid = 3, FdLimit = 64,
        }).Write(100, 4, "x"));
        ThreadIdentity thread = reading.State.Threads.Find(100)!.Identity;
        ThreadDetails details = thread.Details;
        Assert.Equal(("sh -c a b", "/bin/sh", "/usr/bin/dash", "/chroot"), (thread.CommandLine, details.Exe.ToString(), details.ExePath.ToString(), details.Root.ToString()));
        Assert.Equal((5u, 6u, 1000u, 90, 91), (details.Uid, details.Gid, details.LoginUid, details.SessionId, details.ProcessGroup));
        Assert.Equal((2, 3, 64, ContainerTable.Host), (details.VTid, details.VPid, details.FdLimit, details.Container));
    }

    [Fact]
    public void Of_a_stranger_nothing_is_known()
    {
        ThreadDetails details = Details(c => c.Write(77, 3, "x"), 77);
        Assert.Equal((ThreadDetails.NoId, ThreadDetails.NoId, ThreadDetails.NoId, -1, -1), (details.Uid, details.Gid, details.LoginUid, details.SessionId, details.VPid));
    }

    [Theory]
    [InlineData(198, 0, true)]
    [InlineData(200, 0, false)]
    [InlineData(192, 1, true)]
    [InlineData(194, 1, false)]
    public void New_ids_stand_where_the_call_begins_and_count_when_it_returns(ushort enter, int index, bool user)
    {
        object[] ids = [10u, 11u, 12u];
        uint expected = (uint)ids[index];
        ids = index == 0 ? ids[..1] : ids;
        Assert.Equal(user ? (expected, 0u) : (0u, expected), Ids(c => c.Event(100, enter, ids).Event(100, (ushort)(enter + 1), 0L)));
        Assert.Equal((0u, 0u), Ids(c => c.Event(100, enter, ids).Event(100, (ushort)(enter + 1), -1L)));
        Assert.Equal(user ? (expected, 0u) : (0u, expected), Ids(c => c.Event(100, (ushort)(enter + 1), [0L, .. ids])));
        ids[index] = uint.MaxValue;
        Assert.Equal((0u, 0u), Ids(c => c.Event(100, enter, ids).Event(100, (ushort)(enter + 1), 0L)));
        Assert.Equal((0u, 0u), Ids(c => c.Event(100, enter, new byte[3]).Event(100, (ushort)(enter + 1), 0L, new byte[1])));
    }

    [Fact]
    public void The_calls_of_two_ids_set_the_effective_one()
    {
        Assert.Equal((2u, 0u), Ids(c => c.Event(100, 427, 0L, 1u, 2u)));
        Assert.Equal((0u, 2u), Ids(c => c.Event(100, 429, 0L, 1u, 2u)));
    }

    [Fact]
    public void Sessions_groups_root_limit_and_name_follow_their_calls()
    {
        Assert.Equal(100, Details(c => c.Event(100, 274).Event(100, 275, 100L)).SessionId);
        Assert.Equal(55, Details(c => c.Event(100, 294, 0L, 55L).Event(100, 295, 0L)).ProcessGroup);
        Assert.Equal(55, Details(c => c.Event(100, 295, 0L, 0L, 55L)).ProcessGroup);
        Assert.Equal("/jail", Details(c => c.Event(100, 266).Event(100, 267, 0L, "/jail")).Root.ToString());
        Assert.Equal("/root/jail", Details(c => c.Event(100, 266).Event(100, 267, 0L, "jail")).Root.ToString());
        Assert.Equal(512, Details(c => c.Event(100, 142, (byte)7).Event(100, 143, 0L, 512L, 1024L)).FdLimit);
        Assert.NotEqual(512, Details(c => c.Event(100, 142, (byte)6).Event(100, 143, 0L, 512L, 1024L)).FdLimit);
        Assert.Equal("worker", Read(c => c.Event(100, 401, 0L, 15u, "worker", 0L)).State.Threads.Find(100)!.Identity.Name);
        Assert.Equal("/var/y", Read(c => c.Event(100, 92).Event(100, 93, 0L, "/var").Open(100, 9, "y")).FdName(100, 9));
    }

    [Fact]
    public void A_child_has_what_its_parent_has_and_what_the_event_tells()
    {
        Reading reading = Read(c => c.Event(100, 198, 7u).Event(100, 199, 0L).Event(100, 274).Event(100, 275, 100L)
            .Event(100, 222).Event(100, 223, 160L, "/bin/child", "x\0"u8.ToArray(), 100L, 100L, 1L, "", 99L, 0L, 0L, 1u, 1u, 0u, "child", "cpu=/\0"u8.ToArray(), 0u, 8u, 9u, 100L, 100L));
        ThreadDetails details = reading.State.Threads.Find(160)!.Identity.Details;
        Assert.Equal((8u, 9u, 100, 99), (details.Uid, details.Gid, details.SessionId, details.FdLimit));
        Assert.Equal(("/bin/child", "child x", 160, 160), (details.Exe.ToString(), reading.State.Threads.Find(160)!.Identity.CommandLine, details.VTid, details.VPid));
    }

    [Fact]
    public void A_parent_that_is_a_stranger_is_what_its_child_is()
    {
        Reading reading = Read(c => c.Event(900, 222).Event(900, 223, 901L, "/bin/a", "x\0"u8.ToArray(), 900L, 900L, 1L, "", 99L, 0L, 0L, 1u, 1u, 0u, "a", Array.Empty<byte>(), 0u, 8u, 9u, 900L, 900L));
        Assert.Equal(("a x", ThreadDetails.NoId), (reading.State.Threads.Find(900)!.Identity.CommandLine, reading.State.Threads.Find(900)!.Identity.Details.Uid));
        Assert.Equal(("a x", 8u), (reading.State.Threads.Find(901)!.Identity.CommandLine, reading.State.Threads.Find(901)!.Identity.Details.Uid));
    }

    [Fact]
    public void Exec_changes_program_terminal_and_login()
    {
        Reading reading = Read(c => Exec(c, "tool"));
        ThreadIdentity thread = reading.State.Threads.Find(100)!.Identity;
        Assert.Equal(("tool -v", "/root/bin/tool", 4u, 33, 1000u), (thread.CommandLine, thread.Details.ExePath.ToString(), thread.Details.Tty, thread.Details.ProcessGroup, thread.Details.LoginUid));
        Assert.Equal(1, thread.ParentTid);
    }

    [Fact]
    public void An_object_that_was_handed_out_keeps_what_was_true_then()
    {
        Reading reading = Read(c => c.Event(100, 198, 7u).Event(100, 199, 0L));
        ThreadIdentity before = reading.State.Threads.Find(100)!.Identity;
        Assert.Equal(7u, before.Details.Uid);
        Assert.NotSame(ThreadDetails.Unknown, before.Details);
    }

    [Fact]
    public void A_process_lives_as_long_as_its_threads()
    {
        const uint Thread = 0x2000 | 1;
        CaptureBuilder c = CaptureBuilder.Typical().Event(100, 222)
            .Event(100, 223, 101L, "t", Array.Empty<byte>(), 100L, 100L, 1L, "", 9L, 0L, 0L, 1u, 1u, 0u, "t", Array.Empty<byte>(), Thread, 0u, 0u, 100L, 100L);
        Assert.Equal("python", Name(c.Event(100, 186, 0L), 100));
        Assert.Null(Name(c.Event(101, 186, 0L).Event(100, 186, 0L), 100));

        static string? Name(CaptureBuilder c, int tid) => Reading.Of(c).State.Threads.Find(tid)?.Identity.Name;
    }

    [Fact]
    public void Users_and_groups_come_from_the_list_and_from_events()
    {
        CaptureBuilder c = new CaptureBuilder().Header().Raw(Written.AfterHeader(w => w.WriteUsers([new(0, 0, "root", "/", "sh"), new(7, 7, "a", "/", "sh")], [new(0, "wheel")])));
        AccountNames users = Reading.Of(c.Event(0, 354, 8u, 8u, "new", "/", "sh", "").Event(0, 356, 7u, 7u, "a", "/", "sh", "").Event(0, 354, 0u, 0u, "no", "/", "sh", "0123456789ab")
            .Event(0, 358, 9u, "staff", "").Event(0, 354, new byte[2])).State.Users;
        Assert.Equal(("root", null, "new", null), (users.Name(0), users.Name(7), users.Name(8), users.Name(9)));
        Assert.Equal(("root", "7", null), (users.Label(0), users.Label(7), users.Label(ThreadDetails.NoId)));
        Assert.Equal(("wheel", "staff"), (Reading.Of(c).State.Groups.Name(0), Reading.Of(c).State.Groups.Name(9)));
    }

    private static CaptureBuilder Exec(CaptureBuilder c, string comm) =>
        c.Event(100, 292, "bin/" + comm).Event(100, 293, 0L, "/bin/" + comm, "-v\0"u8.ToArray(), 100L, 100L, 5L, "", 1024L, 0L, 0L, 1u, 1u, 0u, comm, Array.Empty<byte>(), Array.Empty<byte>(), 4u, 33L, 1000, 0u);

    private static (uint Uid, uint Gid) Ids(Action<CaptureBuilder> script) => Details(script) is var details ? (details.Uid, details.Gid) : default;

    private static ThreadDetails Details(Action<CaptureBuilder> script, int tid = 100) => Read(script).State.Threads.Find(tid)!.Identity.Details;

    private static Reading Read(Action<CaptureBuilder> script)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        script(capture);
        Reading reading = Reading.Of(capture);
        Assert.Null(reading.Error);
        return reading;
    }
}
