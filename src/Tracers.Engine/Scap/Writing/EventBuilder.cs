using System.Buffers.Binary;
using System.Text;

namespace Tracers.Engine.Scap.Writing;

/// <summary>
/// One event under construction, in the writer's buffer. Parameters are added in the table's order, then <see cref="End"/>.
/// Keep it in one local variable: a copy does not see what is added to the original.
/// </summary>
/// <remarks>When adding throws, the event is dropped and the writer is ready for the next one.</remarks>
public ref struct EventBuilder
{
    private readonly CaptureWriter _writer;
    private readonly Span<byte> _block;
    private readonly int _start;
    private readonly int _count;
    private int _added;
    private int _end;

    internal EventBuilder(CaptureWriter writer, Span<byte> block, int start, int count)
    {
        _writer = writer;
        _block = block;
        _start = start;
        _count = count;
        _end = start + ScapFormat.EventHeaderBytes + (2 * count);
    }

    /// <summary>Bytes that the largest further parameter may have.</summary>
    public readonly int Remaining => Math.Min(ushort.MaxValue, _block.Length - ScapFormat.BlockTrailerBytes - _end);

    /// <summary>Adds a signed 64-bit value: FD, PID, ERRNO, INT64.</summary>
    public void AddI64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Next(8), value);

    /// <summary>Adds an unsigned 64-bit value.</summary>
    public void AddU64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Next(8), value);

    /// <summary>Adds a signed 32-bit value.</summary>
    public void AddI32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Next(4), value);

    /// <summary>Adds an unsigned 32-bit value: UINT32, FLAGS32, MODE, UID, BOOL.</summary>
    public void AddU32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Next(4), value);

    /// <summary>Adds an unsigned 16-bit value.</summary>
    public void AddU16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Next(2), value);

    /// <summary>Adds an unsigned 8-bit value.</summary>
    public void AddU8(byte value) => Next(1)[0] = value;

    /// <summary>Adds bytes as they are: BYTEBUF, SOCKADDR, SOCKTUPLE, FDLIST.</summary>
    public void AddBytes(ReadOnlySpan<byte> value) => value.CopyTo(Next(value.Length));

    /// <summary>Adds text (CHARBUF, FSPATH, FSRELPATH) and the NUL that ends it in a file.</summary>
    /// <param name="value">The bytes without their NUL.</param>
    public void AddCharBuf(ReadOnlySpan<byte> value)
    {
        Span<byte> room = Next(value.Length + 1);
        value.CopyTo(room);
        room[value.Length] = 0;
    }

    /// <summary>Adds text in UTF-8 and the NUL that ends it in a file.</summary>
    public void AddCharBuf(scoped ReadOnlySpan<char> value)
    {
        Span<byte> room = Next(Encoding.UTF8.GetByteCount(value) + 1);
        room[Encoding.UTF8.GetBytes(value, room)] = 0;
    }

    /// <summary>Adds a parameter without bytes: a value that is not there.</summary>
    public void AddEmpty() => Next(0);

    /// <summary>Writes the event.</summary>
    /// <exception cref="InvalidOperationException">
    /// Fewer parameters were added than announced, and the event is dropped; or it was ended before.
    /// </exception>
    public void End()
    {
        if (_end < 0) throw Ended();
        if (_added != _count)
        {
            Cancel();
            throw new InvalidOperationException($"The event was begun with {_count} parameters, but {_added} were added.");
        }

        BinaryPrimitives.WriteInt32LittleEndian(_block[(_start + 16)..], _end - _start);
        _writer.FinishEvent(_block, _end);
        _end = -1;
    }

    /// <summary>Drops the event.</summary>
    public void Cancel()
    {
        if (_end < 0) return;
        _writer.CancelEvent();
        _end = -1;
    }

    private static InvalidOperationException Ended() => new("The event was already ended or dropped.");

    private Span<byte> Next(int bytes)
    {
        if (_end < 0) throw Ended();
        if (_added == _count || bytes > Remaining) ThrowNoRoom(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(_block[(_start + ScapFormat.EventHeaderBytes + (2 * _added))..], (ushort)bytes);
        Span<byte> room = _block.Slice(_end, bytes);
        _added++;
        _end += bytes;
        return room;
    }

    private void ThrowNoRoom(int bytes)
    {
        int added = _added;
        int remaining = Remaining;
        Cancel();
        throw added == _count
            ? new InvalidOperationException($"The event was begun with {_count} parameters; there is no place for another.")
            : new ArgumentException(
                $"Parameter {added} has {bytes} bytes, but the event has room for {remaining}: "
                + $"a parameter may have {ushort.MaxValue}, an event block {ScapLimits.EventBody}.");
    }
}
