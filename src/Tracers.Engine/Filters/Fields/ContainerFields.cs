using System.Globalization;
using System.Text;
using Tracers.Engine.Filters.Comparisons;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters.Fields;

/// <summary>The container that a thread runs in.</summary>
/// <remarks>All but the id and the type is known from the recorder's own events, from the one on that describes the container.</remarks>
internal static class ContainerFields
{
    private const string Host = "host";
    private const string NoProbe = "NONE";

    public static FieldInfo[] All { get; } =
    [
        Text("container.id", "Short id of the container, its first 12 digits; host outside of containers.", "container.id != host", static container => container.Id),
        Text("container.name", "Name of the container; host outside of containers, none where the capture does not describe it.", "container.name = web", static container => container.Number == 0 ? Host : container.Name),
        Text("container.image", "Name of the image; none outside of containers and where the capture does not describe it.", "container.image startswith nginx", static container => container.Image),
        Detail("container.image.id", "Id of the image", "container.image.id = 6f7e2741b66b", static details => details.ImageId),
        Text("container.type", "Engine of the container; host outside of containers.", "container.type = docker", static container => container.Number == 0 ? Host : container.Type) with
        {
            Values = static () => ContainerTypeText.Names.Prepend(Host),
        },
        NewField.Number("container.privileged", "Whether the container is privileged. None outside of containers, for engines that do not know the like, and where the capture does not describe it.", "container.privileged = true", static (scoped in EventContext c, out long value) =>
        {
            ContainerInfo? container = c.Pass.State.ContainerOf(c.Thread.Identity);
            value = container?.Details is { IsPrivileged: true } ? 1 : 0;
            return container is { Details: not null, Type: "docker" or "podman" or "cri" or "containerd" or "cri-o" };
        }, needs: FilterNeeds.Records, type: FieldType.Boolean),
        Detail("container.mounts", "All mounts, each as source:destination:mode:writable:propagation, joined with commas; empty for none", "container.mounts contains /var/run/docker.sock", static details => string.Join(',', details.Mounts.Select(static m => m.Text))),
        Mount("container.mount", "A mount as source:destination:mode:writable:propagation", "container.mount[/var/lib/*] exists", static mount => mount.Text),
        Mount("container.mount.source", "Where a mount is on the machine", "container.mount.source[/data] = /srv/data", static mount => mount.Source, byDestination: true),
        Mount("container.mount.dest", "Where the container sees a mount", "container.mount.dest[0] = /data", static mount => mount.Destination),
        Mount("container.mount.mode", "Mode of a mount", "container.mount.mode[/srv/*] = ro", static mount => mount.Mode),
        Mount("container.mount.rdwr", "Whether the container may write a mount: true or false, as a text", "container.mount.rdwr[/etc] = true", static mount => mount.Writable),
        Mount("container.mount.propagation", "Propagation of a mount", "container.mount.propagation[0] = rprivate", static mount => mount.Propagation),
        Detail("container.image.repository", "Name of the image without its tag", "container.image.repository = library/nginx", static details => details.ImageRepository),
        Detail("container.image.tag", "Tag of the image", "container.image.tag = latest", static details => details.ImageTag),
        Detail("container.image.digest", "Digest of the image in its registry", "container.image.digest startswith sha256:d977", static details => details.ImageDigest),
        Probe("container.healthcheck", "health check", static details => details.HealthCheck),
        Probe("container.liveness_probe", "liveness probe", static details => details.LivenessProbe),
        Probe("container.readiness_probe", "readiness probe", static details => details.ReadinessProbe),
    ];

    private static FieldInfo Text(string name, string description, string example, Func<ContainerInfo, string?> read, FilterNeeds needs = FilterNeeds.None) =>
        new(name, FieldType.Text, description, _ => Reader(read, needs)) { Example = example };

    private static FieldInfo Detail(string name, string what, string example, Func<ContainerDetails, string?> read) =>
        Text(name, $"{what}. None outside of containers and where the capture does not describe the container.", example, container => container.Details is { } details ? read(details) : null, FilterNeeds.Records);

    private static FieldInfo Probe(string name, string what, Func<ContainerDetails, ContainerProbe?> read) =>
        Detail(name, $"Command line of the container's {what}; {NoProbe} when it has none", $"{name} != {NoProbe}", details => read(details)?.Text ?? NoProbe);

    private static FieldInfo Mount(string name, string what, string example, Func<ContainerMount, string> read, bool byDestination = false) =>
        new(name, FieldType.Text, $"{what}: of the mount with this number, from 0, or of the first whose {(byDestination ? "destination" : "source")} fits the path, which may hold * and ?. None when there is no such mount.", reference =>
        {
            int? index = int.TryParse(reference.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
            GlobPattern path = new(Encoding.UTF8.GetBytes(reference.Name!));
            return Reader(container => FindMount(container, index, path, byDestination) is { } mount ? read(mount) : null, FilterNeeds.Records);
        })
        {
            Argument = FieldArgument.Key,
            Example = example,
        };

    private static ContainerMount? FindMount(ContainerInfo container, int? index, GlobPattern path, bool byDestination)
    {
        IReadOnlyList<ContainerMount> mounts = container.Details?.Mounts ?? [];
        return index is { } at
            ? at < mounts.Count ? mounts[at] : null
            : mounts.FirstOrDefault(m => path.Matches(Encoding.UTF8.GetBytes(byDestination ? m.Destination : m.Source)));
    }

    // A container's text is made once for as long as nothing new is told of it.
    private static FieldReader Reader(Func<ContainerInfo, string?> read, FilterNeeds needs)
    {
        ContainerInfo? last = null;
        byte[]? text = null;
        return new FieldReader
        {
            Type = FieldType.Text,
            Needs = needs,
            Identity = static (scoped in EventContext c, out long value) =>
            {
                ContainerInfo? container = c.Pass.State.ContainerOf(c.Thread.Identity);
                value = container?.Number ?? 0;
                return container is not null;
            },
            Text = (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                ContainerInfo? container = c.Pass.State.ContainerOf(c.Thread.Identity);
                if (!ReferenceEquals(container, last))
                {
                    last = container;
                    text = container is not null && read(container) is { } made ? Encoding.UTF8.GetBytes(made) : null;
                }

                value = text;
                return text is not null;
            },
        };
    }
}
