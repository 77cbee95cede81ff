using System.Net.Sockets;

namespace Tracers.Demo.Transport;

/// <summary>Reads of a socket that are complete when they return.</summary>
internal sealed class BlockingStream(Socket socket) : NetworkStream(socket, ownsSocket: false)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));
}
