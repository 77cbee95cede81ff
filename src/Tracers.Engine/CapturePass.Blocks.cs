using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.State;

namespace Tracers.Engine;

/// <content>From blocks to events.</content>
internal sealed partial class CapturePass
{
    // Decodes the whole event blocks of a buffer. Returns how many bytes the next block needs, 0 when it is not an event.
    // What nearly all blocks are, v2 events with short lengths, is seen to here, and what most events are to most passes: nothing that
    // anybody asks for. The rest stands apart, and so does whatever takes the address of a view: one whose address is known nowhere lives
    // in registers, and only as far as it is asked for.
    [MethodImpl(HotPath.Compile)]
    private int Walk<TSink>(ReadOnlySpan<byte> buffer, ref TSink sink)
        where TSink : struct, IPassSink
    {
        uint[] kinds = _kinds;
        uint quiet = (sink.Wants & ~(SinkWants.Io | SinkWants.Counts)) != 0 ? 0 : EventKinds.Quiet | ((sink.Wants & SinkWants.Io) != 0 ? 0 : EventKinds.QuietIo);
        ref byte block = ref MemoryMarshal.GetReference(buffer);
        ref byte end = ref Unsafe.Add(ref block, buffer.Length);
        while (Unsafe.ByteOffset(ref block, ref end) >= 8)
        {
            uint length = Le.U32(ref block, 4);
            if (Le.U32(ref block, 0) == BlockType.EventV2
                && length - EventView.ShortestBlock <= ScapLimits.EventBody + 8 - EventView.ShortestBlock && length <= Unsafe.ByteOffset(ref block, ref end)
                && EventView.TryCreateShort(ref block, length, out EventView e)
                && e.Type < kinds.Length && kinds[e.Type] is var kind && (kind & (uint)EventTraits.Large) == 0)
            {
                if ((kind & quiet) == 0 || !TryTakeQuiet(e, kind, ref sink))
                    Take(e, kind, ref sink);
            }
            else if (ViewOther(MemoryMarshal.CreateReadOnlySpan(ref block, (int)Unsafe.ByteOffset(ref block, ref end)), out EventView other) is var needed and >= 0)
            {
                return needed;
            }
            else if (other.Type < kinds.Length)
            {
                Take(other, kinds[other.Type], ref sink);
            }
            else
            {
                Statistics.SkippedEvents++;
            }

            block = ref Unsafe.Add(ref block, length);
            _taken += (int)length;
            if ((sink.Wants & SinkWants.Events) != 0 && StopRequested)
                return 0;
        }

        return 8;
    }

    // One block of any kind: −1 when it is an event, else what Walk returns.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ViewOther(ReadOnlySpan<byte> buffer, out EventView e)
    {
        Unsafe.SkipInit(out e);
        ref byte first = ref MemoryMarshal.GetReference(buffer);
        uint length = Le.U32(ref first, 4);
        int eventAt = 10;
        uint flags = 0;
        uint type = BlockType.Canonical(Le.U32(ref first, 0));
        if (!BlockType.IsEvent(type))
            return NotAnEvent(type);
        if (type is BlockType.EventV2Flags or BlockType.EventV1Flags or BlockType.EventV2LargeFlags)
            eventAt = 14;

        if (length - 8 > ScapLimits.EventBody && !IsLargeEvent(type, length))
            throw DamagedLength(length);
        if (length > (uint)buffer.Length)
            return (int)length;
        if (length < eventAt + 4)
            throw DamagedLength(length);

        ReadOnlySpan<byte> block = buffer[..((int)length - 4)];
        if (eventAt == 14)
            flags = Le.U32(ref first, 10);
        string? wrong = type is BlockType.EventV1 or BlockType.EventV1Flags
            ? EventView.TryCreateV1(block, eventAt, flags, EventTable.Infos, out e)
            : EventView.TryCreate(block, eventAt, flags, _traits, out e);
        if (wrong is not null)
            throw DamagedEvent(wrong);
        return -1;
    }

    private static bool IsLargeEvent(uint type, uint length) =>
        type is BlockType.EventV2Large or BlockType.EventV2LargeFlags && length is > 8 and <= ScapLimits.LargeEventBlock;

    // The errors stand apart from the loop: their texts would be most of what is compiled for it.
    private ScapFormatException DamagedLength(uint length) => Damaged("event block: total length", $"{length} bytes are not possible");

    private ScapFormatException DamagedEvent(string field) => Damaged($"event block: {field}", "it does not fit into the block");

    // The error at the block behind the last whole one.
    private ScapFormatException Damaged(string field, string why)
    {
        _reader.Advance(_taken);
        return _reader.Damaged(field, why);
    }

    private int NotAnEvent(uint type)
    {
        if (type == BlockType.SectionHeader)
            return 0;
        throw Damaged("block type", $"0x{type:X} between events is neither an event nor a new section");
    }
}
