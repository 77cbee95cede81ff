using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Capture.Linux;

/// <summary>A record while it is shaped: where its arguments and copies are. Everything is inside it, whatever its bytes say.</summary>
internal ref struct ShapedRecord
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _arguments;
    private Slots _slots;

    /// <summary>The call's result; 0 for an enter record.</summary>
    public readonly long Result;

    /// <param name="bytes">The whole record.</param>
    /// <param name="arguments">Where the arguments are; 0: it has none.</param>
    /// <param name="result">The result.</param>
    public ShapedRecord(ReadOnlySpan<byte> bytes, int arguments, long result)
    {
        _bytes = bytes;
        _arguments = arguments;
        Result = result;
    }

    public readonly uint Tid => Le.U32(in MemoryMarshal.GetReference(_bytes), 16);

    /// <summary>A number of the fixed part, whose length was checked.</summary>
    public readonly uint U32(int at) => Le.U32(in MemoryMarshal.GetReference(_bytes), at);

    /// <summary>An argument; the record must have them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ulong Argument(int index) => (ulong)Le.I64(in MemoryMarshal.GetReference(_bytes), _arguments + (8 * index));

    /// <summary>Finds the copies that a record of this sort brings, from there on. One that is not there is taken as not readable. Called once.</summary>
    [MethodImpl(HotPath.Compile)]
    public void FindCopies(CopyKind[] kinds, int at)
    {
        ref byte first = ref MemoryMarshal.GetReference(_bytes);
        for (int i = 0; i < kinds.Length; i++)
        {
            if (at + CopyHead.HeadSize > _bytes.Length)
                continue;
            ushort kind = Le.U16(in first, at);
            int size = Le.U16(in first, at + 2);
            if (kind != (ushort)kinds[i])
            {
                // The probe may leave out a copy, or write in its place that there is none.
                if (kind == (ushort)CopyKind.None && size == 0)
                    at += CopyHead.HeadSize;
                continue;
            }

            int end = at + CopyHead.HeadSize + size;
            if (end > _bytes.Length)
            {
                at = _bytes.Length;
                continue;
            }

            Unsafe.Add(ref _slots.First, i) = (ushort)at;
            at = (end + 7) & ~7;
        }
    }

    /// <summary>The bytes of a copy; false when it was not made or the memory could not be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryGet(int slot, out ReadOnlySpan<byte> bytes)
    {
        int at = At(slot);
        if (at == 0 || Whole(slot) == CopyHead.NotReadable)
        {
            bytes = default;
            return false;
        }

        bytes = _bytes.Slice(at + CopyHead.HeadSize, Le.U16(in MemoryMarshal.GetReference(_bytes), at + 2));
        return true;
    }

    /// <summary>The bytes of a copy; empty when there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ReadOnlySpan<byte> Get(int slot) => TryGet(slot, out ReadOnlySpan<byte> bytes) ? bytes : default;

    /// <summary>How many bytes there were; −1 when they could not be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Whole(int slot)
    {
        int at = At(slot);
        return at == 0 ? CopyHead.NotReadable : (int)Le.U32(in MemoryMarshal.GetReference(_bytes), at + 4);
    }

    // Where a copy is; 0: nowhere. Indexing an inline array as the language does it costs a call of the framework for each copy.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int At(int slot) =>
        (uint)slot < EventShape.MostSlots ? Unsafe.Add(ref Unsafe.AsRef(in _slots.First), slot) : 0;

    [InlineArray(EventShape.MostSlots)]
    private struct Slots
    {
        public ushort First;
    }
}
