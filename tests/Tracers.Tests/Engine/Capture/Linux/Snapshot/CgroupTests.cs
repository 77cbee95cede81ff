using System.Text;
using Tracers.Engine.Capture;
using Tracers.Engine.Capture.Linux.Snapshot;
using Tracers.Engine.Scap.Linux;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;
using Xunit;

namespace Tracers.Tests.Engine.Capture.Linux.Snapshot;

/// <summary>Cgroups: their text, whose they are, and which are a container's.</summary>
public class CgroupTests
{
    private const string Id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Mixed = $"9:name=systemd:/s\n8:pids:/p\n7:blkio:/b\n4:memory:/docker/{Id}\n3:cpuset:/c\n1:cpu,cpuacct:/a:b\n0::/u\n";

    [Fact]
    public void In_a_v2_hierarchy_all_controllers_have_its_path() =>
        Assert.Equal("cpuset=/x|cpu=/x|cpuacct=/x|io=/x|memory=/x|", Text("0::/x\n"));

    [Fact]
    public void Controllers_of_v1_hierarchies_have_their_own_paths_and_named_ones_follow() =>
        Assert.Equal($"cpuset=/c|cpu=/a:b|cpuacct=/a:b|io=/b|memory=/docker/{Id}|name=systemd=/s|", Text(Mixed));

    [Fact]
    public void A_controller_that_no_v1_hierarchy_has_is_one_of_v2() =>
        Assert.Equal("cpuset=/u|cpu=/a|cpuacct=/u|io=/u|memory=/u|", Text("1:cpu:/a\n0::/u\n"));

    [Theory]
    [InlineData("")]
    [InlineData("nonsense\n\n12:\n")]
    public void Lines_that_say_nothing_give_nothing(string lines) => Assert.Equal("", Text(lines));

    [Fact]
    public void What_does_not_fit_is_left_out_whole()
    {
        string path = "/" + new string('x', 2000);
        Assert.Equal($"cpuset={path}|cpu={path}|", Text($"0::{path}\n"));
    }

    [Fact]
    public void Where_all_is_v2_a_cgroup_is_read_once()
    {
        using FakeProc proc = new();
        proc.File("self/cgroup", "0::/\n").File("100/cgroup", "0::/a\n");
        CgroupNames names = new(proc.Folder, new CaptureState(), mount: null);
        Assert.Equal("/a", PathOf(names.Find(7, 100)));
        proc.File("100/cgroup", "0::/b\n");
        Assert.Equal("/a", PathOf(names.Find(7, 100)));
        Assert.Equal("/a", PathOf(names.Find(7, 999)));
        Assert.Equal("/b", PathOf(names.Find(8, 100)));
    }

    [Fact]
    public void A_thread_that_moved_before_it_was_read_names_no_other_threads_cgroup()
    {
        using FakeProc proc = new();
        string mount = Directory.CreateDirectory(Path.Combine(proc.Folder.Root, "mount")).FullName;
        Directory.CreateDirectory(Path.Combine(mount, "a"));
        Directory.CreateDirectory(Path.Combine(mount, "b"));
        ulong a = FileStatus.Of(Path.Combine(mount, "a"))!.Value.Inode;
        proc.File("self/cgroup", "0::/\n").File("100/cgroup", "0::/b\n").File("101/cgroup", "0::/a\n");
        CgroupNames names = new(proc.Folder, new CaptureState(), mount);
        Assert.Equal("/b", PathOf(names.Find(a, 100)));
        Assert.Equal("/a", PathOf(names.Find(a, 101)));
        Assert.Equal("/a", PathOf(names.Find(a, 100)));
    }

    [Fact]
    public void Beside_v1_hierarchies_a_thread_has_what_is_known_of_it_until_it_runs_another_program()
    {
        using FakeProc proc = new();
        proc.File("self/cgroup", Mixed).File("100/cgroup", "1:cpu:/new\n0::/\n");
        CaptureState state = new();
        state.SetThread(new ProcessRecord { Tid = 100, Pid = 100, Comm = "runc", Cgroups = ByteText.FromList("cpuset=/old") });
        CgroupNames names = new(proc.Folder, state, mount: null);
        Assert.Equal("/old", PathOf(names.Find(1, 100)));
        names.Executed(100);
        Assert.Equal("cpuset=/|cpu=/new|cpuacct=/|io=/|memory=/|", Show(names.Find(1, 100)));
        Assert.Equal("/old", PathOf(names.Find(1, 100)));
    }

