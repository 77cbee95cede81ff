using System.Buffers;
using Tracers.Engine.Scap;

namespace Tracers.Engine.State;

/// <summary>Finds the container that a thread runs in by the paths of its cgroups, as the engines name them.</summary>
internal static class ContainerPatterns
{
    private const int FullIdLength = 64;
    private const int ShortIdLength = 12;

    private static readonly SearchValues<byte> s_hex = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private static readonly SearchValues<byte> s_uuid = SearchValues.Create("0123456789abcdefABCDEF-"u8);
    private static readonly SearchValues<byte> s_bpm = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"u8);

    private static ReadOnlySpan<ContainerType> Engines =>
    [
        ContainerType.Podman, ContainerType.Docker, ContainerType.Cri, ContainerType.Lxc, ContainerType.LibvirtLxc, ContainerType.Mesos, ContainerType.Bpm,
    ];

    /// <summary>The short id of the container and its engine; empty for none.</summary>
    /// <param name="cgroups">Cgroups as <c>subsystem=path</c>, each followed by a NUL.</param>
    /// <param name="root">The thread's root directory: rkt's simplest pods stand there.</param>
    /// <param name="type">The engine whose pattern it is.</param>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> cgroups, ReadOnlySpan<byte> root, out ContainerType type)
    {
        // Each engine is asked for all cgroups before the next one: the first that knows the thread has it.
        foreach (ContainerType engine in Engines)
        {
            ReadOnlySpan<byte> rest = cgroups;
            while (!rest.IsEmpty)
            {
                ReadOnlySpan<byte> cgroup = rest.UntilNul();
                rest = rest[Math.Min(cgroup.Length + 1, rest.Length)..];
                int equals = cgroup.LastIndexOf((byte)'=');
                if (equals < 0)
                    break;
                ReadOnlySpan<byte> id = Match(engine, cgroup[..equals], cgroup[(equals + 1)..]);
                if (!id.IsEmpty)
                {
                    type = engine;
                    return id;
                }
            }
        }

        type = ContainerType.Rkt;
        return PodOfRoot(root);
    }

    private static ReadOnlySpan<byte> Match(ContainerType engine, ReadOnlySpan<byte> subsystem, ReadOnlySpan<byte> path)
    {
        switch (engine)
        {
            case ContainerType.Podman:
                ReadOnlySpan<byte> podman = FullId(path, "/libpod-"u8, ".scope"u8);
                return podman.IsEmpty && subsystem.SequenceEqual("name=systemd"u8) && path.IndexOf("podman-"u8) >= 0 ? FullId(path, ".scope/"u8, default) : podman;
            case ContainerType.Docker:
                ReadOnlySpan<byte> docker = FullId(path, "/"u8, default);
                return docker.IsEmpty ? FullId(path, "/docker-"u8, ".scope"u8) : docker;
            case ContainerType.Cri:
                ReadOnlySpan<byte> cri = FullId(path, "/crio-"u8, default);
                if (cri.IsEmpty)
                    cri = FullId(path, "/cri-containerd-"u8, ".scope"u8);
                if (cri.IsEmpty)
                    cri = FullId(path, "/crio-"u8, ".scope"u8);
                return cri.IsEmpty ? FullId(path, ":cri-containerd:"u8, default) : cri;
            case ContainerType.Lxc:
                ReadOnlySpan<byte> lxc = Between(path, "/lxc/"u8, "/"u8);
                return lxc.IsEmpty ? Between(path, "/lxc.payload/"u8, "/"u8) : lxc;
            case ContainerType.LibvirtLxc:
                return LibvirtId(path);
            case ContainerType.Mesos:
                ReadOnlySpan<byte> mesos = Between(path, "/mesos/"u8, default);
                return mesos.Length == 36 && mesos.IndexOfAnyExcept(s_uuid) < 0 ? mesos : default;
            case ContainerType.Bpm:
                ReadOnlySpan<byte> bpm = Between(path, "bpm-"u8, ".scope"u8);
                return bpm.IndexOfAnyExcept(s_bpm) < 0 ? bpm : default;
            default:
                return default;
        }
    }

    // 64 hex digits between the last prefix and the last suffix; people are shown twelve of them.
    private static ReadOnlySpan<byte> FullId(ReadOnlySpan<byte> path, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> suffix)
    {
        int start = path.LastIndexOf(prefix);
        int end = suffix.IsEmpty ? path.Length : path.LastIndexOf(suffix);
        if (start < 0 || end - (start + prefix.Length) != FullIdLength)
            return default;
        ReadOnlySpan<byte> id = path[(start + prefix.Length)..end];
        return id.IndexOfAnyExcept(s_hex) < 0 ? id[..ShortIdLength] : default;
    }

    // What stands behind the first prefix, up to the suffix or to the end.
    private static ReadOnlySpan<byte> Between(ReadOnlySpan<byte> path, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> suffix)
    {
        int start = path.IndexOf(prefix);
        if (start < 0)
            return default;
        ReadOnlySpan<byte> rest = path[(start + prefix.Length)..];
        int end = suffix.IsEmpty ? -1 : rest.IndexOf(suffix);
        return end < 0 ? rest : rest[..end];
    }

    private static ReadOnlySpan<byte> LibvirtId(ReadOnlySpan<byte> path)
    {
        if (path.EndsWith(".libvirt-lxc"u8) && path.LastIndexOf((byte)'/') is >= 0 and int slash)
            return path[(slash + 1)..^".libvirt-lxc".Length];

        // systemd escapes a dash as \x2d.
        if (path.EndsWith(".scope"u8) && path.IndexOf("-lxc\\x2"u8) is >= 0 and int escaped && escaped + "-lxc\\x2d".Length <= path.Length - ".scope".Length)
            return path[(escaped + "-lxc\\x2d".Length)..^".scope".Length];
        return default;
    }

    // /var/lib/rkt/pods/run/POD/stage1/rootfs/opt/stage2/APP/rootfs: the id is POD:APP.
    private static ReadOnlySpan<byte> PodOfRoot(ReadOnlySpan<byte> root)
    {
        ReadOnlySpan<byte> prefix = "/var/lib/rkt/pods/run/"u8, middle = "/stage1/rootfs/opt/stage2/"u8;
        if (!root.StartsWith(prefix))
            return default;
        ReadOnlySpan<byte> pod = Between(root, prefix, middle);
        ReadOnlySpan<byte> application = Between(root, middle, "/rootfs"u8);
        if (pod.IsEmpty || application.IsEmpty || pod.Length + prefix.Length == root.Length)
            return default;
        return (byte[])[.. pod, (byte)':', .. application];
    }
}
