using System.Net;
using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Tables;
using Tracers.Engine.State;

namespace Tracers;

/// <summary>An internet or unix socket that a process had open at a moment, and what went through it until then.</summary>
/// <remarks>Of sockets that were closed by then there is one for each process and name.</remarks>
public sealed class TracerConnection
{
    private readonly DescriptorRow _row;

    internal TracerConnection(DescriptorRow row, string path)
    {
        _row = row;
        Path = path;
    }

    /// <summary>Name (comm) of the process; null when the capture does not say.</summary>
    public string? ProcessName => _row.Owner.Name;

    /// <summary>Process id.</summary>
    public int ProcessId => _row.Owner.Pid;

    /// <summary>Thread id: the process id, but of a thread that does not share the descriptors of its process.</summary>
    public int ThreadId => _row.Owner.Tid;

    /// <summary>The user that the process acts as: the name, or the number where the capture has no name for it; null when the capture does not say.</summary>
    public string? User => _row.User;

    /// <summary>Name of the container that the process runs in, or its id where the capture has no name for it; <c>host</c> for none; null when the capture does not say.</summary>
    public string? Container => _row.Container?.Label;

    /// <summary>Number of the descriptor; null of what was closed.</summary>
    public long? Fd => _row.Fd;

    /// <summary>ipv4, ipv6 or unix.</summary>
    public string? Type => _row.Info.Kind.Name();

    /// <summary>Transport of an internet socket: tcp, udp, icmp or raw; null of a unix socket, and when it is not known.</summary>
    public string? Transport => FdValues.TransportName(_row.Info);

    /// <summary>Listening, Connected, Unconnected or Closed; null of a unix socket of which the capture does not say.</summary>
    public ConnectionState? State => _row.SocketState;

    /// <summary>Whether the process is the client or the server; null when it is not known.</summary>
    public SocketRole? Role => _row.Info.Role == SocketRole.Unknown ? null : _row.Info.Role;

    /// <summary>The client's end of an internet connection; null of a listening socket, and when it is not known.</summary>
    public IPEndPoint? Client => FdValues.Client(_row.Info);

    /// <summary>The server's end of an internet connection, or where a socket listens; null when it is not known.</summary>
    public IPEndPoint? Server => FdValues.Server(_row.Info);

    /// <summary>The process's own end; null when it is not known which one that is.</summary>
    public IPEndPoint? Local => Client is null || Role == SocketRole.Server ? Server : Role == SocketRole.Client ? Client : null;

    /// <summary>The other end; null of a listening socket, and when it is not known which one that is.</summary>
    public IPEndPoint? Remote => Client is null ? null : Role == SocketRole.Server ? Client : Role == SocketRole.Client ? Server : null;

    /// <summary>The addresses, or the path of a unix socket; empty when it has none or the capture does not say.</summary>
    public string Name => _row.Name;

    /// <summary>Calls on it that returned in the time asked for.</summary>
    public long Calls => _row.Totals.Calls;

    /// <summary>Calls of these that failed.</summary>
    public long Errors => _row.Totals.Errors;

    /// <summary>Bytes received in that time.</summary>
    public long ReadBytes => _row.Totals.ReadBytes;

    /// <summary>Bytes sent in that time.</summary>
    public long WriteBytes => _row.Totals.WriteBytes;

    /// <summary>Time inside these calls, as far as their beginning is in the capture.</summary>
    public Duration Time => Duration.FromNanoseconds(_row.Totals.Time);

    /// <summary>The capture it was read from.</summary>
    public string Path { get; }

    /// <summary>
    /// A property as the views show it: a text, bytes in the unit that fits, the descriptor's number or <c>-</c>, <c>Protocol</c> the transport or else the
    /// type, <c>ServerOrName</c> the server's end or else the name.
    /// </summary>
    /// <param name="property">The property's name.</param>
    public string ToText(string property) => property switch
    {
        nameof(ProcessName) => Views.Text(ProcessName),
        nameof(Fd) => Views.Fd(Fd),
        nameof(ReadBytes) => Views.Bytes(ReadBytes),
        nameof(WriteBytes) => Views.Bytes(WriteBytes),
        "Protocol" => Transport ?? Type ?? "",
        "ServerOrName" => Server?.ToString() ?? Views.Text(Name),
        _ => throw new ArgumentException($"No view shows '{property}'.", nameof(property)),
    };

    /// <summary>The name, for messages.</summary>
    public override string ToString() => Name;
}
