using System.Buffers.Binary;
using System.Net;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Scap.Writing;

/// <summary>Builds the body of one metadata block in memory that grows and is used again.</summary>
internal sealed class BodyBuilder
{
    private readonly bool _cutLongNames;
    private byte[] _bytes = new byte[4096];
    private int _used;

    public BodyBuilder(bool cutLongNames) => _cutLongNames = cutLongNames;

    public ReadOnlySpan<byte> Body => _bytes.AsSpan(0, _used);

    public int Length => _used;

    public void Clear() => _used = 0;

    public void Add8(byte value) => Room(1)[0] = value;

    public void Add16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Room(2), value);

    public void Add32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Room(4), value);

    public void Add64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);

    public void AddBytes(ReadOnlySpan<byte> value) => value.CopyTo(Room(value.Length));

    /// <summary>Leaves room for a length that <see cref="EndEntry"/> fills in.</summary>
    public int BeginEntry()
    {
        int start = _used;
        Add32(0);
        return start;
    }

    /// <summary>Fills in an entry's length: with or without its own four bytes, as the list demands (FORMAT.md 3.1).</summary>
    public void EndEntry(int start, bool countsItself) =>
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(start), _used - start - (countsItself ? 0 : 4));

    /// <summary>A 16-bit length and the bytes, without a terminator.</summary>
    public void AddName(ByteText name, int limit, string field, ulong? owner = null)
    {
        ReadOnlySpan<byte> bytes = Limit(name, limit, field, owner);
        Add16((ushort)bytes.Length);
        AddBytes(bytes);
    }

    /// <summary>
    /// A list of NUL-terminated strings with its 16-bit length. What is beyond the limit is cut where a string ends, as every
    /// capturing program does: environments are often longer than a capture can say.
    /// </summary>
    public void AddList(ByteText list, int limit)
    {
        ReadOnlySpan<byte> bytes = list.Span;
        if (bytes.Length > limit) bytes = bytes[..(bytes[..limit].LastIndexOf((byte)0) + 1)];
        Add16((ushort)bytes.Length);
        AddBytes(bytes);
    }

    /// <summary>An address in network order, of the family that the entry's type promises.</summary>
    public void AddAddress(IPAddress? address, int size, string field, long? owner = null)
    {
        Span<byte> room = Room(size);
        if (address is null || !address.TryWriteBytes(room, out int written) || written != size)
        {
            string family = size == 4 ? "IPv4" : "IPv6";
            throw new ArgumentException($"{Describe(field, owner)} must be an {family} address, but is {address?.ToString() ?? "null"}.");
        }
    }

    /// <summary>The bytes of a name if they fit, a cut name if that is wanted, else an error that says which name it was.</summary>
    public ReadOnlySpan<byte> Limit(ByteText name, int limit, string field, ulong? owner = null)
    {
        if (name.Length <= limit) return name.Span;
        if (_cutLongNames) return name.Span[..limit];
        throw new ArgumentException(
            $"{Describe(field, (long?)owner)} is {name.Length} bytes long; a capture can hold {limit}. "
            + "Shorten it, or set CaptureWriterOptions.CutLongNames.");
    }

    private static string Describe(string field, long? owner) => owner is null ? field : $"{field} of {owner}";

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _used < bytes) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + bytes));
        Span<byte> room = _bytes.AsSpan(_used, bytes);
        _used += bytes;
        return room;
    }
}
