namespace Tracers.Engine.Capture.Linux;

/// <summary>What a thread's cgroups are called, in the bytes of an event's <c>cgroups</c> parameter.</summary>
internal interface ICgroupNames
{
    /// <summary>The cgroups of a thread as <c>subsystem=path</c>, each with its NUL; empty when they are not known.</summary>
    /// <param name="cgroupId">The id of its cgroup in the v2 hierarchy, as the probe copied it.</param>
    /// <param name="tid">The thread.</param>
    ReadOnlySpan<byte> Find(ulong cgroupId, uint tid);
}
