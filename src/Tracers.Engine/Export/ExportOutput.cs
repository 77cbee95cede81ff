using System.Buffers.Binary;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;

namespace Tracers.Engine.Export;

/// <summary>The capture that an export writes: the sections of one capture or of several, each with its lists and its events.</summary>
internal sealed class ExportOutput : IDisposable
{
    /// <summary>Among the flags of an event that is handed in: what it carries is a marker or a part of one.</summary>
    public const EventBlockOptions PayloadStays = (EventBlockOptions)0x8000_0000;

    private const int HeaderV1 = 22;
    private const int HeaderV2 = 26;
    private const int LongestPrefix = 6;

    private readonly CaptureWriter _writer;
    private readonly Anonymizer? _anonymizer;

    // Where the events end that were selected or stand before one that was; null while nothing stands behind them.
    private WriterPlace? _rest;
    private readonly List<(byte[] Bytes, EventLayout Layout, EventBlockOptions Options)> _needed = [];

    /// <param name="stream">Where to; it must be able to seek, and is disposed of with this.</param>
    /// <param name="compress">Whether with gzip.</param>
    /// <param name="anonymizer">What takes out who and what it is about; null to leave everything as it is.</param>
    public ExportOutput(Stream stream, bool compress, Anonymizer? anonymizer = null)
    {
        _writer = new CaptureWriter(stream, new CaptureWriterOptions { Compress = compress, CutLongNames = true });
        _anonymizer = anonymizer;
    }

    /// <summary>Bytes of events that wait in memory for what becomes of them, about.</summary>
    public int HeldBytes { get; init; } = 8 << 20;

    /// <summary>Events that were selected and written.</summary>
    public long Selected { get; private set; }

    /// <summary>Begins a section.</summary>
    /// <param name="section">The lists that it began with in the capture that it comes from.</param>
    /// <param name="later">The threads and descriptors as they were later, if the events begin there.</param>
    public void BeginSection(SectionMetadata section, MachineLists? later)
    {
        _writer.WriteSectionHeader();
        if (_anonymizer is null && later is null && section.Blocks is { } blocks && blocks.TrueForAll(static b => IsCurrent(b.Type)))
        {
            foreach ((uint type, byte[] body) in blocks)
                _writer.WriteRawMetadata(type, body);
            return;
        }

        MachineLists lists = later ?? MachineLists.Of(section);
        Anonymizer? a = _anonymizer;
        if (section.Machine is { } machine)
            _writer.WriteMachineInfo(a is null ? machine : a.Change(machine));
        _writer.WriteInterfaces(a is null ? section.Interfaces : section.Interfaces.Select(a.Change));
        _writer.WriteUsers(a is null ? section.Users : section.Users.Select(a.Change), a is null ? section.Groups : section.Groups.Select(a.Change));
        _writer.WriteProcesses(a is null ? lists.Processes : lists.Processes.Select(a.Change));
        foreach ((ulong tid, FdRecord[] fds) in lists.Descriptors)
            _writer.WriteFds(tid, a is null ? fds : fds.Select(a.Change));
    }

    /// <summary>Writes an event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="options">Its flags.</param>
    /// <param name="isSelected">Whether it was asked for.</param>
    /// <param name="isNeeded">Whether it stays also where no event follows that was.</param>
    public void Write(scoped in EventView e, EventBlockOptions options, bool isSelected, bool isNeeded)
    {
        if (isSelected)
        {
            Selected++;
            _rest = null;
            _needed.Clear();
        }
        else if (isNeeded && _rest is not null)
        {
            _needed.Add((e.Bytes.ToArray(), e.Layout, options));
        }

        Write(in e, options);
    }

    /// <summary>What follows is only needed if an event comes that was selected.</summary>
    public void BeginRest() => _rest ??= _writer.SendAll();

    /// <summary>No more comes: takes back what is not needed.</summary>
    public void EndRest()
    {
        if (_rest is not { } place)
            return;
        _writer.TakeBack(in place);
        _rest = null;
        foreach ((byte[] bytes, EventLayout layout, EventBlockOptions options) in _needed)
            Write(new EventView(bytes, layout), options);
        _needed.Clear();
    }

    /// <summary>Writes what is left.</summary>
    public void Dispose() => _writer.Dispose();

    private void Write(scoped in EventView e, EventBlockOptions options)
    {
        if (_anonymizer is not null)
        {
            _anonymizer.Write(_writer, in e, options);
            return;
        }

        options &= ~PayloadStays;
        EventLayout layout = e.Layout;
        bool large = layout.Wide || ScapFormat.Pad(LongestPrefix + e.Bytes.Length + HeaderV2 - HeaderV1) + ScapFormat.BlockTrailerBytes > ScapLimits.EventBody;
        if (layout.Lengths != HeaderV1)
            _writer.WriteRawEvent(e.Cpu, options, e.Bytes, large);
        else if (!large)
            _writer.WriteRawEventV1(e.Cpu, options, e.Bytes, e.ParameterCount);
        else
            _writer.WriteRawEvent(e.Cpu, options, ToV2(e.Bytes, e.ParameterCount), large: true);
    }

    // Blocks that readers of today take as they are, and that the writer itself would make.
    private static bool IsCurrent(uint type) =>
        type is BlockType.MachineInfo or BlockType.InterfaceListV2 or BlockType.UserListV2 or BlockType.ProcessListV9 or BlockType.FdListV2;

    // One that fills its block has no room for the number of its parameters there.
    private static byte[] ToV2(ReadOnlySpan<byte> v1, int parameterCount)
    {
        byte[] v2 = new byte[v1.Length + HeaderV2 - HeaderV1];
        v1[..HeaderV1].CopyTo(v2);
        BinaryPrimitives.WriteInt32LittleEndian(v2.AsSpan(16), v2.Length);
        BinaryPrimitives.WriteInt32LittleEndian(v2.AsSpan(HeaderV1), parameterCount);
        v1[HeaderV1..].CopyTo(v2.AsSpan(HeaderV2));
        return v2;
    }
}
