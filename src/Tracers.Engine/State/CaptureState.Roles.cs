using System.Text;
using Tracers.Engine.Scap;

namespace Tracers.Engine.State;

/// <content>Health checks of containers: an engine runs them beside the container's own processes, and only their command lines tell.</content>
internal sealed partial class CaptureState
{
    private void FindRoles()
    {
        foreach (TracedThread thread in Threads.All)
        {
            if (thread.Identity.Details.Container != ContainerTable.Host && (IsFirstOfContainer(thread) || HasFirstOfContainer(thread)))
                Change(thread, thread.Identity.Details with { Role = ContainerRole.Workload });
        }
    }

    // What it is that a new process or program is part of, just when it begins.
    private ThreadDetails InRole(ThreadDetails details, TracedThread? parent)
    {
        if (!KeepsRecords || details.Container == ContainerTable.Host)
            return details;
        if (details.VPid == 1)
            return details with { Role = ContainerRole.Workload };
        if (parent is not null && parent.Identity.Details.Role is not ContainerRole.None and var inherited)
            return details with { Role = inherited };
        if (Containers[details.Container].Details is not { } container || ProbeOf(container, details) is not (not ContainerRole.None and var role))
            return details;

        return parent is not null && (IsFirstOfContainer(parent) || HasFirstOfContainer(parent)) ? details : details with { Role = role };
    }

    private bool HasFirstOfContainer(TracedThread thread)
    {
        TracedThread? ancestor = ParentOf(thread);
        for (int i = 0; ancestor is not null && i < ScapLimits.Ancestors; i++, ancestor = ParentOf(ancestor))
        {
            if (IsFirstOfContainer(ancestor))
                return true;
        }

        return false;
    }

    private static ContainerRole ProbeOf(ContainerDetails container, ThreadDetails details) =>
        Runs(container.HealthCheck, details) ? ContainerRole.HealthCheck
        : Runs(container.LivenessProbe, details) ? ContainerRole.LivenessProbe
        : Runs(container.ReadinessProbe, details) ? ContainerRole.ReadinessProbe
        : ContainerRole.None;

    private static bool Runs(ContainerProbe? probe, ThreadDetails details) =>
        probe is not null && details.Exe.Span.SequenceEqual(Encoding.UTF8.GetBytes(probe.Exe)) && details.Arguments.Span.SequenceEqual(Encoding.UTF8.GetBytes(probe.Arguments));

    private static bool IsFirstOfContainer(TracedThread thread) => thread.Identity.Details is { VPid: 1, Container: not ContainerTable.Host };
}
