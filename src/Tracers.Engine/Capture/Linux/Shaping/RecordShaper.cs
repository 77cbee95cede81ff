using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;

namespace Tracers.Engine.Capture.Linux;

/// <summary>Turns the probe's records into events of the format, in the writer's buffer. One thread at a time; nothing is allocated.</summary>
/// <param name="table">What the probe was told to copy.</param>
/// <param name="cgroups">Names of cgroups.</param>
internal sealed partial class RecordShaper(CallTable table, ICgroupNames cgroups)
{
    /// <summary>What <see cref="TypeOf"/> gives for a record that is no event.</summary>
    public const ushort NoEvent = ushort.MaxValue;

    /// <summary>What <see cref="FirstByte"/> gives for a record that has no data.</summary>
    public const int NoByte = -1;

    /// <summary>The largest record that the probe writes; its MAX_RECORD.</summary>
    public const int MostBytes = 24_576;

    private const int EnterBytes = 72;
    private const int ExitBytes = 32;
    private const int ArgumentsBytes = 48;

    private readonly LinuxValues[] _values = table.Values;

    /// <summary>Nanoseconds from CLOCK_MONOTONIC to the time since the epoch.</summary>
    public long ClockOffset { get; set; }

    /// <summary>Records that contradict themselves and became no event.</summary>
    public long Malformed { get; private set; }

    /// <summary>The number of the event that a record becomes; <see cref="NoEvent"/> for none.</summary>
    [MethodImpl(HotPath.Compile)]
    public ushort TypeOf(ReadOnlySpan<byte> record) => ShapeOf(record)?.Type ?? NoEvent;

    /// <summary>The first byte of the data that a read or write moved; <see cref="NoByte"/> where the record has none.</summary>
    [MethodImpl(HotPath.Compile)]
    public int FirstByte(ReadOnlySpan<byte> record)
    {
        if (ShapeOf(record) is not { BeginsWithData: true })
            return NoByte;
        ref byte first = ref MemoryMarshal.GetReference(record);
        int at = BodyOf(ref first) + CopyHead.HeadSize;
        return at < record.Length && Le.U16(ref first, at - 6) != 0 && (int)Le.U32(ref first, at - 4) >= 0 ? record[at] : NoByte;
    }

