using System.Net;
using System.Net.Sockets;
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

    /// <summary>The connection of a call; null where it has none, or the process is the client in it.</summary>
    public static ConnectionKey? Of(SocketUse use) => use.Fd is not { Tuple: { Source: var source, Destination: { } destination }, Role: var role } ? null : role switch
    {
        SocketRole.Server => new ConnectionKey(use.Pid, Plain(source), Plain(destination)),

        // A socket from before the capture: the list that has it begins with the own end, and does not say whose the other is.
        SocketRole.Unknown => new ConnectionKey(use.Pid, Plain(destination), Plain(source)),
        _ => null,
    };

    // Runtimes add the interface to an address of one link, which the kernel's sockets do not have in theirs.
    private static IPEndPoint Plain(IPEndPoint end) =>
        end.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(end.Address.MapToIPv4(), end.Port)
        : end.Address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } ? new IPEndPoint(new IPAddress(end.Address.GetAddressBytes()), end.Port)
        : end;
}
