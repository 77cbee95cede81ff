namespace Tracers.Engine.Spans;

/// <summary>Bytes that are set again and again, in one buffer that grows to the longest.</summary>
internal struct GrowingBytes
{
    private byte[]? _buffer;
    private int _length;

    public readonly ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Set(ReadOnlySpan<byte> bytes)
    {
        _length = 0;
        Add(bytes);
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        int length = _length + bytes.Length;
        if (_buffer is null || _buffer.Length < length)
            Array.Resize(ref _buffer, Math.Max(length, Math.Max(_length * 2, 32)));
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length = length;
    }

    public void Add(byte value) => Add([value]);
}