    [Fact]
    public void A_thread_that_is_gone_has_what_the_state_says_or_nothing()
    {
        using FakeProc proc = new();
        proc.File("self/cgroup", "0::/\n");
        CaptureState state = new();
        state.SetThread(new ProcessRecord { Tid = 100, Pid = 100, Comm = "x", Cgroups = ByteText.FromList("cpuset=/old") });
        CgroupNames names = new(proc.Folder, state, mount: null);
        Assert.Equal("/old", PathOf(names.Find(1, 100)));
        Assert.True(names.Find(2, 101).IsEmpty);
    }

    [Fact]
    public void A_container_is_found_by_the_beginning_of_its_id_with_all_cgroups_inside_of_it()
    {
        using Hierarchy mount = new($"system.slice/docker-{Id}.scope/inner/deep", "system.slice/other", $"docker/{Id.Replace('0', '9')}");
        ulong[] expected = [.. ((string[])["", "/inner", "/inner/deep"]).Select(p => mount.IdOf($"system.slice/docker-{Id}.scope{p}"))];
        Assert.Equal(expected.Order(), CgroupHierarchy.Resolve(mount.Root, ["0123"]).Order());
        Assert.Equal(expected.Order(), CgroupHierarchy.Resolve(mount.Root, [Id[..12]]).Order());
        Assert.Equal(expected.Order(), CgroupHierarchy.Resolve(mount.Root, [Id]).Order());
        Assert.Equal(4, CgroupHierarchy.Resolve(mount.Root, ["0123", "9123"]).Count);
    }

    [Theory]
    [InlineData("123")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdee")]
    [InlineData("docker")]
    public void A_container_that_is_not_there_is_named_with_where_it_was_looked_for(string id)
    {
        using Hierarchy mount = new($"docker/{Id}");
        CaptureStartException e = Assert.Throws<CaptureStartException>(() => CgroupHierarchy.Resolve(mount.Root, ["0123", id]));
        Assert.Equal(CaptureStartFailure.Option, e.Failure);
        Assert.Contains($"'{id}'", e.Message);
        Assert.Contains($"3 cgroups below '{mount.Root}'", e.Message);
    }

    [Fact]
    public void Without_a_v2_hierarchy_containers_cannot_be_selected()
    {
        CaptureStartException e = Assert.Throws<CaptureStartException>(() => CgroupHierarchy.Resolve(null, ["abc"]));
        Assert.Equal(CaptureStartFailure.Option, e.Failure);
        Assert.Contains("'abc'", e.Message);
        Assert.Contains("mount -t cgroup2", e.Message);
    }

    [Fact]
    public void The_mount_is_found_beside_v1_hierarchies()
    {
        using FakeProc proc = new();
        Assert.Null(CgroupHierarchy.FindMount(proc.Folder));
        proc.File("self/mounts", "cgroup /sys/fs/cgroup/cpu cgroup rw,cpu 0 0\ncgroup2 /sys/fs/cgroup/a\\040b cgroup2 rw 0 0\n");
        Assert.Equal("/sys/fs/cgroup/a b", CgroupHierarchy.FindMount(proc.Folder));
    }

    private static string Text(string lines)
    {
        byte[] target = new byte[CgroupText.Limit];
        return Show(target.AsSpan(0, CgroupText.Write(Encoding.UTF8.GetBytes(lines), target)));
    }

    private static string Show(ReadOnlySpan<byte> cgroups) => Encoding.UTF8.GetString(cgroups).Replace('\0', '|');

    private static string PathOf(ReadOnlySpan<byte> cgroups) => Show(cgroups).Split('|')[0]["cpuset=".Length..];

    /// <summary>Folders in the place of the v2 hierarchy.</summary>
    private sealed class Hierarchy : IDisposable
    {
        public Hierarchy(params ReadOnlySpan<string> folders)
        {
            foreach (string folder in folders)
                Directory.CreateDirectory(Path.Combine(Root, folder));
        }

        public string Root { get; } = Path.Combine(Path.GetTempPath(), $"tracers-cgroup-{Guid.NewGuid():N}");

        public ulong IdOf(string folder) => FileStatus.Of(Path.Combine(Root, folder))!.Value.Inode;

        public void Dispose() => Directory.Delete(Root, recursive: true);
    }
}
