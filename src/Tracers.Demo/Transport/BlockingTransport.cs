using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Tracers.Demo.Transport;

/// <summary>Connections for Kestrel whose reads and writes are made by the thread that asks for them, and block it.</summary>
/// <remarks>
/// Kestrel's own transport sends from threads of its own, and the rest of what found no room in a socket's buffer from yet others: no response
/// would be sent by the thread that runs its handler, inside of the handler's span. This is a thread for each request, as in the server that
/// the demonstration comes from: everything between a request and the end of its response happens on one thread.
/// </remarks>
internal sealed class BlockingTransport : IConnectionListenerFactory
{
    private const int Backlog = 128;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        Socket socket = new(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            socket.Listen(Backlog);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            if (e.SocketErrorCode == SocketError.AddressAlreadyInUse) throw new AddressInUseException(e.Message, e);
            throw;
        }

        return new(new BlockingListener(socket));
    }
}
