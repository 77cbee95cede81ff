using System.Net;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>What can be told of a descriptor beside its name and type.</summary>
internal static class FdValues
{
    /// <summary>sysdig's <c>fd.directory</c>: of a file the part before its last slash, of a directory the whole; null for everything else.</summary>
    public static string? Directory(FdInfo? fd, string name)
    {
        if (fd?.Kind is not (FdKind.File or FdKind.Directory))
            return null;
        int slash = name.LastIndexOf('/');
        if (fd.Kind == FdKind.Directory || slash == name.Length - 1 && slash > 0)
            return name;
        return slash <= 0 ? "/" : name[..slash];
    }

    /// <summary>sysdig's <c>fd.sport</c>: the server's port; null for what is no internet socket, has no address or no known server.</summary>
    public static int? Port(FdInfo? fd) => fd switch
    {
        { Tuple.Destination: null } => fd.Tuple.Source.Port,
        { Tuple.Destination: { } server } when fd.Role != SocketRole.Unknown => server.Port,
        _ => null,
    };

    /// <summary>tcp, udp, icmp or raw; null for what is no internet socket, and when it is not known.</summary>
    public static string? TransportName(FdInfo? fd) => fd is { Transport: > Transport.NotApplicable } ? fd.Transport.ToString().ToLowerInvariant() : null;

    /// <summary>The client's end of an internet connection; null of a listening socket, and when it is not known.</summary>
    public static IPEndPoint? Client(FdInfo? fd) => fd?.Tuple is { Destination: not null } tuple ? Copy(tuple.Source) : null;

    /// <summary>The server's end of an internet connection, or where a socket listens; null when it is not known.</summary>
    public static IPEndPoint? Server(FdInfo? fd) => fd?.Tuple is { } tuple ? Copy(tuple.Destination ?? tuple.Source) : null;

    // An end point can be changed, and this one is shared.
    private static IPEndPoint Copy(IPEndPoint end) => new(end.Address, end.Port);
}
