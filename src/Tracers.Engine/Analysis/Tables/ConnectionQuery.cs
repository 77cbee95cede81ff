namespace Tracers.Engine.Analysis.Tables;

/// <summary>Which sockets are asked for.</summary>
internal sealed record ConnectionQuery : DescriptorQuery
{
    /// <summary>Only internet sockets with one of these ports at either end; null for all.</summary>
    public IReadOnlySet<int>? Ports { get; init; }

    /// <summary>Null for all.</summary>
    public IReadOnlySet<ConnectionState>? States { get; init; }

    /// <inheritdoc/>
    public override bool Wants(DescriptorRow row) =>
        base.Wants(row)
        && (Ports is null || (row.Info.Tuple is { } tuple && (Ports.Contains(tuple.Source.Port) || (tuple.Destination is { } server && Ports.Contains(server.Port)))))
        && (States is null || (row.SocketState is { } state && States.Contains(state)));
}
