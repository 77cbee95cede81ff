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
}
