namespace Tracers.Engine.Export;

/// <summary>What an anonymous capture has in the place of a parameter.</summary>
internal enum AnonymousRule : byte
{
    /// <summary>Nothing: what is not known to be harmless goes.</summary>
    Remove,

    /// <summary>The same.</summary>
    Keep,

    /// <summary>The same, if it is a number by its size.</summary>
    Number,

    /// <summary>The path with each of its names changed.</summary>
    Path,

    /// <summary>One name, changed.</summary>
    Name,

    /// <summary>Cgroups as <c>subsystem=path</c>, each followed by a NUL, with their paths changed.</summary>
    Cgroups,

    /// <summary>Of a list of arguments the first, which is a path.</summary>
    Program,

    /// <summary>An address of 4 or 16 bytes.</summary>
    Address,

    /// <summary>A socket's address.</summary>
    SocketAddress,

    /// <summary>The addresses of a connection.</summary>
    SocketTuple,

    /// <summary>What a container event tells.</summary>
    Container,

    /// <summary>What was read or written; that of a marker is kept.</summary>
    Payload,

    /// <summary>A value behind a byte that says what it is.</summary>
    Dynamic,

    /// <summary>The name that a thread gives itself; prctl has other text in the same place.</summary>
    ThreadName,
}
