using System.Buffers.Binary;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;

namespace Tracers.Engine.Export;

/// <summary>
/// Takes out of a capture who and what it is about: data, arguments and environments go; names of files, users, hosts and containers and
/// addresses become others, the same ones everywhere. What has happened, how often, how long and with how many bytes stays.
/// </summary>
/// <remarks>Markers stay as they are, and so do numbers and the names of threads.</remarks>
internal sealed partial class Anonymizer(string? key)
{
    private const int HeaderV2 = 26;
    private const int HeaderBeforeCount = 22;
    private const int LengthAt = 16;

    private readonly Pseudonyms _names = new(key);
    private byte[] _event = new byte[4096];
    private int _used;

    /// <summary>Writes an event without what is not to be told.</summary>
    public void Write(CaptureWriter writer, scoped in EventView e, EventBlockOptions options)
    {
        AnonymousRule[] rules = AnonymousRules.Of(e.Type);
        bool isWide = e.Layout.Wide;
        int lengthSize = isWide ? sizeof(int) : sizeof(ushort);
        int lengths = HeaderV2;
        _used = 0;
        e.Bytes[..HeaderBeforeCount].CopyTo(Room(lengths + (lengthSize * e.ParameterCount)));
        BinaryPrimitives.WriteInt32LittleEndian(_event.AsSpan(HeaderBeforeCount), e.ParameterCount);
        for (int i = 0; i < e.ParameterCount; i++)
        {
            int before = _used;
            Add(in e, i, i < rules.Length ? rules[i] : AnonymousRule.Remove, options);
            int length = _used - before;
            if (!isWide && length > ushort.MaxValue)
            {
                // Names have become longer than an event can hold.
                _used = before;
                length = 0;
            }

            Span<byte> at = _event.AsSpan(lengths + (lengthSize * i));
            if (isWide)
                BinaryPrimitives.WriteInt32LittleEndian(at, length);
            else
                BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)length);
        }

        BinaryPrimitives.WriteInt32LittleEndian(_event.AsSpan(LengthAt), _used);
        bool isLarge = isWide || ScapFormat.Pad(6 + _used) + ScapFormat.BlockTrailerBytes > ScapLimits.EventBody;
        writer.WriteRawEvent(e.Cpu, options & ~ExportOutput.PayloadStays, _event.AsSpan(0, _used), isLarge);
    }

    private void Add(scoped in EventView e, int index, AnonymousRule rule, EventBlockOptions options)
    {
        ReadOnlySpan<byte> value = e.Parameter(index);
        if (value.IsEmpty)
            return;
        switch (rule)
        {
            case AnonymousRule.Keep:
            case AnonymousRule.Number when value.Length <= sizeof(long):
                Add(value);
                break;
            case AnonymousRule.Path or AnonymousRule.Program:
                AddPath(value.UntilNul());
                Add([0]);
                break;
            case AnonymousRule.Name:
                Add(_names.Of(value.UntilNul()));
                Add([0]);
                break;
            case AnonymousRule.Cgroups:
                AddCgroups(value);
                break;
            case AnonymousRule.Address:
                _names.Change(Copy(value));
                break;
            case AnonymousRule.SocketAddress:
                AddSocketAddress(value);
                break;
            case AnonymousRule.SocketTuple:
                AddSocketTuple(value);
                break;
            case AnonymousRule.Container:
                AddContainer(in e, index, value);
                break;
            case AnonymousRule.Payload:
                // A write to /dev/null that is no marker must not become the beginning of one.
                if ((options & (ExportOutput.PayloadStays | EventBlockOptions.Marker)) != 0)
                    Add(value);
                else
                    Add("."u8);
                break;
            case AnonymousRule.Dynamic:
                AddDynamic(e.Type, index, value);
                break;
            case AnonymousRule.ThreadName when e.UInt32(1, 0) == 15:
                Add(value);
                break;
            default:
                // Text without even its end would not be read as text.
                if (index < EventTable.Infos[e.Type].ParameterCount && EventTable.Infos[e.Type].Parameters[index].Type == ParameterType.CharBuf)
                    Add([0]);
                break;
        }
    }

    private void AddDynamic(int type, int index, ReadOnlySpan<byte> value)
    {
        string list = EventTable.Infos[type].Parameters[index].Table;
        ParameterType kind = SubTypes.Find(list, value[0])?.Type ?? ParameterType.None;
        Add(value[..1]);
        if (kind is ParameterType.ByteBuf or ParameterType.None || (kind != ParameterType.CharBuf && value.Length > 1 + sizeof(long)))
            return;

        // What a debugger reads and writes, and what belongs to keys, is data; other numbers are options.
        if (kind == ParameterType.CharBuf || list is "ptrace_dynamic_param" or "keyctl_dynamic_param")
            Room(kind == ParameterType.CharBuf ? 1 : value.Length - 1).Clear();
        else
            Add(value[1..]);
    }

    private void Add(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    private Span<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        Span<byte> copy = Room(bytes.Length);
        bytes.CopyTo(copy);
        return copy;
    }

    private Span<byte> Room(int bytes)
    {
        if (_event.Length - _used < bytes)
            Array.Resize(ref _event, Math.Max(2 * _event.Length, _used + bytes));
        _used += bytes;
        return _event.AsSpan(_used - bytes, bytes);
    }
}
