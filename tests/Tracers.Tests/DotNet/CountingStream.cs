using System.Net.Sockets;

namespace Tracers.Tests.DotNet;

/// <summary>A connection's stream that counts what has come.</summary>
internal sealed class CountingStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    private long _received;

    public long Received => Interlocked.Read(ref _received);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await base.ReadAsync(buffer, cancellationToken);
        Interlocked.Add(ref _received, count);
        return count;
    }
}
