using System.Text;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.State;

/// <summary>Containers: which one a thread runs in, and what a capture tells of it.</summary>
public class ContainersTests
{
    private const string Id = "3ad7b26ded6d8e7b23da7d48fe889434573036c27ae5a74837233de441c3601e";
    private const string Short = "3ad7b26ded6d";

    [Theory]
    [InlineData("/docker/" + Id, "docker", Short)]
    [InlineData("/system.slice/docker-" + Id + ".scope", "docker", Short)]
    [InlineData("/kubepods/burstable/podf9734263-15e7-11e9/" + Id, "docker", Short)]
    [InlineData("/machine.slice/libpod-" + Id + ".scope/container", "podman", Short)]
    [InlineData("/kubepods.slice/crio-" + Id + ".scope", "cri", Short)]
    [InlineData("/kubepods/crio-" + Id, "cri", Short)]
    [InlineData("/system.slice/cri-containerd-" + Id + ".scope", "cri", Short)]
    [InlineData("/kubepods-besteffort.slice:cri-containerd:" + Id, "cri", Short)]
    [InlineData("/lxc/my-box/init", "lxc", "my-box")]
    [InlineData("/lxc.payload/my-box", "lxc", "my-box")]
    [InlineData("/machine/my-vm.libvirt-lxc", "libvirt-lxc", "my-vm")]
    [InlineData("/libvirt/lxc/old", "lxc", "old")]
    [InlineData(@"/machine.slice/machine-lxc\x2dmy.scope", "libvirt-lxc", "my")]
    [InlineData("/mesos/a9f41620-b165-4d24-abe0-af0af92e7b20", "mesos", "a9f41620-b165-4d24-abe0-af0af92e7b20")]
    [InlineData("/system.slice/bpm-job.scope", "bpm", "job")]
    [InlineData("/", null, "host")]
    [InlineData("/user.slice/user-1000.slice/session-2.scope", null, "host")]
    [InlineData("/docker/3ad7b26ded6d", null, "host")]
    [InlineData("/docker/3ad7b26ded6d8e7b23da7d48fe889434573036c27ae5a74837233de441c3601g", null, "host")]
    [InlineData("/docker/" + Id + "0", null, "host")]
    [InlineData("/mesos/short", null, "host")]
    [InlineData(".scope/docker-", null, "host")]
    public void A_path_of_a_cgroup_tells_engine_and_id(string path, string? type, string id)
    {
        ContainerTable table = new();
        ContainerInfo found = table[table.Find(Encoding.UTF8.GetBytes($"cpuset=/\0cpu={path}\0"), default)];
        Assert.Equal((type, id, null), (found.Type, found.Id, found.Name));
    }

    [Fact]
    public void A_rootless_pod_is_known_by_systemds_own_group_and_a_rkt_pod_by_its_root()
    {
        ContainerTable table = new();
        Assert.Equal(Short, table[table.Find(Encoding.UTF8.GetBytes($"name=systemd=/user.slice/podman-12.scope/{Id}\0"), default)].Id);
        Assert.Equal("pod:app", table[table.Find(default, "/var/lib/rkt/pods/run/pod/stage1/rootfs/opt/stage2/app/rootfs"u8)].Id);
    }

    [Fact]
    public void Damaged_cgroups_are_those_of_the_host()
    {
        ContainerTable table = new();
        foreach (string cgroups in (string[])["", "\0", "\0\0\0", "cpu", "=", "cpu=\0cpu", "=/docker/", "a=b=c"])
            Assert.Equal(ContainerTable.Host, table.Find(Encoding.UTF8.GetBytes(cgroups), "/opt/stage2/"u8));
    }

    [Theory]
    [InlineData(228)]
    [InlineData(272)]
    [InlineData(324)]
    public void A_container_event_tells_name_image_and_type(ushort type)
    {
        CaptureBuilder c = Contained();
        if (type == 228)
            c.Event(0, 228, Short, 11u, "web", "nginx:1");
        else
            c.EventBlock(type == 324 ? 0x221u : 0x216u, 0, type, 0, wide: type == 324, $$$"""{"container":{"Mounts":[{"x":{}}],"id":"{{{Short}}}","image":"nginx:1","name":"web","type":11}}""" + "\n");
        Reading reading = Reading.Of(c.Write(100, 4, "x"));
        Assert.Null(reading.Error);
        ThreadIdentity thread = reading.State.Threads.Find(100)!.Identity;
        ContainerInfo info = reading.State.ContainerOf(thread)!;
        Assert.Equal((Short, "podman", "web", "nginx:1", "web"), (info.Id, info.Type, info.Name, info.Image, info.Label));
        Assert.Null(reading.State.Threads.Find(0));
    }

    [Fact]
    public void A_container_that_the_recorder_did_not_describe_shows_by_its_id() => Assert.Equal(
        (Short, Short), Reading.Of(Contained().Write(100, 4, "x")).State is var s && s.ContainerOf(s.Threads.Find(100)!.Identity) is { } info ? (info.Id, info.Label) : default);

