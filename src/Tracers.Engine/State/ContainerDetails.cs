namespace Tracers.Engine.State;

/// <summary>What a container event tells that is seldom asked for; kept only where <see cref="ContainerTable.KeepsDetails"/>.</summary>
internal sealed record ContainerDetails
{
    /// <summary>Null where the event does not tell, as what follows.</summary>
    public string? ImageId { get; init; }

    public string? ImageRepository { get; init; }

    public string? ImageTag { get; init; }

    public string? ImageDigest { get; init; }

    public bool IsPrivileged { get; init; }

    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    public ContainerProbe? HealthCheck { get; init; }

    public ContainerProbe? LivenessProbe { get; init; }

    public ContainerProbe? ReadinessProbe { get; init; }

    public bool Equals(ContainerDetails? other) =>
        other is not null && ImageId == other.ImageId && ImageRepository == other.ImageRepository && ImageTag == other.ImageTag && ImageDigest == other.ImageDigest
        && IsPrivileged == other.IsPrivileged && HealthCheck == other.HealthCheck && LivenessProbe == other.LivenessProbe && ReadinessProbe == other.ReadinessProbe
        && Mounts.SequenceEqual(other.Mounts);

    public override int GetHashCode() => HashCode.Combine(ImageId, ImageDigest, Mounts.Count);
}
