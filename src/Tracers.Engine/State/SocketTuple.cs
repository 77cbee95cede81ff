using System.Net;

namespace Tracers.Engine.State;

/// <summary>The two ends of an internet socket; of a listening one only the source.</summary>
/// <param name="Source">The client's end, or the listening address.</param>
/// <param name="Destination">The server's end; null on a listening socket.</param>
internal sealed record SocketTuple(IPEndPoint Source, IPEndPoint? Destination);
