using Tracers.Engine.Scap;

namespace Tracers.Tests.Engine;

/// <summary>A plain capture in memory: a block a number of times, without being that large.</summary>
internal sealed class MemorySource : ByteSource
{
    private readonly (byte[] Block, long Times)[] _parts;
    private int _part;
    private long _at;
    private long _position;

    public MemorySource(params (byte[] Block, long Times)[] parts)
    {
        _parts = [.. parts.Where(part => part.Block.Length > 0)];
        FileLength = parts.Sum(part => part.Block.Length * part.Times);
    }

    public static MemorySource Of(byte[] capture) => new((capture, 1));

    public override long FilePosition => _position;

    public override bool Compressed => false;

    public override int Read(Span<byte> target)
    {
        int read = 0;
        while (read < target.Length && _part < _parts.Length)
        {
            (byte[] block, long times) = _parts[_part];
            int from = (int)(_at % block.Length);
            int count = (int)Math.Min(Math.Min(target.Length - read, block.Length - from), block.Length * times - _at);
            block.AsSpan(from, count).CopyTo(target[read..]);
            read += count;
            _at += count;
            if (_at == block.Length * times)
                (_part, _at) = (_part + 1, 0);
        }

        _position += read;
        return read;
    }

    public override void Dispose()
    {
    }
}
