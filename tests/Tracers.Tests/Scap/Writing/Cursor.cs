using System.Buffers.Binary;
using Tracers.Engine.Scap.Records;

namespace Tracers.Tests.Scap.Writing;

/// <summary>Takes values off the front of bytes; for tests whose input is trusted.</summary>
internal ref struct Cursor(ReadOnlySpan<byte> bytes)
{
    public ReadOnlySpan<byte> Rest { get; private set; } = bytes;

    public readonly int Left => Rest.Length;

    public byte U8() => Bytes(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    public ByteText Name() => new(Bytes(U16()).ToArray());

    public ReadOnlySpan<byte> Bytes(int count)
    {
        ReadOnlySpan<byte> taken = Rest[..count];
        Rest = Rest[count..];
        return taken;
    }

    /// <summary>The next list entry, after its length.</summary>
    public Cursor Entry(bool countsItself) => new(Bytes((int)U32() - (countsItself ? 4 : 0)));
}
