namespace Tracers.Engine.Scap;

/// <summary>A stream whose reads can wait for long and cannot be ended: they are made on another thread, which a cancelled reader leaves behind.</summary>
internal sealed class WaitedStream(Stream stream, CancellationToken cancellation) : ReadOnlyStream
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    public override int Read(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _buffer.Length);
        int read = Task.Run(() => stream.Read(_buffer, 0, count), cancellation).WaitAsync(cancellation).GetAwaiter().GetResult();
        _buffer.AsSpan(0, read).CopyTo(buffer);
        return read;
    }
}
