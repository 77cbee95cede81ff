using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace Tracers.Demo.Transport;

/// <summary>Collects what a response consists of, and sends it in the call that flushes it.</summary>
/// <param name="socket">The socket.</param>
/// <param name="abort">Called when the client has gone.</param>
internal sealed class BlockingWriter(Socket socket, Action abort) : PipeWriter
{
    private const int FirstBytes = 4096;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _length;
    private bool _clientHasGone;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _length;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        // Kestrel writes as much as there is room for: with a hint of zero, one that is twice as large each time soon takes a whole piece.
        int needed = checked(_length + Math.Max(sizeHint, 1));
        if (needed > _buffer.Length) Grow(Math.Max(needed, checked(_buffer.Length * 2)));
        return _buffer.AsMemory(_length);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, _buffer.Length - _length);
        _length += bytes;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        Send();
        return new(new FlushResult(isCanceled: false, isCompleted: _clientHasGone));
    }

    public override void CancelPendingFlush()
    {
        // None is ever pending.
    }

    public override void Complete(Exception? exception = null)
    {
        if (_buffer.Length == 0) return;
        Send();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Send()
    {
        int sent = 0;
        try
        {
            while (sent < _length && !_clientHasGone) sent += socket.Send(_buffer.AsSpan(sent, _length - sent));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _clientHasGone = true;
            abort();
        }

        _length = 0;
    }

    private void Grow(int bytes)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(bytes);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
