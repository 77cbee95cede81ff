using Tracers.Engine.State;

namespace Tracers.Engine.Analysis.Tables;

/// <summary>What is asked of the machine at a moment; a null part asks nothing.</summary>
internal record MachineQuery
{
    /// <summary>The moment: what happened before it counts. Null for the end of the capture.</summary>
    public TimeBound? At { get; init; }

    /// <summary>Activity before this moment is not counted; what it led to is still seen. Null for the beginning of the capture.</summary>
    public TimeBound? After { get; init; }

    public IReadOnlySet<int>? ProcessIds { get; init; }

    /// <summary>Of the thread's name.</summary>
    public Func<string, bool>? ProcessName { get; init; }

    /// <summary>Whether threads that the question is about, or that own what it is about, are wanted.</summary>
    public bool Wants(ThreadIdentity thread) =>
        ProcessIds?.Contains(thread.Pid) != false && (ProcessName is null || (thread.Name is { } name && ProcessName(name)));
}
