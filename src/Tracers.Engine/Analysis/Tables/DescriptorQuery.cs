using Tracers.Engine.State;

namespace Tracers.Engine.Analysis.Tables;

/// <summary>Which descriptors are asked for.</summary>
internal record DescriptorQuery : MachineQuery
{
    /// <summary>Only descriptors of these kinds; empty for all.</summary>
    public IReadOnlyList<FdKind> Kinds { get; init; } = [];

    /// <summary>Of the descriptor's name; that of one without a name is empty.</summary>
    public Func<string, bool>? Name { get; init; }

    /// <summary>Also those that were closed at the moment, as far as they were used before.</summary>
    public bool IncludeClosed { get; init; }

    /// <summary>Whether a row is asked for, of the processes and kinds that are.</summary>
    public virtual bool Wants(DescriptorRow row) => Name?.Invoke(row.Name) != false;
}
