using System.Buffers.Binary;

namespace Tracers.DotNet.Traces;

/// <summary>Checks what a trace says of the fields of its events, before TraceEvent makes arrays of as many and goes down as deep as that says.</summary>
/// <remarks>Only counts and nesting: whatever else is wrong, TraceEvent finds out itself.</remarks>
internal ref struct MetadataCheck
{
    private const int MostFields = 4096;
    private const int Deepest = 32;
    private const int ObjectType = 1;
    private const int ArrayType = 19;
    private const byte FieldsTag = 2;

    private readonly long _offset;
    private readonly int _whole;
    private ReadOnlySpan<byte> _rest;

    private MetadataCheck(ReadOnlySpan<byte> bytes, long offset)
    {
        _rest = bytes;
        _whole = bytes.Length;
        _offset = offset;
    }

    /// <summary>Checks a block of the versions 4 and 5.</summary>
    /// <exception cref="NettraceFormatException">It would harm.</exception>
    public static void Check(ReadOnlySpan<byte> block, long offset)
    {
        MetadataCheck check = new(block, offset);
        int headLength = check.Int16();
        bool compressed = (check.Int16() & 1) != 0;
        check.Skip(headLength - 4);
        int payload = 0;
        while (!check._rest.IsEmpty)
        {
            if (compressed)
                check.CompressedHead(ref payload);
            else
                check.PlainHead(out payload);
            check.Inside(payload).Event();
        }
    }

    private void Event()
    {
        // Its id, the provider, the event's number and name, keywords, version, level.
        Skip(4);
        SkipText();
        Skip(4);
        SkipText();
        Skip(8 + 4 + 4);
        if (_rest.IsEmpty)
            return;
        Fields(named: false, depth: 0);
        while (!_rest.IsEmpty)
        {
            int length = Int32();
            bool isFields = Take(1)[0] == FieldsTag;
            MetadataCheck tag = Inside(length);
            if (isFields)
                tag.Fields(named: true, depth: 0);
        }
    }

    // Of old a type and then its name; later the length of all, the name and then the type.
    private void Fields(bool named, int depth)
    {
        int count = Int32();
        if (count is < 0 or > MostFields || depth > Deepest)
            throw Wrong("an event has too many fields");
        for (int i = 0; i < count; i++)
        {
            if (named)
            {
                MetadataCheck field = Inside(Int32() - 4);
                field.SkipText();
                field.Type(named, depth);
            }
            else
            {
                Type(named, depth);
                SkipText();
            }
        }
    }

    private void Type(bool named, int depth)
    {
        int type = Int32();
        if (type == ObjectType)
            Fields(named, depth + 1);
        else if (type == ArrayType && depth > Deepest)
            throw Wrong("an event has too many fields");
        else if (type == ArrayType)
            Type(named, depth + 1);
    }

    private void PlainHead(out int payload)
    {
        // Its length, the metadata's id, sequence number, thread, capturing thread, processor, stack, time, activity, related activity, then the payload's length.
        Skip(4 + 4 + 4 + 8 + 8 + 4 + 4 + 8 + 16 + 16);
        payload = Int32();
    }

    // Only what differs from the head before, as the flags say.
    private void CompressedHead(ref int payload)
    {
        int flags = Take(1)[0];
        if ((flags & 0x01) != 0)
            SkipVariable();
        if ((flags & 0x02) != 0)
        {
            SkipVariable();
            SkipVariable();
            SkipVariable();
        }

        if ((flags & 0x04) != 0)
            SkipVariable();
        if ((flags & 0x08) != 0)
            SkipVariable();
        SkipVariable();
        if ((flags & 0x10) != 0)
            Skip(16);
        if ((flags & 0x20) != 0)
            Skip(16);
        if ((flags & 0x80) != 0)
            payload = Variable();
    }

    private MetadataCheck Inside(int length)
    {
        long offset = Offset;
        return new MetadataCheck(Take(length), offset);
    }

    private void SkipVariable() => Variable();

    private int Variable()
    {
        ulong number = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Take(1)[0];
            number |= (ulong)(part & 0x7F) << shift;
            if ((part & 0x80) == 0)
                return (int)Math.Min(number, int.MaxValue);
        }

        throw Wrong("a number has too many bytes");
    }

    private short Int16() => BinaryPrimitives.ReadInt16LittleEndian(Take(2));

    private int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private void SkipText()
    {
        while (Int16() != 0)
        {
        }
    }

    private void Skip(int count) => Take(count);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length)
            throw Wrong("the description of an event ends early");
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private readonly long Offset => _offset + _whole - _rest.Length;

    private readonly NettraceFormatException Wrong(string why) => new(Offset, "metadata", why);
}
