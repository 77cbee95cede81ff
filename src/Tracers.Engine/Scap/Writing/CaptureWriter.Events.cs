using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Scap.Writing;

public sealed partial class CaptureWriter
{
    private const int HeaderV1 = 22;

    /// <summary>
    /// Begins an event v2. Its parameters are added in the table's order with the returned builder, and <see cref="EventBuilder.End"/>
    /// writes it. Nothing is allocated.
    /// </summary>
    /// <param name="timestamp">Nanoseconds since the epoch.</param>
    /// <param name="tid">The thread.</param>
    /// <param name="type">The event's number; even is an enter event, odd an exit event.</param>
    /// <param name="parameterCount">How many parameters will be added.</param>
    /// <param name="cpu">The CPU it happened on.</param>
    /// <param name="options">What the block says about the event.</param>
    /// <exception cref="InvalidOperationException">No section header yet, or another event was begun and not ended.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of parameters, or more than a block can hold.</exception>
    public EventBuilder BeginEvent(
        ulong timestamp, ulong tid, ushort type, int parameterCount, ushort cpu = 0, EventBlockOptions options = EventBlockOptions.None)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parameterCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parameterCount, ScapLimits.EventBody / 4);
        if (_eventOpen || _stage != WriterStage.Events) EnterEvents();

        Span<byte> block = _output.Reserve(ScapFormat.MaxEventBlockBytes);
        int start = WriteEventPrefix(block, BlockType.EventV2, BlockType.EventV2Flags, cpu, options);
        BinaryPrimitives.WriteUInt64LittleEndian(block[start..], timestamp);
        BinaryPrimitives.WriteUInt64LittleEndian(block[(start + 8)..], tid);
        BinaryPrimitives.WriteUInt16LittleEndian(block[(start + 20)..], type);
        BinaryPrimitives.WriteInt32LittleEndian(block[(start + 22)..], parameterCount);
        _eventOpen = true;
        return new EventBuilder(this, block, start, parameterCount);
    }

    /// <summary>
    /// The last event written, in its block without the length that ends it, until something else is written. It is an event v2 that
    /// begins at <see cref="LastEventOffset"/>; empty when no such event was written.
    /// </summary>
    internal ReadOnlySpan<byte> LastEventBlock => _output.Last(_lastEventBytes);

    /// <summary>Where in <see cref="LastEventBlock"/> the event begins: behind cpu and flags.</summary>
    internal int LastEventOffset =>
        BinaryPrimitives.TryReadUInt32LittleEndian(LastEventBlock, out uint type) && type is BlockType.EventV2Flags or BlockType.EventV2LargeFlags
            ? ScapFormat.BlockHeaderBytes + 6 : ScapFormat.BlockHeaderBytes + 2;

    /// <summary>Room for a block with one event v2, which the caller forms and <see cref="FinishEvent"/> takes over.</summary>
    /// <param name="cpu">The CPU it happened on.</param>
    /// <param name="options">What the block says about the event.</param>
    /// <param name="start">Where the event begins.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<byte> ReserveEvent(ushort cpu, EventBlockOptions options, out int start)
    {
        if (_eventOpen || _stage != WriterStage.Events) EnterEvents();
        Span<byte> block = _output.Reserve(ScapFormat.MaxEventBlockBytes);
        start = WriteEventPrefix(block, BlockType.EventV2, BlockType.EventV2Flags, cpu, options);
        return block;
    }

    /// <summary>Writes an event v2 that is already formed, as a reader yields it or a kernel ring holds it; nothing in it changes.</summary>
    /// <param name="cpu">The CPU it happened on.</param>
    /// <param name="options">What the block says about the event.</param>
    /// <param name="eventBytes">The event v2: 26-byte header, parameter lengths, parameter data, no padding.</param>
    /// <param name="large">Whether it came from a large event block and goes into one; only those may be longer than 64 KiB.</param>
    /// <exception cref="ArgumentException">Header, length and parameter count contradict each other, or the event is too long.</exception>
    /// <exception cref="InvalidOperationException">No section header yet, or another event was begun and not ended.</exception>
    public void WriteRawEvent(ushort cpu, EventBlockOptions options, ReadOnlySpan<byte> eventBytes, bool large = false)
    {
        CheckRawEvent(eventBytes);
        if (_eventOpen || _stage != WriterStage.Events) EnterEvents();
        int prefix = options == EventBlockOptions.None ? 2 : 6;
        int padded = ScapFormat.Pad(prefix + eventBytes.Length);
        if (padded + ScapFormat.BlockTrailerBytes > ScapLimits.EventBody)
        {
            if (!large) throw EventTooLong(eventBytes.Length);
            WriteHugeEvent(cpu, options, eventBytes, prefix);
            return;
        }

        int total = ScapFormat.BlockHeaderBytes + padded + ScapFormat.BlockTrailerBytes;
        Span<byte> block = _output.Reserve(total);
        uint plainType = large ? BlockType.EventV2Large : BlockType.EventV2;
        uint flaggedType = large ? BlockType.EventV2LargeFlags : BlockType.EventV2Flags;
        int start = WriteEventPrefix(block, plainType, flaggedType, cpu, options);
        eventBytes.CopyTo(block[start..]);
        FinishEvent(block, start + eventBytes.Length);
    }

    /// <summary>Writes an event v1, as captures up to 2018 have it, as the event v2 that it would be today.</summary>
    /// <param name="cpu">The CPU it happened on.</param>
    /// <param name="options">What the block says about the event.</param>
    /// <param name="eventBytes">The event v1: 22-byte header, parameter lengths, parameter data, no padding.</param>
    /// <param name="parameterCount">How many parameters it has: v1 does not say, its reader found out (FORMAT.md 4.4).</param>
    /// <exception cref="ArgumentException">The header is not whole, the parameters cannot fit, or the event is too long.</exception>
    /// <exception cref="InvalidOperationException">No section header yet, or another event was begun and not ended.</exception>
    public void WriteRawEventV1(ushort cpu, EventBlockOptions options, ReadOnlySpan<byte> eventBytes, int parameterCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parameterCount);
        if (eventBytes.Length < HeaderV1 + (2L * parameterCount))
        {
            throw new ArgumentException($"An event v1 of {eventBytes.Length} bytes cannot have {parameterCount} parameters.");
        }

        int length = eventBytes.Length + 4;
        if (ScapFormat.Pad(6 + length) + ScapFormat.BlockTrailerBytes > ScapLimits.EventBody) throw EventTooLong(length);
        if (_eventOpen || _stage != WriterStage.Events) EnterEvents();
        Span<byte> block = _output.Reserve(ScapFormat.MaxEventBlockBytes);
        int start = WriteEventPrefix(block, BlockType.EventV2, BlockType.EventV2Flags, cpu, options);
        eventBytes[..HeaderV1].CopyTo(block[start..]);
        BinaryPrimitives.WriteInt32LittleEndian(block[(start + 16)..], length);
        BinaryPrimitives.WriteInt32LittleEndian(block[(start + HeaderV1)..], parameterCount);
        eventBytes[HeaderV1..].CopyTo(block[(start + ScapFormat.EventHeaderBytes)..]);
        FinishEvent(block, start + length);
    }

    internal static ArgumentException EventTooLong(int length) =>
        new($"An event of {length} bytes does not fit a plain event block, which has {ScapLimits.EventBody} bytes after its first length.");

    /// <summary>Pads and closes the block whose content ends there, and counts it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void FinishEvent(Span<byte> block, int end)
    {
        int padded = ScapFormat.Pad(end);
        int total = padded + ScapFormat.BlockTrailerBytes;
        BinaryPrimitives.WriteInt32LittleEndian(block[4..], total);

        // The padding has fewer bytes than the length that follows it and overwrites the rest.
        BinaryPrimitives.WriteInt32LittleEndian(block[end..], 0);
        BinaryPrimitives.WriteInt32LittleEndian(block[padded..], total);
        _output.Commit(total);
        _lastEventBytes = total;
        EventCount++;
        _eventOpen = false;
    }

    internal void CancelEvent() => _eventOpen = false;

    private void EnterEvents()
    {
        Require(WriterStage.Events, "Events", "");
        _stage = WriterStage.Events;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteEventPrefix(Span<byte> block, uint plainType, uint flaggedType, ushort cpu, EventBlockOptions options)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(block, options == EventBlockOptions.None ? plainType : flaggedType);
        BinaryPrimitives.WriteUInt16LittleEndian(block[ScapFormat.BlockHeaderBytes..], cpu);
        if (options == EventBlockOptions.None) return ScapFormat.BlockHeaderBytes + 2;
        BinaryPrimitives.WriteUInt32LittleEndian(block[(ScapFormat.BlockHeaderBytes + 2)..], (uint)options);
        return ScapFormat.BlockHeaderBytes + 6;
    }

    private static void CheckRawEvent(ReadOnlySpan<byte> eventBytes)
    {
        if (eventBytes.Length < ScapFormat.EventHeaderBytes)
        {
            throw new ArgumentException($"An event has a header of {ScapFormat.EventHeaderBytes} bytes; these are {eventBytes.Length}.");
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(eventBytes[16..]);
        if (length != (uint)eventBytes.Length)
        {
            throw new ArgumentException($"The event's header says {length} bytes, but {eventBytes.Length} were given.");
        }

        uint count = BinaryPrimitives.ReadUInt32LittleEndian(eventBytes[22..]);
        if (ScapFormat.EventHeaderBytes + (2L * count) > length)
        {
            throw new ArgumentException($"The event's header says {count} parameters; their lengths alone do not fit its {length} bytes.");
        }
    }

    private void WriteHugeEvent(ushort cpu, EventBlockOptions options, ReadOnlySpan<byte> eventBytes, int prefix)
    {
        _body.Clear();
        _body.Add16(cpu);
        if (prefix == 6) _body.Add32((uint)options);
        _body.AddBytes(eventBytes);
        _output.WriteBlock(prefix == 6 ? BlockType.EventV2LargeFlags : BlockType.EventV2Large, _body.Body);
        _lastEventBytes = 0;
        EventCount++;
    }
}
