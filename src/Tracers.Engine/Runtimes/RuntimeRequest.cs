namespace Tracers.Engine.Runtimes;

/// <summary>What a web server says of a request whose activity has begun.</summary>
internal sealed record RuntimeRequest
{
    /// <summary>Its activity's <see cref="RuntimeActivity.Id"/>.</summary>
    public required ulong ActivityId { get; init; }

    /// <summary><c>GET</c>, ...; empty where it is not known.</summary>
    public required string Method { get; init; }

    /// <summary>The path as it was asked for, without a query; empty where it is not known.</summary>
    public required string Path { get; init; }

    /// <summary><c>HTTP/1.1</c>, <c>HTTP/2</c>, ...; empty where it is not known.</summary>
    public required string Protocol { get; init; }

    /// <summary>The server's own end of the connection, <c>address:port</c>, IPv6 as <c>[address]:port</c>; empty where it is not known, or no internet address.</summary>
    public required string LocalEnd { get; init; }

    /// <summary>The other end, in the same form.</summary>
    public required string RemoteEnd { get; init; }

    /// <summary>Whether its connection carries other requests at the same time: HTTP/2 and later.</summary>
    public bool IsShared => Protocol.StartsWith("HTTP/2", StringComparison.Ordinal) || Protocol.StartsWith("HTTP/3", StringComparison.Ordinal);
}
