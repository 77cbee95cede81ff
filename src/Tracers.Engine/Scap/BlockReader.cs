using System.Buffers.Binary;

namespace Tracers.Engine.Scap;

/// <summary>Keeps a window of whole blocks over a byte source.</summary>
/// <remarks>
/// Blocks are decoded where they lie, in one buffer for the whole run, where what is left of a cut block moves to the front; or in those of a source that
/// hands over its own, which puts it before what comes next.
/// </remarks>
internal sealed class BlockReader : IDisposable
{
    private readonly ByteSource _source;
    private byte[] _buffer;
    private int _start;
    private int _end;
    private long _bufferOffset;
    private bool _ended;

    public BlockReader(string path, ByteSource source)
    {
        Path = path;
        _source = source;

        // A small file does not need the large buffer, and those who read hundreds of them do not need as many large ones.
        int size = !source.Compressed && source.FileLength is > 0 and < ScapLimits.ReadSize and long length ? (int)length + 64 : ScapLimits.ReadSize;
        _buffer = source.HandsOver ? [] : GC.AllocateUninitializedArray<byte>(size);
    }

    public string Path { get; }

    /// <summary>Offset of the next unread byte in the (inflated) stream.</summary>
    public long Offset => _bufferOffset + _start;

    public ByteSource Source => _source;

    /// <summary>What is in memory from the next unread byte on.</summary>
    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    public void Advance(int count) => _start += count;

    /// <summary>Sees to it that at least <paramref name="count"/> bytes are buffered; false when the file ends before.</summary>
    public bool Fill(int count)
    {
        while (_end - _start < count)
        {
            if (_ended)
                return false;

            long offset = Offset;
            if (_source.TrySwap(ref _buffer, ref _start, ref _end))
            {
                _bufferOffset = offset - _start;
                continue;
            }

            if (_start > 0)
            {
                Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
                _bufferOffset += _start;
                _end -= _start;
                _start = 0;
            }

            if (_end == _buffer.Length)
                Array.Resize(ref _buffer, LargerSize(count));

            int read = _source.Read(_buffer.AsSpan(_end));
            _end += read;
            _ended = read == 0;
        }

        return true;
    }

    /// <summary>The type of the next block without consuming it; false at a clean end of the file.</summary>
    public bool PeekType(out uint type)
    {
        if (!Fill(8))
        {
            type = 0;
            return _end == _start ? false : throw Truncated("block header", 8);
        }

        type = BlockType.Canonical(BinaryPrimitives.ReadUInt32LittleEndian(Buffered));
        return true;
    }

    /// <summary>Consumes one metadata block and returns its body: what stands between its two length fields.</summary>
    public ReadOnlySpan<byte> ReadBlock(string name, out long bodyOffset)
    {
        int length = ReadLength(name);
        if (!Fill(length))
            throw Truncated(name, length);

        CheckTrailer(name, length, BinaryPrimitives.ReadUInt32LittleEndian(Buffered[(length - 4)..]), Offset);
        bodyOffset = Offset + 8;
        ReadOnlySpan<byte> body = Buffered[8..(length - 4)];
        Advance(length);
        return body;
    }

    /// <summary>Consumes one metadata block without keeping it in memory.</summary>
    public void SkipBlock(string name)
    {
        long begin = Offset;
        int length = ReadLength(name);
        int left = length - 4;
        while (left > 0)
        {
            if (!Fill(1))
                throw Truncated(name, length, begin);
            int passed = Math.Min(left, Buffered.Length);
            Advance(passed);
            left -= passed;
        }

        if (!Fill(4))
            throw Truncated(name, length, begin);
        CheckTrailer(name, length, BinaryPrimitives.ReadUInt32LittleEndian(Buffered), begin);
        Advance(4);
    }

    public ScapFormatException Truncated(string what, long needed) => Truncated(what, needed, Offset);

    private ScapFormatException Truncated(string what, long needed, long begin)
    {
        long end = Offset + Buffered.Length;
        return new(
            Path,
            begin,
            what,
            $"'{Path}' is cut off at byte {end}: the {what} at byte {begin} needs {needed} bytes and {end - begin} are there. " +
            "Everything before it was read; if the capture is still being written or copied, try again when that is done.")
        {
            EndsEarly = true,
        };
    }

    public ScapFormatException Damaged(string field, string why) => Damaged(field, why, Offset);

    private ScapFormatException Damaged(string field, string why, long offset) =>
        new(Path, offset, field, $"'{Path}' is damaged at byte {offset}: {field}: {why}. Everything before it was read; capture or copy the file again for the rest.");

    // The length of the metadata block that comes next.
    private int ReadLength(string name)
    {
        if (!Fill(8))
            throw Truncated(name, 8);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(Buffered[4..]);
        if (length is < ScapLimits.SmallestBlock or > ScapLimits.MetadataBlock)
            throw Damaged($"{name}: total length", $"it says {length} bytes, and a block has {ScapLimits.SmallestBlock} to {ScapLimits.MetadataBlock}");
        return (int)length;
    }

    private void CheckTrailer(string name, int length, uint trailer, long begin)
    {
        if (trailer != length)
            throw Damaged($"{name}: total length", $"it says {length} bytes at the front and {trailer} at the end of the block", begin);
    }

    // Twice as much, or what the block needs once an eighth of it is there: a length alone claims no memory, and what is outgrown is little.
    private int LargerSize(int needed)
    {
        long known = Math.Max(_buffer.Length, ScapLimits.ReadSize);
        long size = known * 8 >= needed ? (long)needed + ScapLimits.ReadSize : known * 2;
        return (int)Math.Min(size, Array.MaxLength);
    }

    public void Dispose() => _source.Dispose();
}
