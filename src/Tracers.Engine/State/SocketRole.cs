namespace Tracers.Engine.State;

/// <summary>Which side of a connection a process is on; a socket's source is always the client.</summary>
public enum SocketRole : byte
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>It asked for the connection.</summary>
    Client,

    /// <summary>It was asked, or waits to be.</summary>
    Server,
}
