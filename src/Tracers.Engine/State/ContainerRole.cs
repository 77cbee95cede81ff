namespace Tracers.Engine.State;

/// <summary>What a thread is in its container, as far as it was said when it began or began its program.</summary>
internal enum ContainerRole : byte
{
    /// <summary>Nothing of what follows, or not known.</summary>
    None,

    /// <summary>The container's first process, or one of its descendants.</summary>
    Workload,

    /// <summary>Its health check, as the next two with what they start.</summary>
    HealthCheck,

    LivenessProbe,

    ReadinessProbe,
}
