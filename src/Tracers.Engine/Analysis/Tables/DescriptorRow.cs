using Tracers.Engine.State;

namespace Tracers.Engine.Analysis.Tables;

/// <summary>A descriptor of a process at a moment, and what was done with it until then; or all of the same name that the process had closed.</summary>
internal sealed record DescriptorRow
{
    /// <summary>The main thread of the process, or the thread that has a table of its own.</summary>
    public required ThreadIdentity Owner { get; init; }

    /// <summary>The number; null when it was closed.</summary>
    public required long? Fd { get; init; }

    /// <summary>What it is, or was last.</summary>
    public required FdInfo Info { get; init; }

    /// <summary>Empty for none.</summary>
    public required string Name { get; init; }

    /// <summary>The effective user by name, else by number; null when not known.</summary>
    public required string? User { get; init; }

    /// <summary>Null for a thread that the capture says nothing of.</summary>
    public required ContainerInfo? Container { get; init; }

    public required DescriptorTotals Totals { get; init; }

    /// <summary>Of a socket what it is; null for what is none, and where the capture does not say.</summary>
    public ConnectionState? SocketState => Info.Kind switch
    {
        _ when !Info.Kind.IsSocket() => null,
        _ when Fd is null => ConnectionState.Closed,
        FdKind.Unix => UnixState,
        _ => Info.Tuple switch
        {
            null or { Source.Port: 0, Destination: null or { Port: 0 } } => ConnectionState.Unconnected,
            { Destination: null } => ConnectionState.Listening,
            _ => ConnectionState.Connected,
        },
    };

    // A list says of a unix socket at most that it has a peer. An event names a connected one by both ends, and one that is bound by its path;
    // one without a name can be half of a pair.
    private ConnectionState? UnixState =>
        Info.Record is { UnixDestination: not 0 } || Name.Contains("->", StringComparison.Ordinal) ? ConnectionState.Connected
        : Info.Record is null && Info.IsNamed && Info.Role == SocketRole.Server ? ConnectionState.Listening
        : null;
}
