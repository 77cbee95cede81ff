using System.Buffers.Binary;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Scap;

/// <summary>Reads the fields of one metadata block in order; never leaves the block, and says what was short.</summary>
internal ref struct ByteCursor
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly string _path;
    private readonly string _container;
    private readonly long _offset;
    private int _position;

    /// <param name="data">The bytes that belong to the container.</param>
    /// <param name="path">The file, for errors.</param>
    /// <param name="offset">Offset of <paramref name="data"/> in the file, for errors.</param>
    /// <param name="container">What the bytes are, for errors: <c>process list</c>.</param>
    public ByteCursor(ReadOnlySpan<byte> data, string path, long offset, string container)
    {
        _data = data;
        _path = path;
        _offset = offset;
        _container = container;
        _position = 0;
    }

    public readonly int Position => _position;

    public readonly int Remaining => _data.Length - _position;

    public readonly long Offset => _offset + _position;

    public byte U8(string field) => Take(1, field)[0];

    public ushort U16(string field) => BinaryPrimitives.ReadUInt16LittleEndian(Take(2, field));

    public uint U32(string field) => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, field));

    public int I32(string field) => BinaryPrimitives.ReadInt32LittleEndian(Take(4, field));

    public long I64(string field) => BinaryPrimitives.ReadInt64LittleEndian(Take(8, field));

    /// <summary>A string with a 16-bit length before it.</summary>
    public ReadOnlySpan<byte> Str16(string field)
    {
        int length = U16(field);
        return Take(length, field);
    }

    /// <summary>A string with a 16-bit length before it: <paramref name="known"/> when it is the same, else a copy.</summary>
    public ByteText Text(string field, ByteText? known = null)
    {
        ReadOnlySpan<byte> bytes = Str16(field);
        return known is { } same && same.Span.SequenceEqual(bytes) ? same : Copy(bytes);
    }

    /// <summary>A copy of the next <paramref name="length"/> bytes.</summary>
    public ByteText Text(int length, string field) => Copy(Take(length, field));

    /// <summary>The next <paramref name="length"/> bytes.</summary>
    public ReadOnlySpan<byte> Take(int length, string field)
    {
        if ((uint)length > (uint)Remaining)
            throw Short(length, field);
        ReadOnlySpan<byte> taken = _data.Slice(_position, length);
        _position += length;
        return taken;
    }

    /// <summary>A cursor over the next <paramref name="length"/> bytes, which cannot leave them; this one goes on behind them.</summary>
    public ByteCursor Child(int length, string container)
    {
        long offset = Offset;
        return new ByteCursor(Take(length, container), _path, offset, container);
    }

    /// <summary>The error that <paramref name="field"/> has a value that cannot be.</summary>
    public readonly ScapFormatException Bad(string field, string why) =>
        new(_path, Offset, $"{_container}: {field}", $"'{_path}' is damaged at byte {Offset}: {_container}, {field}: {why}. Nothing after this place can be read; capture or copy the file again.");

    private static ByteText Copy(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? default : new ByteText(bytes.ToArray());

    private readonly ScapFormatException Short(int length, string field) =>
        Bad(field, $"{length} bytes are needed and {Remaining} are left in the {_container}");
}
