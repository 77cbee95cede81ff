using Tracers.Engine.Scap.Records;
using Xunit;

namespace Tracers.Tests.Engine.Filters;

/// <summary>Fields of containers, and of the commands that ask whether a container is well.</summary>
public class ContainerFieldTests
{
    private const string Id = "3ad7b26ded6d8e7b23da7d48fe889434573036c27ae5a74837233de441c3601e";
    private const string Short = "3ad7b26ded6d";

    private const string Described = """
        {"container":{"id":"3ad7b26ded6d","type":0,"name":"web","image":"library/nginx:1.25","imageid":"6f7e2741b66b","imagerepo":"library/nginx","imagetag":"1.25","imagedigest":"sha256:d977",
        "privileged":true,"Mounts":[{"Source":"/srv/data","Destination":"/data","Mode":"ro","RW":false,"Propagation":"rprivate"},{"Source":"/var/run/docker.sock","Destination":"/sock","RW":true},7],
        "Healthcheck":{"exe":"curl","args":["-f","http://localhost/"]},"ReadinessProbe":{"exe":"true"},"LivenessProbe":{"args":["no"]},"env":["A=1"],"labels":{"x":"y"}}}
        """;

    [Theory]
    [InlineData("container.id", Short)]
    [InlineData("container.name", "web")]
    [InlineData("container.image", "library/nginx:1.25")]
    [InlineData("container.image.id", "6f7e2741b66b")]
    [InlineData("container.image.repository", "library/nginx")]
    [InlineData("container.image.tag", "1.25")]
    [InlineData("container.image.digest", "sha256:d977")]
    [InlineData("container.type", "docker")]
    [InlineData("container.privileged", true)]
    [InlineData("container.mounts", "/srv/data:/data:ro:false:rprivate,/var/run/docker.sock:/sock::true:,:::false:")]
    [InlineData("container.mount[1]", "/var/run/docker.sock:/sock::true:")]
    [InlineData("container.mount[3]", null)]
    [InlineData("container.mount[/srv/*]", "/srv/data:/data:ro:false:rprivate")]
    [InlineData("container.mount[/nowhere]", null)]
    [InlineData("container.mount.source[/data]", "/srv/data")]
    [InlineData("container.mount.source[/srv/data]", null)]
    [InlineData("container.mount.dest[/srv/data]", "/data")]
    [InlineData("container.mount.mode[0]", "ro")]
    [InlineData("container.mount.rdwr[*sock]", "true")]
    [InlineData("container.mount.propagation[0]", "rprivate")]
    [InlineData("container.healthcheck", "curl -f http://localhost/")]
    [InlineData("container.readiness_probe", "true")]
    [InlineData("container.liveness_probe", "NONE")]
    public void A_container_has_what_its_event_tells(string field, object? expected) => Assert.Equal([expected], Filtered.Values(Contained().Event(0, 272, Described).Event(100, 60), field));

    [Theory]
    [InlineData("container.id", "host")]
    [InlineData("container.name", "host")]
    [InlineData("container.type", "host")]
    [InlineData("container.image", null)]
    [InlineData("container.privileged", null)]
    [InlineData("container.mounts", null)]
    [InlineData("container.healthcheck", null)]
    public void Outside_of_containers_is_the_host(string field, object? expected) => Assert.Equal([expected], Filtered.Values(CaptureBuilder.Typical().Event(100, 60), field));

    [Theory]
    [InlineData("container.id", Short)]
    [InlineData("container.type", "docker")]
    [InlineData("container.name", null)]
    [InlineData("container.image.tag", null)]
    [InlineData("container.privileged", null)]
    [InlineData("container.mounts", null)]
    [InlineData("container.healthcheck", null)]
    public void Of_a_container_that_is_not_described_only_id_and_engine_are_known(string field, object? expected) => Assert.Equal([expected], Filtered.Values(Contained().Event(100, 60), field));

    [Fact]
    public void What_is_told_of_a_container_holds_from_then_on()
    {
        CaptureBuilder c = Contained().Event(100, 60).Event(0, 228, Short, 0u, "old", "").Event(100, 60).Event(0, 272, Described).Event(100, 60);
        Assert.Equal([null, "old", "web", "web"], Filtered.Values(c, "container.name"));
        Assert.Equal([4L, 5L], Filtered.Numbers(c.ToArray(), "container.name=web"));
    }

    // The engine runs it beside the container's own processes: what those start is part of the work, whatever it is.
    [Fact]
    public void A_health_check_is_known_by_its_command_line_unless_the_container_itself_runs_it()
    {
        CaptureBuilder c = Contained().Event(0, 272, Described);
        Fork(c, 50, 200, vpid: 20);
        Exec(c, 200, "curl", "-f", "http://localhost/");
        Fork(c, 200, 201, vpid: 21);
        Fork(c, 100, 300, vpid: 30);
        Exec(c, 300, "curl", "-f", "http://localhost/");
        Exec(c, 300, "true");
        Fork(c, 50, 400, vpid: 40);
        Exec(c, 400, "true");
        Fork(c, 50, 500, vpid: 50);
        Exec(c, 500, "curl", "-f");
        foreach (int tid in (int[])[100, 200, 201, 300, 400, 500])
            c.Event(tid, 60);
        Assert.Equal([false, true, true, false, false, false], Filtered.Values(c, "proc.is_container_healthcheck")[^6..]);
        Assert.Equal([false, false, false, false, true, false], Filtered.Values(c, "proc.is_container_readiness_probe")[^6..]);
        Assert.DoesNotContain(true, Filtered.Values(c, "proc.is_container_liveness_probe"));
    }

    private static byte[] Cgroups => ByteText.FromList("cpu=/docker/" + Id).Bytes.ToArray();

    private static void Fork(CaptureBuilder c, int parent, long child, long vpid) => c.Event((int)child, 222)
        .Event((int)child, 223, 0L, "x", Array.Empty<byte>(), child, child, (long)parent, "", 9L, 0L, 0L, 1u, 1u, 0u, "x", Cgroups, 0x20000000u, 0u, 0u, vpid, vpid);

    private static void Exec(CaptureBuilder c, int tid, string exe, params string[] arguments) => c.Event(tid, 292, "/" + exe)
        .Event(tid, 293, 0L, exe, ByteText.FromList(arguments).Bytes.ToArray(), (long)tid, (long)tid, 50L, "", 9L, 0L, 0L, 1u, 1u, 0u, exe, Cgroups);

    // 50 is the engine's, 100 the container's first process.
    private static CaptureBuilder Contained() => new CaptureBuilder().Header().Processes(
        new ProcessRecord { Tid = 50, Pid = 50, ParentTid = 1, Comm = "containerd", Exe = "containerd", Cwd = "/" },
        new ProcessRecord { Tid = 100, Pid = 100, ParentTid = 50, Comm = "nginx", Exe = "nginx", Cwd = "/", VTid = 1, VPid = 1, Cgroups = ByteText.FromList("cpuset=/", "cpu=/docker/" + Id) });
}
