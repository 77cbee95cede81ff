namespace Tracers.Engine.Analysis.Tables;

/// <summary>Which processes are asked for.</summary>
internal sealed record ProcessQuery : MachineQuery
{
    /// <summary>A row for each thread in the place of one for each process.</summary>
    public bool Threads { get; init; }

    /// <summary>Also those that were gone at the moment.</summary>
    public bool IncludeExited { get; init; }
}
