using System.Runtime.CompilerServices;

namespace Tracers.Engine.Capture.Linux;

/// <summary>
/// One CPU's ring; <c>struct ring</c> of the probe. The programs write records and move <see cref="Produced"/>, the one consumer reads them and
/// moves <see cref="Consumed"/>. The memory is the <see cref="ProbeProgram"/>'s: nobody may use a ring after that was disposed of.
/// </summary>
internal sealed unsafe class Ring
{
    /// <summary>Bytes before the records.</summary>
    public const int HeadSize = 4096;

    /// <summary>Bytes of the largest record, and behind the ring for one that begins near its end.</summary>
    public const int MaxRecord = 24576;

    internal const int ConsumedAt = 128;
    internal const int LostAt = 256;
    internal const int LostNotedAt = 264;
    internal const int BusyAt = 272;
    internal const int NestedAt = 280;

    private readonly byte* _head;
    private readonly ulong _mask;

    /// <param name="cpu">Its number.</param>
    /// <param name="head">Where the CPU's element of the map begins.</param>
    /// <param name="size">Bytes of records, a power of two.</param>
    internal Ring(int cpu, byte* head, int size)
    {
        Cpu = cpu;
        Size = size;
        _head = head;
        _mask = (ulong)size - 1;
    }

    public int Cpu { get; }

    /// <summary>Bytes of records that it holds.</summary>
    public int Size { get; }

    /// <summary>Bytes ever written: everything before is whole.</summary>
    public ulong Produced
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Read(0);
    }

    /// <summary>Bytes ever taken. Setting it gives the room before it back to the programs.</summary>
    public ulong Consumed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Read(ConsumedAt);
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => Volatile.Write(ref Unsafe.AsRef<ulong>(_head + ConsumedAt), value);
    }

    /// <summary>Records of events that found no room, or met a ring that was being written.</summary>
    public ulong Lost => Read(LostAt) + Read(NestedAt);

    /// <summary>How many of those without room a record with <see cref="RecordFlags.AfterLoss"/> tells of.</summary>
    public ulong LostNoted => Read(LostNotedAt);

    /// <summary>Whether a record is being written.</summary>
    public bool IsBusy => Read(BusyAt) != 0;

    /// <summary>Records that met a ring that was being written; among <see cref="Lost"/>.</summary>
    public ulong Nested => Read(NestedAt);

    /// <summary>The byte at a position, counted as <see cref="Produced"/> is. A record that begins here is contiguous.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* At(ulong position) => _head + HeadSize + (position & _mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Read(int offset) => Volatile.Read(ref Unsafe.AsRef<ulong>(_head + offset));
}
