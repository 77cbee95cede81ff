namespace Tracers.Engine.State;

/// <summary>Which side of a connection a process is on; a socket's source is always the client.</summary>
internal enum SocketRole : byte
{
    Unknown,
    Client,
    Server,
}
