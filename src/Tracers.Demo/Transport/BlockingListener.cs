using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Tracers.Demo.Transport;

/// <summary>Takes connections until it is unbound.</summary>
internal sealed class BlockingListener(Socket socket) : IConnectionListener
{
    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                // Waiting for a connection needs no thread; what is accepted is a blocking socket until something asynchronous is done with it.
                Socket accepted = await socket.AcceptAsync(cancellationToken);
                accepted.NoDelay = true;
                return new BlockingConnection(accepted);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.OperationAborted)
            {
                return null;
            }
            catch (ObjectDisposedException)
            {
                return null;
            }
            catch (SocketException)
            {
                // A client that has gone again before it was accepted.
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        socket.Dispose();
        return default;
    }

    public ValueTask DisposeAsync() => UnbindAsync();
}