    [Fact]
    public void A_child_runs_where_its_event_says_and_a_program_where_it_was_moved_to()
    {
        CaptureState state = Reading.Of(Contained().Event(100, 222)
            .Event(100, 223, 160L, "a", Array.Empty<byte>(), 100L, 100L, 1L, "", 9L, 0L, 0L, 1u, 1u, 0u, "a", Encoding.UTF8.GetBytes($"cpuset=/\0cpu=/docker/{Id}\0"), 0u, 0u, 0u, 100L, 100L)
            .Event(100, 222)
            .Event(100, 223, 161L, "a", Array.Empty<byte>(), 100L, 100L, 1L, "", 9L, 0L, 0L, 1u, 1u, 0u, "a", "cpu=/\0"u8.ToArray(), 0u, 0u, 0u, 100L, 100L)
            .Event(161, 292, "/b").Event(161, 293, 0L, "b", Array.Empty<byte>(), 161L, 161L, 100L, "", 9L, 0L, 0L, 1u, 1u, 0u, "b", "cpu=/lxc/box\0"u8.ToArray())).State;
        Assert.Equal((Short, Short, "box"), (IdOf(100), IdOf(160), IdOf(161)));

        string IdOf(int tid) => state.ContainerOf(state.Threads.Find(tid)!.Identity)!.Id;
    }

    [Fact]
    public void A_stranger_is_in_no_known_container()
    {
        CaptureState state = Reading.Of(Contained().Write(77, 4, "x")).State;
        Assert.Null(state.ContainerOf(state.Threads.Find(77)!.Identity));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"container\":5}")]
    [InlineData("{\"container\":{\"id\":5,\"name\":[],\"type\":\"x\",\"image\":{}}}")]
    [InlineData("{\"container\":{\"id\":\"\\ud800\"}}")]
    [InlineData("{\"container\":{\"id\":\"host\",\"name\":\"no\"}}")]
    [InlineData("{\"container\":{\"id\":\"x\",\"type\":99999999999999999999}}")]
    public void Json_that_means_nothing_harms_nothing(string json)
    {
        Reading reading = Reading.Of(Contained().Write(100, 4, "x").Event(0, 272, json).Event(0, 272).Event(0, 228, Array.Empty<byte>()).EventBlock(0x221, 0, 402, 0, wide: true, 0u, "container").EventBlock(0x221, 0, 402, 0, wide: true, 0u, "container", json).Write(100, 4, "x"));
        Assert.Null(reading.Error);
        Assert.Equal("host", reading.State.Containers[ContainerTable.Host].Label);
        Assert.Equal(2, reading.Io.Count);
    }

    [Fact]
    public void Deep_and_large_json_is_refused_without_effort()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 50_000)), wide = "{\"container\":{\"x\":[" + string.Join(',', Enumerable.Repeat("1", 200_000)) + "],\"id\":\"" + Short + "\",\"name\":\"n\"}}";
        Reading reading = Reading.Of(Contained().EventBlock(0x221, 0, 324, 0, wide: true, deep).EventBlock(0x221, 0, 324, 0, wide: true, wide).Write(100, 4, "x"));
        Assert.Null(reading.Error);
        Assert.Equal("n", reading.State.ContainerOf(reading.State.Threads.Find(100)!.Identity)!.Name);
    }

    // sysdig shows what is told of containers only behind the first event of another kind, and not what its recorder failed to find out.
    [Fact]
    public void What_is_told_of_a_container_is_shown_when_it_comes_late_and_complete()
    {
        CaptureBuilder c = Contained();
        Tell(c, "a", null);
        Tell(c, "b", 1);
        c.Write(100, 4, "x");
        Tell(c, "c", null);
        Tell(c, "d", 0);
        Tell(c, "e", 1);
        Tell(c, "f", 2);
        Tell(c, "g", 7);
        c.Event(0, 228, "h", 0u, "h", "");
        Assert.Equal(["container:c", "container:e", "container:g"], Shown(c));
    }

    [Fact]
    public void Every_section_has_its_own_first_events()
    {
        CaptureBuilder c = Contained().Write(100, 4, "x");
        Tell(c, "a", null);
        c.Header();
        Tell(c, "b", null);
        c.Write(100, 4, "x");
        Tell(c, "c", null);
        Assert.Equal(["container:a", "container:c"], Shown(c));
    }

    private static void Tell(CaptureBuilder c, string id, int? state) =>
        c.Event(0, 272, state is null ? $$$"""{"container":{"id":"{{{id}}}"}}""" : $$$"""{"container":{"id":"{{{id}}}","lookup_state":{{{state}}}}}""");

    private static List<string?> Shown(CaptureBuilder c)
    {
        using TempFile path = new();
        File.WriteAllBytes(path.Path, c.ToArray());
        List<string?> names = [];
        using CaptureFile file = new(path.Path, keepArguments: false, CancellationToken.None);
        file.ReadEvents(new EventQuery { Type = static type => type == "container" }, record => names.Add(record.ProcessName));
        return names;
    }

    private static CaptureBuilder Contained() => new CaptureBuilder().Header().Processes(new ProcessRecord
    {
        Tid = 100, Pid = 100, Comm = "nginx", Exe = "nginx", Cwd = "/", Cgroups = ByteText.FromList("cpuset=/", "cpu=/docker/" + Id),
    });
}
