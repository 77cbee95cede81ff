using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Tracers.Demo.Transport;

/// <summary>One connection of a client.</summary>
internal sealed class BlockingConnection : DefaultConnectionContext, IDuplexPipe
{
    private readonly Socket _socket;
    // Never disposed of: Kestrel may abort a connection that has ended, and without a timer there is nothing to dispose of.
    private readonly CancellationTokenSource _closed = new();

    public BlockingConnection(Socket socket)
        : base(Guid.NewGuid().ToString("N"))
    {
        _socket = socket;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        Input = PipeReader.Create(new BlockingStream(socket));
        Output = new BlockingWriter(socket, Abort);
        ConnectionClosed = _closed.Token;
        Transport = this;
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>Ends the connection, also for a thread that waits in a call on its socket.</summary>
    public override void Abort(ConnectionAbortedException abortReason) => Abort();

    public override void Abort()
    {
        _socket.Dispose();
        _closed.Cancel();
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client has gone, or the connection was aborted.
        }

        Abort();
        await base.DisposeAsync();
    }
}
