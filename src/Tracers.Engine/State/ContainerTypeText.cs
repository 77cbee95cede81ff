namespace Tracers.Engine.State;

/// <summary>The words of sysdig's <c>container.type</c>.</summary>
internal static class ContainerTypeText
{
    private static readonly string[] s_names =
        ["docker", "lxc", "libvirt-lxc", "mesos", "rkt", "custom", "cri", "containerd", "cri-o", "bpm", "static", "podman"];

    /// <summary>All of them.</summary>
    public static IEnumerable<string> Names => s_names;

    /// <summary>The word; null for a number that means nothing.</summary>
    public static string? Name(long type) => type >= 0 && type < s_names.Length ? s_names[type] : null;
}
