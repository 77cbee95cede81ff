using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tracers.DotNet.Traces;

/// <summary>Reads the fields of an event of an EventSource, in their order. What lies behind the end reads as empty.</summary>
/// <remarks>TraceEvent decodes by names, with a dictionary for each pair of strings; these few events have a fixed form and are most of a session.</remarks>
internal ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    public bool IsAtEnd => _rest.IsEmpty;

    public int ReadInt32() => _rest.Length < 4 ? End() : BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public ushort ReadUInt16() => _rest.Length < 2 ? (ushort)End() : BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public Guid ReadGuid()
    {
        if (_rest.Length >= 16)
            return new Guid(Take(16));
        End();
        return Guid.Empty;
    }

    /// <summary>A text in UTF-16, to its zero.</summary>
    public ReadOnlySpan<char> ReadText()
    {
        ReadOnlySpan<char> characters = MemoryMarshal.Cast<byte, char>(_rest);
        int length = characters.IndexOf('\0');
        if (length < 0)
        {
            _rest = default;
            return default;
        }

        _rest = _rest[((length + 1) * 2)..];
        return characters[..length];
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private int End()
    {
        _rest = default;
        return 0;
    }
}
