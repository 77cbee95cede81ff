namespace Tracers.Engine.State;

/// <summary>What a capture tells of a container: immutable, replaced when it tells more.</summary>
/// <param name="Number">A small number that stands for exactly this record; 0 for the host.</param>
/// <param name="Id">The short id as sysdig's <c>container.id</c>; <c>host</c> for what runs in no container.</param>
/// <param name="Type">docker, podman, ...; null for the host and where the capture does not tell.</param>
/// <param name="Name">Its name; null where the capture does not tell.</param>
/// <param name="Image">Name of its image; null where the capture does not tell.</param>
internal sealed record ContainerInfo(int Number, string Id, string? Type, string? Name, string? Image)
{
    /// <summary>Its IPv4 address; none where it has no own one, or the capture does not tell.</summary>
    public InternetAddress Ip { get; init; }

    /// <summary>What else the capture tells; null where it tells nothing, or nobody asks.</summary>
    public ContainerDetails? Details { get; init; }

    /// <summary>The name, else the id.</summary>
    public string Label => Name ?? Id;
}