    /// <summary>Writes the event that a record becomes.</summary>
    /// <param name="record">One record, as the ring has it.</param>
    /// <param name="cpu">The CPU whose ring that is.</param>
    /// <param name="writer">Takes the event.</param>
    /// <param name="options">What the event's block says of it.</param>
    /// <returns>False when it becomes none: the ones that only tell the state, and malformed ones.</returns>
    [MethodImpl(HotPath.Compile)]
    public bool Shape(ReadOnlySpan<byte> record, ushort cpu, CaptureWriter writer, EventBlockOptions options = EventBlockOptions.None)
    {
        EventShape? shape = ShapeOf(record);
        if (shape is null)
            return Refuse(record);

        ref byte first = ref MemoryMarshal.GetReference(record);
        int body = BodyOf(ref first);
        uint length = Le.U32(ref first, 0);
        if (length > (uint)Math.Min(record.Length, MostBytes) || length < (uint)body)
            return CountMalformed();

        bool isEnter = (RecordKind)Le.U8(ref first, 4) == RecordKind.Enter;
        int arguments = isEnter ? RecordHeader.Size : body == ExitBytes ? 0 : ExitBytes;
        if (shape.NeedsArguments && arguments == 0)
            return CountMalformed();

        ShapedRecord source = new(record[..(int)length], arguments, isEnter ? 0 : Le.I64(ref first, RecordHeader.Size));
        if (shape.Slots.Length != 0)
            source.FindCopies(shape.Slots, body);
        if (shape.KeepsFlags)
            KeepFlags(in source);

        // A record's copies and the rest of an event's parameters fit a block, as MostBytes and MostCgroupBytes are: no check a parameter.
        Span<byte> block = writer.ReserveEvent(cpu, options, out int start);
        byte[] template = shape.Template;
        template.CopyTo(block[start..]);
        ref byte target = ref Unsafe.Add(ref MemoryMarshal.GetReference(block), start);
        Unsafe.WriteUnaligned(ref target, Le.I64(ref first, 8) + ClockOffset);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 8), (ulong)Le.U32(ref first, 16));

        int at = template.Length;
        ShapeOp[] ops = shape.Ops;
        for (int i = 0; i < ops.Length; i++)
        {
            ref readonly ShapeOp op = ref ops[i];
            ulong value;
            switch (op.Code)
            {
                case OpCode.Constant:
                    value = (ulong)op.Value;
                    break;
                case OpCode.Argument:
                    value = source.Argument(op.A);
                    break;
                case OpCode.ArgumentLow:
                    value = (uint)source.Argument(op.A);
                    break;
                case OpCode.ArgumentInt:
                    value = (ulong)(int)source.Argument(op.A);
                    break;
                case OpCode.Result:
                    value = (ulong)source.Result;
                    break;
                case OpCode.Mapped:
                    value = _values[op.Map].Convert((uint)source.Argument(op.A) >> op.B);
                    break;
                case OpCode.Data:
                    ReadOnlySpan<byte> data = source.Get(op.Slot);
                    data.CopyTo(block[(start + at)..]);
                    Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, ScapFormat.EventHeaderBytes + (2 * i)), (ushort)data.Length);
                    at += data.Length;
                    continue;
                default:
                    if (op.Width == 0)
                    {
                        int bytes = AddVariable(in op, in source, block[(start + at)..]);
                        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, ScapFormat.EventHeaderBytes + (2 * i)), (ushort)bytes);
                        at += bytes;
                        continue;
                    }

                    value = Number(in op, in source);
                    break;
            }

            // Eight bytes in any case; the next parameter, or the block's end, overwrites what is too much.
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, at), value);
            at += op.Width;
        }

        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 16), at);
        writer.FinishEvent(block, start + at);
        return true;
    }

    /// <summary>The event that was written last, as a reader sees it, until the writer goes on.</summary>
    /// <param name="writer">The writer that took it.</param>
    /// <param name="options">What its block says of it.</param>
    /// <param name="view">The event.</param>
    /// <returns>False when the writer has none.</returns>
    public static bool TryView(CaptureWriter writer, EventBlockOptions options, out EventView view) =>
        EventView.TryCreate(writer.LastEventBlock, writer.LastEventOffset, (uint)options, EventTable.Traits, out view) is null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private EventShape? ShapeOf(ReadOnlySpan<byte> record)
    {
        if (record.Length < RecordHeader.Size + 8)
            return null;
        ref byte first = ref MemoryMarshal.GetReference(record);
        uint number = Le.U16(ref first, 6);
        RecordKind kind = (RecordKind)Le.U8(ref first, 4);
        if (kind > RecordKind.Exit)
            return kind == RecordKind.TaskExit ? s_taskExit : null;
        if (number >= CallRow.FirstCompat)
            return null;
        if ((Le.U8(ref first, 5) & (byte)RecordFlags.Compat) != 0)
            number += CallRow.FirstCompat;
        return kind == RecordKind.Enter ? table.Enter[(int)number] : table.Exit[(int)number];
    }

    // Where the copies begin.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int BodyOf(ref byte first) => (RecordKind)Le.U8(ref first, 4) switch
    {
        RecordKind.Enter => EnterBytes,
        RecordKind.Exit when (Le.U8(ref first, 5) & (byte)RecordFlags.HasArguments) != 0 => ExitBytes + ArgumentsBytes,
        _ => ExitBytes,
    };

    private bool Refuse(ReadOnlySpan<byte> record) =>
        record.Length >= RecordHeader.Size + 8 && (RecordKind)record[4] is RecordKind.Fork or RecordKind.Exec ? false : CountMalformed();

    private bool CountMalformed()
    {
        Malformed++;
        return false;
    }
}
