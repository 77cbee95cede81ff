namespace Tracers.Engine.Spans;

/// <summary>Bytes that are set again and again, in one buffer that grows to the longest.</summary>
internal struct ReusedBytes
{
    private byte[]? _buffer;
    private int _length;

    public readonly ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Set(ReadOnlySpan<byte> bytes)
    {
        if (_buffer is null || _buffer.Length < bytes.Length)
            _buffer = new byte[Math.Max(bytes.Length, 32)];
        bytes.CopyTo(_buffer);
        _length = bytes.Length;
    }
}
