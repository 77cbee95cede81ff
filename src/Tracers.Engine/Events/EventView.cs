using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Events;

/// <summary>One event where it lies in the block buffer: valid until the reader moves on.</summary>
/// <remarks>
/// The fixed part and the length array are checked when the view is made; each parameter when it is asked for.
/// Fields are plain and public because the hot loop reads them a billion times.
/// </remarks>
internal readonly ref struct EventView
{
    /// <summary>Header, length array and data of the event.</summary>
    public readonly ReadOnlySpan<byte> Bytes;

    /// <summary>Nanoseconds since the epoch, UTC.</summary>
    public readonly long Timestamp;

    public readonly int Tid;

    /// <summary>Parameters that the file holds, which can be more or fewer than the table's.</summary>
    public readonly int ParameterCount;
    public readonly ushort Type;
    public readonly ushort Cpu;

    /// <summary>Dump flags of the block: 1 state only, 2 the write is a marker.</summary>
    public readonly uint Flags;
    private readonly int _lengths;
    private readonly int _data;
    private readonly bool _wide;

    private EventView(ReadOnlySpan<byte> bytes, ushort type, ushort cpu, uint flags, int lengths, int parameterCount, bool wide)
    {
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        Bytes = bytes;
        Timestamp = Le.I64(ref first, 0);
        Tid = (int)Le.I64(ref first, 8);
        Type = type;
        Cpu = cpu;
        Flags = flags;
        ParameterCount = parameterCount;
        _lengths = lengths;
        _wide = wide;
        _data = lengths + parameterCount * (wide ? 4 : 2);
    }

    /// <summary>The view over a copy of an event's bytes.</summary>
    public EventView(ReadOnlySpan<byte> bytes, scoped in EventLayout layout)
        : this(bytes, layout.Type, layout.Cpu, layout.Flags, layout.Lengths, layout.ParameterCount, layout.Wide)
    {
    }

    public bool IsExit => (Type & 1) != 0;

    public EventLayout Layout => new(Type, Cpu, Flags, _lengths, ParameterCount, _wide);

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

        view = new EventView(block.Slice(at, (int)length), type, Le.U16(ref first, 8), flags, HeaderV2, (int)count, wide);
        return null;
    }

    /// <summary>Makes the view of a v1 event, whose parameter count must be found out (FORMAT.md, events).</summary>
    /// <inheritdoc cref="TryCreate"/>
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
        view = new EventView(block.Slice(at, (int)length), type, Le.U16(ref first, 8), flags, HeaderV1, count, wide: false);
        return null;
    }

    /// <summary>The bytes of one parameter; empty when the file does not hold it.</summary>
    /// <exception cref="EventDamagedException">Its length leaves the event.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Parameter(int index)
    {
        if ((uint)index >= (uint)ParameterCount)
            return default;

        ref byte first = ref MemoryMarshal.GetReference(Bytes);
        if (_wide)
            return WideParameter(index);

        // 64 bits: a large block can hold so many lengths that their sum would wrap around.
        long start = _data;
        for (int i = 0; i < index; i++)
            start += Le.U16(ref first, _lengths + 2 * i);
        int length = Le.U16(ref first, _lengths + 2 * index);
        if (start + length > Bytes.Length)
            ThrowDamaged(index);
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref first, (nint)start), length);
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
        ref byte first = ref MemoryMarshal.GetReference(Bytes);
        long end = _data;
        for (int i = 0; i < ParameterCount; i++)
        {
            end += _wide ? Le.U32(ref first, _lengths + 4 * i) : Le.U16(ref first, _lengths + 2 * i);
            if (end > Bytes.Length)
                ThrowDamaged(i);
        }
    }

    private const int HeaderV2 = 26;
    private const int HeaderV1 = 22;

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

    private ReadOnlySpan<byte> WideParameter(int index)
    {
        ref byte first = ref MemoryMarshal.GetReference(Bytes);
        long start = _data;
        for (int i = 0; i < index; i++)
            start += Le.U32(ref first, _lengths + 4 * i);
        long length = Le.U32(ref first, _lengths + 4 * index);
        if (start + length > Bytes.Length)
            ThrowDamaged(index);
        return Bytes.Slice((int)start, (int)length);
    }

    private void ThrowDamaged(int index) => throw new EventDamagedException($"parameter {index} of event type {Type}: length", "it leaves the event");
}
