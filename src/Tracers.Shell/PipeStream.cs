namespace Tracers.Shell;

/// <summary>
/// Standard output or error on Linux and macOS. The framework's own console stream drops bytes silently when the reader of a pipe has gone, so that
/// a pipeline over a long capture would run to its end for nobody; this one says so.
/// </summary>
internal sealed class PipeStream(int descriptor, Action closed) : Stream
{
    private bool _closed;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty && !_closed)
        {
            nint written = NativeOutput.Write(descriptor, buffer, out int error);
            if (written >= 0)
                buffer = buffer[(int)written..];
            else if (error == NativeOutput.Eagain)
                NativeOutput.WaitUntilWritable(descriptor);
            else if (error == NativeOutput.Epipe)
                Close(closed);
            else if (error != NativeOutput.Eintr)
                throw new IOException($"Writing to descriptor {descriptor} failed with error number {error}.");
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
        // Every write goes through at once.
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private void Close(Action tell)
    {
        _closed = true;
        tell();
    }
}
