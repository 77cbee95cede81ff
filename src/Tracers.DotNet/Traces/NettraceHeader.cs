using System.Buffers.Binary;

namespace Tracers.DotNet.Traces;

/// <summary>What a .nettrace stream says before its events, of which TraceEvent shows too little: the runtime's clock at the start.</summary>
/// <remarks>
/// Two forms. Versions 4 and 5: the magic "Nettrace", the name of a serializer, an object named "Trace". Version 6: the magic, a zero, the
/// version, a block. In both the content begins the same: the time of day as eight numbers, the clock, its ticks a second, the size of a pointer.
/// </remarks>
internal sealed record NettraceHeader
{
    private const int MagicLength = 8;
    private const int NewVersionHead = MagicLength + 4 + 4 + 4 + 4;
    private const int ContentLength = 16 + 8 + 8 + 4;
    private const int OldPidOffset = ContentLength;
    private const int LongestBlock = 1 << 16;
    private const long NanosecondsPerSecond = 1_000_000_000;

    // From the magic to the content of the object: the serializer's name, two tags for objects, the type's name.
    private static ReadOnlySpan<byte> Serializer => "!FastSerialization.1"u8;

    private static ReadOnlySpan<byte> GzipMagic => [0x1f, 0x8b];

    private const int OldHead = MagicLength + 4 + 20 + 3 + 4 + 4 + 4 + 5 + 1;
    private const int OldVersionOffset = MagicLength + 4 + 20 + 3;

    /// <summary>Version of the format.</summary>
    public required int Version { get; init; }

    /// <summary>The runtime's clock when the trace began, ns.</summary>
    public required long ClockTime { get; init; }

    /// <summary>The time of day at that moment, ns since the epoch, in whole milliseconds.</summary>
    public required long WallTime { get; init; }

    /// <summary>The process; 0 where the trace does not say.</summary>
    public required int Pid { get; init; }

    /// <summary>The bytes that it was read from.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>Reads the header, and not a byte more.</summary>
    /// <exception cref="NettraceFormatException">There is none.</exception>
    public static NettraceHeader Read(Stream stream)
    {
        List<byte> bytes = [];
        ReadOnlySpan<byte> head = Take(stream, bytes, MagicLength + 4);
        if (head.StartsWith(GzipMagic))
            throw new NettraceFormatException(0, "magic", "it is compressed with gzip, and traces are read from plain files; unpack it first");
        if (!head.StartsWith("Nettrace"u8))
            throw new NettraceFormatException(0, "magic", "it does not begin with 'Nettrace'");
        int length = BinaryPrimitives.ReadInt32LittleEndian(head[MagicLength..]);
        return length switch
        {
            0 => ReadNew(stream, bytes),
            20 => ReadOld(stream, bytes),
            _ => throw new NettraceFormatException(MagicLength, "header", "its header is not of a version from 4 to 6"),
        };
    }

    private static NettraceHeader ReadOld(Stream stream, List<byte> bytes)
    {
        Take(stream, bytes, OldHead - bytes.Count);
        ReadOnlySpan<byte> head = bytes.ToArray();
        if (!head[(MagicLength + 4)..].StartsWith(Serializer) || !head[..^1].EndsWith("Trace"u8))
            throw new NettraceFormatException(MagicLength, "header", "its header is not of a version from 4 to 6");
        int version = BinaryPrimitives.ReadInt32LittleEndian(head[OldVersionOffset..]);
        ReadOnlySpan<byte> content = Take(stream, bytes, ContentLength + 4);
        return Make(version, content, BinaryPrimitives.ReadInt32LittleEndian(content[OldPidOffset..]), bytes);
    }

    private static NettraceHeader ReadNew(Stream stream, List<byte> bytes)
    {
        Take(stream, bytes, NewVersionHead - bytes.Count);
        ReadOnlySpan<byte> head = bytes.ToArray();
        int version = BinaryPrimitives.ReadInt32LittleEndian(head[(MagicLength + 4)..]);
        if (version != 6)
            throw new NettraceFormatException(MagicLength + 4, "version", FormattableString.Invariant($"it has version {version} of the format, and versions 4 to 6 can be read"));

        // The length of the first block, and its kind in the highest byte.
        int length = BinaryPrimitives.ReadInt32LittleEndian(head[(NewVersionHead - 4)..]) & 0xFFFFFF;
        if (length is < ContentLength or > LongestBlock)
            throw new NettraceFormatException(NewVersionHead - 4, "trace block: length", FormattableString.Invariant($"its first block has {length} bytes"));
        ReadOnlySpan<byte> content = Take(stream, bytes, length);
        return Make(version, content, PidOf(content[ContentLength..]), bytes);
    }

    private static NettraceHeader Make(int version, ReadOnlySpan<byte> content, int pid, List<byte> bytes)
    {
        // Year, month, day of the week, day, hour, minute, second, millisecond.
        Span<ushort> time = stackalloc ushort[8];
        for (int i = 0; i < time.Length; i++)
            time[i] = BinaryPrimitives.ReadUInt16LittleEndian(content[(2 * i)..]);
        long clock = BinaryPrimitives.ReadInt64LittleEndian(content[16..]);
        long frequency = BinaryPrimitives.ReadInt64LittleEndian(content[24..]);
        if (frequency <= 0 || clock < 0)
            throw new NettraceFormatException(OldHead, "clock", "its clock is not one");
        DateTime start;
        try
        {
            start = new DateTime(time[0], time[1], time[3], time[4], time[5], time[6], time[7], DateTimeKind.Utc);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new NettraceFormatException(OldHead, "time", "the time of its start is no date");
        }

        return new NettraceHeader
        {
            Version = version,
            ClockTime = (long)((Int128)clock * NanosecondsPerSecond / frequency),
            WallTime = (start - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick,
            Pid = pid,
            Bytes = [.. bytes],
        };
    }

    // Pairs of texts, each with its length before it in groups of seven bits.
    private static int PidOf(ReadOnlySpan<byte> pairs)
    {
        if (pairs.Length < 4)
            return 0;
        int count = BinaryPrimitives.ReadInt32LittleEndian(pairs);
        pairs = pairs[4..];
        for (int i = 0; i < count && TakeText(ref pairs, out ReadOnlySpan<byte> key) && TakeText(ref pairs, out ReadOnlySpan<byte> value); i++)
        {
            if (key.SequenceEqual("ProcessId"u8) && System.Buffers.Text.Utf8Parser.TryParse(value, out int pid, out _))
                return pid;
        }

        return 0;
    }

    private static bool TakeText(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> text)
    {
        text = default;
        uint length = 0;
        for (int shift = 0; shift < 32 && !bytes.IsEmpty; shift += 7)
        {
            byte part = bytes[0];
            bytes = bytes[1..];
            length |= (uint)(part & 0x7F) << shift;
            if ((part & 0x80) != 0)
                continue;
            if (length > bytes.Length)
                return false;
            text = bytes[..(int)length];
            bytes = bytes[(int)length..];
            return true;
        }

        return false;
    }

    private static byte[] Take(Stream stream, List<byte> bytes, int count)
    {
        byte[] taken = new byte[count];
        int read = stream.ReadAtLeast(taken, count, throwOnEndOfStream: false);
        if (read < count)
            throw new NettraceFormatException(bytes.Count + read, "header", bytes.Count + read == 0 ? "it is empty" : "it ends in its header") { EndsEarly = true };
        bytes.AddRange(taken);
        return taken;
    }
}
