namespace Tracers.Engine.Scap;

/// <summary>The beginning of a source.</summary>
internal sealed class CappedSource : ByteSource
{
    private readonly ByteSource _whole;
    private long _left;

    /// <param name="whole">The source; it is disposed of with this.</param>
    /// <param name="length">How many inflated bytes of it there are.</param>
    public CappedSource(ByteSource whole, long length)
    {
        _whole = whole;
        _left = length;
        FileLength = whole.FileLength;
    }

    public override string Format => _whole.Format;

    public override long FilePosition => _whole.FilePosition;

    public override bool Compressed => _whole.Compressed;

    public override int Read(Span<byte> target)
    {
        int read = _left == 0 ? 0 : _whole.Read(target[..(int)Math.Min(target.Length, _left)]);
        _left -= read;
        return read;
    }

    public override void Dispose() => _whole.Dispose();
}
