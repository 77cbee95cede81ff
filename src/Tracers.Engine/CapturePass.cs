using System.Runtime.InteropServices;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine;

/// <summary>One pass over a capture: source, events, state, spans, sink.</summary>
internal sealed class CapturePass : IDisposable
{
    private const uint FlagStateOnly = 1;
    private const uint FlagMarker = 2;
    private const int DropEnter = 148;
    private const int DropExit = 149;

    private readonly BlockReader _reader;
    private readonly CancellationToken _cancellation;
    private readonly EventTraits[] _traits = EventTable.Traits;
    private long _number;
    private int _taken;

    /// <summary>Opens a capture; gzip is recognised by content.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keepArguments">Whether spans carry the arguments of their markers.</param>
    /// <param name="cancellation">Ends the pass with <see cref="OperationCanceledException"/>, within one buffer.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public CapturePass(string path, bool keepArguments, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _reader = new BlockReader(path, ByteSource.Open(path, cancellation));
        Tracker = new SpanTracker(keepArguments);
        Statistics = new CaptureStatistics { Compressed = _reader.Source.Compressed, FileLength = _reader.Source.FileLength };
    }

    public CaptureState State { get; } = new();

    public SpanTracker Tracker { get; }

    public CaptureStatistics Statistics { get; }

    /// <summary>Called about once a buffer with the bytes of the file that were read.</summary>
    public Action<long>? Progress { get; set; }

    public void Dispose() => _reader.Dispose();

    /// <summary>Reads to the end.</summary>
    /// <exception cref="ScapFormatException">Not a capture, truncated or damaged; the sink has had everything before that place.</exception>
    /// <exception cref="OperationCanceledException">The pass was cancelled.</exception>
    public void Run<TSink>(ref TSink sink)
        where TSink : struct, IPassSink
    {
        BeginSection();
        try
        {
            while (ReadOn(ref sink))
            {
            }
        }
        catch (Exception e) when (e is ScapFormatException or IOException)
        {
            // What is open when the rest cannot be read is part of what was whole.
            EndSection(ref sink);
            throw;
        }

        EndSection(ref sink);

        if (Statistics.Events == 0 && Statistics.SkippedEvents == 0)
            throw new ScapFormatException(_reader.Path, _reader.Offset, "event block", $"'{_reader.Path}' holds no events. The capture was stopped before it recorded any, or was cut off; capture again.");
    }

    // Decodes what is buffered and sees to it that there is more; false at the end of the file.
    private bool ReadOn<TSink>(ref TSink sink)
        where TSink : struct, IPassSink
    {
        _cancellation.ThrowIfCancellationRequested();
        Progress?.Invoke(_reader.Source.FilePosition);
        _taken = 0;
        int needed;
        try
        {
            needed = Walk(_reader.Buffered, ref sink);
        }
        catch (EventDamagedException e)
        {
            // It had its number already.
            _number--;
            throw Damaged($"event block: {e.Field}", "it leaves the event");
        }

        _reader.Advance(_taken);
        if (needed == 0)
        {
            EndSection(ref sink);
            BeginSection();
            return true;
        }

        if (_reader.Fill(needed))
            return true;
        return _reader.Buffered.IsEmpty ? false : throw _reader.Truncated(needed > 8 ? "event block" : "block header", needed);
    }

    private void BeginSection()
    {
        SectionMetadata section = MetadataReader.Read(_reader);
        if (Statistics.Sections++ == 0)
        {
            Statistics.FormatVersion = new Version(section.MajorVersion, section.MinorVersion);
            Statistics.Machine = section.Machine;
        }

        Statistics.SkippedBlocks += section.SkippedBlocks;
        State.Begin(section);
    }

    private void EndSection<TSink>(ref TSink sink)
        where TSink : struct, IPassSink
    {
        Statistics.Events = _number;
        if (!TSink.TracksSpans)
            return;
        foreach (SpanNode open in Tracker.Open)
        {
            open.End = 0;
            sink.Span(open);
        }

        // The next section's metadata may be damaged: its spans must not be handed out again then.
        Tracker.Clear();
    }

    // Decodes the whole event blocks of a buffer. Returns how many bytes the next block needs, 0 when it is not an event.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
    private int Walk<TSink>(ReadOnlySpan<byte> buffer, ref TSink sink)
        where TSink : struct, IPassSink
    {
        ref byte first = ref MemoryMarshal.GetReference(buffer);
        int at = 0;
        while (buffer.Length - at >= 8)
        {
            uint type = Le.U32(ref first, at);
            uint length = Le.U32(ref first, at + 4);
            int eventAt = 10;
            uint flags = 0;
            if (type != BlockType.EventV2)
            {
                type = BlockType.Canonical(type);
                if (!BlockType.IsEvent(type))
                    return NotAnEvent(type);
                if (type is BlockType.EventV2Flags or BlockType.EventV1Flags or BlockType.EventV2LargeFlags)
                    eventAt = 14;
            }

            if (length - 8 > ScapLimits.EventBody && !(type is BlockType.EventV2Large or BlockType.EventV2LargeFlags && length is > 8 and <= ScapLimits.LargeEventBlock))
                throw Damaged("event block: total length", $"{length} bytes are not possible");
            if (length > (uint)(buffer.Length - at))
                return (int)length;
            if (length < eventAt + 4)
                throw Damaged("event block: total length", $"{length} bytes are too few for an event");

            ReadOnlySpan<byte> block = buffer.Slice(at, (int)length - 4);
            if (eventAt == 14)
                flags = Le.U32(ref first, at + 10);
            bool v1 = type is BlockType.EventV1 or BlockType.EventV1Flags;
            string? wrong = v1
                ? EventView.TryCreateV1(block, eventAt, flags, EventTable.Infos, out EventView e)
                : EventView.TryCreate(block, eventAt, flags, _traits, out e);
            if (wrong is not null)
                throw Damaged($"event block: {wrong}", "it does not fit into the block");

            Take(in e, ref sink);
            at += (int)length;
            _taken = at;
        }

        return 8;
    }

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

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    private void Take<TSink>(scoped in EventView e, ref TSink sink)
        where TSink : struct, IPassSink
    {
        if (e.Type >= _traits.Length)
        {
            Statistics.SkippedEvents++;
            return;
        }

        long number = ++_number;
        if (number == 1)
            Statistics.FirstTimestamp = e.Timestamp;
        Statistics.LastTimestamp = e.Timestamp;
        if (e.Type is DropEnter or DropExit)
        {
            if (e.Type == DropEnter)
                Statistics.DropIntervals++;
            return;
        }

        State.Apply(in e, out EventOutcome outcome);
        if ((e.Flags & FlagStateOnly) != 0)
            return;

        EventTraits traits = _traits[e.Type];
        Marker marker = default;
        bool isMarker = false;
        if (e.IsExit && (traits & EventTraits.Io) != 0)
        {
            if ((traits & EventTraits.Writes) != 0 && (outcome.Fd is { MayCarryMarkers: true } || (e.Flags & FlagMarker) != 0))
                isMarker = TakeMarker(in e, in outcome, ref sink, out marker);
            if (TSink.TakesIo && !isMarker)
                sink.Io(in e, in outcome, traits);
        }

        if (TSink.TakesEvents)
            sink.Event(in e, in outcome, number, in marker, isMarker);
    }

    private bool TakeMarker<TSink>(scoped in EventView e, scoped in EventOutcome outcome, scoped ref TSink sink, out Marker marker)
        where TSink : struct, IPassSink
    {
        ReadOnlySpan<byte> data = e.Parameter(1);
        marker = default;
        if (data.IsEmpty || !MarkerParser.CanBegin(data[0]))
            return false;
        if (!MarkerParser.TryParse(data, outcome.Thread.Identity, out marker))
        {
            Statistics.BadMarkers++;
            return false;
        }

        Statistics.Markers++;
        if (TSink.TracksSpans && Tracker.Apply(in marker, outcome.Thread, e.Timestamp) is { } ended)
        {
            sink.Span(ended);
            Tracker.Release(ended);
        }

        return true;
    }
}
