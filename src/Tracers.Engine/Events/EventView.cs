using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Events;

/// <summary>One event where it lies in the block buffer: valid until the reader moves on.</summary>
/// <remarks>
/// <para>The fixed part and the length array are checked when the view is made; each parameter when it is asked for.</para>
/// <para>
/// Four fields, because the JIT keeps a struct of four in registers and one of five in memory; the rest is read from the event when it is asked
/// for. It stays there only while its address is known nowhere: the hot loop hands over a copy where there is more to do, and the methods of the
/// view that it calls are inlined or static.
/// </para>
/// </remarks>
internal readonly ref struct EventView
{
    /// <summary>Bytes of a v2 block around an event without parameters.</summary>
    public const int ShortestBlock = EventInBlock + HeaderV2 + 4;

    private readonly ref readonly byte _first;
    private readonly int _length;

    /// <summary>Parameters that the file holds, which can be more or fewer than the table's.</summary>
    public readonly int ParameterCount;

    // From the lowest bit: cpu 16, whether lengths have 32 bits 1, size of the header 15, dump flags 32.
    private readonly ulong _shape;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private EventView(ref readonly byte first, int length, int parameterCount, ulong shape)
    {
        _first = ref first;
        _length = length;
        ParameterCount = parameterCount;
        _shape = shape;
    }

    /// <summary>The view over a copy of an event's bytes.</summary>
    public EventView(ReadOnlySpan<byte> bytes, scoped in EventLayout layout)
        : this(in MemoryMarshal.GetReference(bytes), bytes.Length, layout.ParameterCount, Shape(layout.Cpu, layout.Flags, layout.Lengths, layout.Wide))
    {
    }

    /// <summary>Header, length array and data of the event.</summary>
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.CreateReadOnlySpan(in _first, _length);

    /// <summary>Nanoseconds since the epoch, UTC.</summary>
    public long Timestamp => Le.I64(in _first, 0);

    public int Tid => (int)Le.I64(in _first, 8);

    public ushort Type => Le.U16(in _first, 20);

    public ushort Cpu => (ushort)_shape;

    /// <summary>Dump flags of the block: 1 state only, 2 the write is a marker.</summary>
    public uint Flags => (uint)(_shape >> FlagsShift);

    public bool IsExit => (Type & 1) != 0;

    public EventLayout Layout => new(Type, Cpu, Flags, Lengths, ParameterCount, IsWide);

    private bool IsWide => (_shape & Wide) != 0;

    // Where the length array stands.
    private int Lengths => (int)(_shape >> LengthsShift) & LengthsMask;

    /// <summary>Makes the view of an event with short lengths in a v2 block without flags: what nearly all blocks are.</summary>
    /// <param name="block">The block, which is in memory up to its length.</param>
    /// <param name="length">That length.</param>
    /// <param name="view">The view.</param>
    /// <returns>False when it is not whole: then <see cref="TryCreate(ReadOnlySpan{byte}, int, uint, EventTraits[], out EventView)"/> says what is wrong.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryCreateShort(ref byte block, uint length, out EventView view)
    {
        ref byte first = ref Unsafe.Add(ref block, EventInBlock);
        uint data = Le.U32(ref first, 16) - HeaderV2;
        uint count = Le.U32(ref first, 22);
        view = new EventView(ref first, HeaderV2 + (int)data, (int)count, Le.U16(ref block, 8) | (ulong)HeaderV2 << LengthsShift);
        return data <= length - ShortestBlock && count <= data >> 1;
    }

    /// <summary>Makes the view of a v2 event that begins at <paramref name="block"/>[<paramref name="at"/>].</summary>
    /// <param name="block">The block's bytes before its trailing length.</param>
    /// <param name="at">Where the event header stands: behind cpu and flags.</param>
    /// <param name="flags">The block's flags, 0 where it has none.</param>
    /// <param name="traits">Traits by event number, to know how wide the lengths are.</param>
    /// <param name="view">The view.</param>
    /// <returns>Null when it is whole, else the name of the field that is wrong.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static string? TryCreate(ReadOnlySpan<byte> block, int at, uint flags, EventTraits[] traits, out EventView view)
    {
        Unsafe.SkipInit(out view);
        if (block.Length < at + HeaderV2)
            return "event header";

        ref byte first = ref MemoryMarshal.GetReference(block);
        uint length = Le.U32(ref first, at + 16);
        if (length < HeaderV2 || length > (uint)(block.Length - at))
            return "event length";

        ushort type = Le.U16(ref first, at + 20);
        uint count = Le.U32(ref first, at + 22);
        bool wide = type < traits.Length && (traits[type] & EventTraits.Large) != 0;
        if (count > (length - HeaderV2) >> (wide ? 2 : 1))
            return "event parameter count";

        view = new EventView(ref Unsafe.Add(ref first, at), (int)length, (int)count, Shape(Le.U16(ref first, 8), flags, HeaderV2, wide));
        return null;
    }

    /// <summary>Makes the view of a v1 event, whose parameter count must be found out (FORMAT.md, events).</summary>
    /// <inheritdoc cref="TryCreate(ReadOnlySpan{byte}, int, uint, EventTraits[], out EventView)"/>
    public static string? TryCreateV1(ReadOnlySpan<byte> block, int at, uint flags, EventInfo[] infos, out EventView view)
    {
        view = default;
        if (block.Length < at + HeaderV1)
            return "event header";

        ref byte first = ref MemoryMarshal.GetReference(block);
        uint length = Le.U32(ref first, at + 16);
        ushort type = Le.U16(ref first, at + 20);

        // Written three too large by the programs that made these two.
        if (type is 280 or 286 && length >= HeaderV1 + 3)
            length -= 3;
        if (length < HeaderV1 || length > (uint)(block.Length - at))
            return "event length";

        int count = type < infos.Length ? CountV1(block.Slice(at, (int)length), infos[type].ListedParameters) : 0;
        if (count < 0)
            return "event length";
        view = new EventView(ref Unsafe.Add(ref first, at), (int)length, count, Shape(Le.U16(ref first, 8), flags, HeaderV1, wide: false));
        return null;
    }

    /// <summary>The bytes of one parameter; empty when the file does not hold it.</summary>
    /// <exception cref="EventDamagedException">Its length leaves the event.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Parameter(int index)
    {
        if ((uint)index >= (uint)ParameterCount)
            return default;
        if (IsWide)
            return WideParameter(Bytes, Lengths, ParameterCount, index);

        // 64 bits: a large block can hold so many lengths that their sum would wrap around.
        int lengths = Lengths;
        long start = lengths + 2 * ParameterCount;
        for (int i = 0; i < index; i++)
            start += Le.U16(in _first, lengths + 2 * i);
        int length = Le.U16(in _first, lengths + 2 * index);
        if (start + length > _length)
            ThrowDamaged(Type, index);
        return MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref Unsafe.AsRef(in _first), (nint)start), length);
    }

    /// <summary>A 64-bit (or, in files of today's libs, 32-bit) signed parameter; <paramref name="absent"/> when it is not there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Int64(int index, long absent)
    {
        ReadOnlySpan<byte> p = Parameter(index);
        if (p.Length == 8)
            return Le.I64(ref MemoryMarshal.GetReference(p), 0);
        return p.Length == 4 ? (int)Le.U32(ref MemoryMarshal.GetReference(p), 0) : absent;
    }

    /// <summary>Whether the first parameter is a number of 64 bits, as nearly every event's is, and whole.</summary>
    public bool HasFirstInt64
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ParameterCount > 0 && !IsWide && Le.U16(in _first, Lengths) == sizeof(long) && Lengths + 2 * ParameterCount + sizeof(long) <= _length;
    }

    /// <summary>The first parameter, as <see cref="Int64"/> reads it: what the hot loop asks of nearly every event.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long FirstInt64(long absent) =>
        HasFirstInt64 ? Le.I64(in _first, Lengths + 2 * ParameterCount) : OtherInt64(new EventView(in _first, _length, ParameterCount, _shape), absent);

    /// <summary>A 32-bit unsigned parameter; <paramref name="absent"/> when it is not there.</summary>
    public uint UInt32(int index, uint absent)
    {
        ReadOnlySpan<byte> p = Parameter(index);
        return p.Length == 4 ? Le.U32(ref MemoryMarshal.GetReference(p), 0) : absent;
    }

    /// <summary>A string parameter without its terminating NUL.</summary>
    public ReadOnlySpan<byte> Text(int index) => Parameter(index).UntilNul();

    /// <summary>Sees to it that no parameter leaves the event, for a copy that is decoded later.</summary>
    /// <exception cref="EventDamagedException">One does.</exception>
    public void CheckParameters()
    {
        int width = IsWide ? 4 : 2;
        long end = Lengths + (long)width * ParameterCount;
        for (int i = 0; i < ParameterCount; i++)
        {
            end += IsWide ? Le.U32(in _first, Lengths + width * i) : Le.U16(in _first, Lengths + width * i);
            if (end > _length)
                ThrowDamaged(Type, i);
        }
    }

    private const int EventInBlock = 10;
    private const int HeaderV2 = 26;
    private const int HeaderV1 = 22;
    private const ulong Wide = 1 << 16;
    private const int LengthsShift = 17;
    private const int LengthsMask = 0x7fff;
    private const int FlagsShift = 32;

    private static ulong Shape(ushort cpu, uint flags, int lengths, bool wide) =>
        cpu | (wide ? Wide : 0) | (ulong)lengths << LengthsShift | (ulong)flags << FlagsShift;

    private static int CountV1(ReadOnlySpan<byte> bytes, int most)
    {
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        for (int count = most; count >= 0; count--)
        {
            int end = HeaderV1 + 2 * count;
            for (int i = 0; i < count && end <= bytes.Length; i++)
                end += Le.U16(ref first, HeaderV1 + 2 * i);
            if (end == bytes.Length)
                return count;
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long OtherInt64(EventView view, long absent) => view.Int64(0, absent);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> WideParameter(ReadOnlySpan<byte> bytes, int lengths, int count, int index)
    {
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        long start = lengths + 4L * count;
        for (int i = 0; i < index; i++)
            start += Le.U32(ref first, lengths + 4 * i);
        long length = Le.U32(ref first, lengths + 4 * index);
        if (start + length > bytes.Length)
            ThrowDamaged(Le.U16(ref first, 20), index);
        return bytes.Slice((int)start, (int)length);
    }

    private static void ThrowDamaged(int type, int index) => throw new EventDamagedException($"parameter {index} of event type {type}: length", "it leaves the event");
}
