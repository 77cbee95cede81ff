namespace Tracers.Engine.Analysis.Tables;

/// <summary>What a socket is at a moment.</summary>
public enum ConnectionState : byte
{
    /// <summary>It has an address of its own and waits there, for connections or for datagrams.</summary>
    Listening,

    /// <summary>It has a peer.</summary>
    Connected,

    /// <summary>It was made, and has neither.</summary>
    Unconnected,

    /// <summary>It was closed.</summary>
    Closed,
}
