using System.Net;
using Tracers.Engine.State;

namespace Tracers.Engine.Runtimes;

/// <summary>A connection that a process has accepted. IPv4 addresses in IPv6's form count as what they are.</summary>
/// <param name="Pid">The process.</param>
/// <param name="Client">The end of who asked for the connection.</param>
/// <param name="Server">The process's own end.</param>
internal sealed record ConnectionKey(int Pid, IPEndPoint Client, IPEndPoint Server)
{
    /// <summary>The connection of a request; null where its ends are not known, or are no internet addresses.</summary>
    public static ConnectionKey? Of(int pid, RuntimeRequest request) =>
        IPEndPoint.TryParse(request.RemoteEnd, out IPEndPoint? client) && IPEndPoint.TryParse(request.LocalEnd, out IPEndPoint? server)
            ? new ConnectionKey(pid, Plain(client), Plain(server)) : null;

    /// <summary>The connection of a socket; null for one that has none.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="tuple">The socket's ends.</param>
    /// <param name="isReversed">Whether the server's end is taken for the client's: of a socket that was there before the capture it is not known.</param>
    public static ConnectionKey? Of(int pid, SocketTuple? tuple, bool isReversed = false) => tuple is not { Destination: { } destination } ? null
        : isReversed ? new ConnectionKey(pid, Plain(destination), Plain(tuple.Source))
        : new ConnectionKey(pid, Plain(tuple.Source), Plain(destination));

    private static IPEndPoint Plain(IPEndPoint end) => end.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(end.Address.MapToIPv4(), end.Port) : end;
}
