namespace Tracers.Engine.Scap;

/// <summary>An uncompressed capture that comes through a pipe.</summary>
internal sealed class StreamSource(Stream stream, CancellationTokenSource stop) : ByteSource
{
    private long _position;

    public override long FilePosition => _position;

    public override bool Compressed => false;

    public override int Read(Span<byte> target)
    {
        int read = stream.Read(target);
        _position += read;
        return read;
    }

    public override void Dispose()
    {
        stream.Dispose();
        stop.Dispose();
    }
}
