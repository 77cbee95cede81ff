using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Linux;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine;

/// <summary>One pass over a capture: source, events, state, spans, sink.</summary>
internal sealed partial class CapturePass : IDisposable
{
    private const uint FlagStateOnly = 1;
    private const uint FlagMarker = 2;
    private const int DropEnter = 148;
    private const int DropExit = 149;
    private const int WriteEnter = 8;

    private static readonly TimeSpan s_recent = TimeSpan.FromMinutes(10);

    private readonly BlockReader _reader;
    private readonly CancellationToken _cancellation;
    private readonly EventTraits[] _traits = EventTable.Traits;
    private uint[] _kinds = EventKinds.ByType;
    private readonly MarkerReader _markers;
    private long _number;

    // The number up to which the section held nothing but descriptions of containers.
    private long _lastLeading;
    private long _firstTimestamp;
    private long _lastTimestamp;
    private long _beginning;
    private int _taken;
    private long _lostInWholeFiles;

    /// <summary>Opens a capture; gzip is recognised by content.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keepArguments">Whether spans carry the arguments of their markers, their parents and their depth.</param>
    /// <param name="cancellation">Ends the pass with <see cref="OperationCanceledException"/>, within one buffer.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public CapturePass(string path, bool keepArguments, CancellationToken cancellation)
        : this(path, ByteSource.Open(path, cancellation), keepArguments, cancellation)
    {
    }

    /// <summary>Reads a capture from a source, which it disposes of with itself.</summary>
    /// <inheritdoc cref="CapturePass(string, bool, CancellationToken)"/>
    public CapturePass(string path, ByteSource source, bool keepArguments, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _reader = new BlockReader(path, source);
        Tracker = new SpanTracker(keepArguments);
        Statistics = new CaptureStatistics { Compressed = _reader.Source.Compressed, FileLength = _reader.Source.FileLength };
        _markers = new MarkerReader(Statistics);
    }

    public CaptureState State { get; } = new();

    public SpanTracker Tracker { get; }

    public CaptureStatistics Statistics { get; }

    /// <summary>Time of the capture's first event, ns since the epoch; 0 before it was read. What the recorder itself makes has no time that counts.</summary>
    public long FirstTimestamp => _firstTimestamp;

    /// <summary>Time of the first event of all, what the recorder itself makes included but for the containers and users that it found at the beginning, ns since the epoch; 0 before it was read.</summary>
    public long Beginning => _beginning;

    /// <summary>Time of the event before this one, ns since the epoch; 0 at the first.</summary>
    public long PreviousTimestamp { get; private set; }

    /// <summary>Time of the last of those that were read, ns since the epoch.</summary>
    public long LastTimestamp => _lastTimestamp;

    /// <summary>Called about once a buffer with the bytes of the file that were read.</summary>
    public Action<long>? Progress { get; set; }

    /// <summary>Whether markers are paired into spans; without that they are only counted.</summary>
    public bool TracksSpans { get; set; } = true;

    /// <summary>Set by a sink that has all it wants: the pass ends behind this event, and says nothing of the rest.</summary>
    public bool StopRequested { get; set; }

    /// <summary>Where the pass ends for a sink that wants it to; null for others.</summary>
    public IPassMoment? Moment { get; set; }

    /// <summary>Whether an event of this type is the recorder's, about events that it lost.</summary>
    public static bool IsLoss(int type) => type is DropEnter or DropExit;

    public void Dispose() => _reader.Dispose();

    /// <summary>Reads to the end.</summary>
    /// <exception cref="ScapFormatException">
    /// Not a capture, truncated or damaged; the sink has had everything before that place. A capture that is open for writing and ends
    /// too early gives no error: <see cref="CaptureStatistics.BeingWrittenTo"/> says how far it was read.
    /// </exception>
    /// <exception cref="OperationCanceledException">The pass was cancelled.</exception>
    public void Run<TSink>(ref TSink sink)
        where TSink : struct, IPassSink
    {
        BeginSection();
        try
        {
            while (!StopRequested && ReadOn(ref sink))
            {
            }
        }
        catch (Exception e) when (e is ScapFormatException or IOException)
        {
            // What is open when the rest cannot be read is part of what was whole.
            EndSection(ref sink);
            if (e is not ScapFormatException { EndsEarly: true } || !IsBeingWritten())
                throw;
        }
        finally
        {
            Statistics.Events = _number;
            Statistics.FirstTimestamp = _firstTimestamp;
            Statistics.LastTimestamp = _lastTimestamp;
        }

        if (StopRequested)
            return;
        EndSection(ref sink);
        Statistics.HasTrailingBytes = _reader.Source.HasTrailingBytes;

        // A recorder that writes whole blocks at a time leaves a file that ends properly while it has the rest in memory.
        bool isEmpty = Statistics.Events == 0 && Statistics.SkippedEvents == 0;
        bool growing = Statistics.BeingWrittenTo is not null || ((isEmpty || IsRecent()) && IsBeingWritten());
        if (isEmpty && !growing)
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
            throw Damaged($"event block: {e.Field}", e.Why);
        }

        _reader.Advance(_taken);
        if (StopRequested)
            return false;
        if (needed == 0)
        {
            if ((sink.Wants & SinkWants.UntilMoment) != 0 && Moment!.IsPassed)
            {
                StopRequested = true;
                return false;
            }

            EndSection(ref sink);
            BeginSection();
            return true;
        }

        if (_reader.Fill(needed))
            return true;
        return _reader.Buffered.IsEmpty ? false : throw _reader.Truncated(needed > 8 ? "event block" : "block header", needed);
    }

    // To look for a writer takes some milliseconds, which are not spent on a file that nobody has touched for long.
    private bool IsRecent() => Statistics.FileLength is not null && DateTime.UtcNow - File.GetLastWriteTimeUtc(_reader.Path) < s_recent;

    // A capture that ends too early is no damaged one while its recorder is at work: it has the rest still in memory.
    private bool IsBeingWritten()
    {
        string path = _reader.Path == StandardInput.Path ? "/dev/stdin" : _reader.Path;
        if (!OperatingSystem.IsLinux() || !FileWriters.Exist(path, _cancellation))
            return false;
        Statistics.BeingWrittenTo = _reader.Offset;
        return true;
    }

    // Decodes the whole event blocks of a buffer. Returns how many bytes the next block needs, 0 when it is not an event.
    // What nearly all blocks are, v2 events with short lengths, is seen to here; the rest stands apart, and so does every call that
    // takes the address of a view: a view whose address is known nowhere lives in registers, and only as far as it is asked for.
    [MethodImpl(HotPath.Compile)]
    private int Walk<TSink>(ReadOnlySpan<byte> buffer, ref TSink sink)
        where TSink : struct, IPassSink
    {
        uint[] kinds = _kinds;
        ref byte block = ref MemoryMarshal.GetReference(buffer);
        ref byte end = ref Unsafe.Add(ref block, buffer.Length);
        while (Unsafe.ByteOffset(ref block, ref end) >= 8)
        {
            uint length = Le.U32(ref block, 4);
            if (Le.U32(ref block, 0) == BlockType.EventV2
                && length - EventView.ShortestBlock <= ScapLimits.EventBody + 8 - EventView.ShortestBlock && length <= Unsafe.ByteOffset(ref block, ref end)
                && EventView.TryCreateShort(ref block, length, out EventView e)
                && e.Type < kinds.Length && kinds[e.Type] is var kind && (kind & EventKinds.NotPlain) == 0)
            {
                TakePlain(e, kind, ref sink);
            }
            else if (TakeOther(MemoryMarshal.CreateReadOnlySpan(ref block, (int)Unsafe.ByteOffset(ref block, ref end)), ref sink) is var needed and >= 0)
            {
                return needed;
            }

            block = ref Unsafe.Add(ref block, length);
            _taken += (int)length;
            if ((sink.Wants & SinkWants.Events) != 0 && StopRequested)
                return 0;
        }

        return 8;
    }

    // The same for one block of any kind: −1 when it was an event.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int TakeOther<TSink>(ReadOnlySpan<byte> buffer, ref TSink sink)
        where TSink : struct, IPassSink
    {
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
            ? EventView.TryCreateV1(block, eventAt, flags, EventTable.Infos, out EventView e)
            : EventView.TryCreate(block, eventAt, flags, _traits, out e);
        if (wrong is not null)
            throw DamagedEvent(wrong);

        if (e.Type < _kinds.Length)
            Take(in e, _kinds[e.Type], ref sink);
        else
            Statistics.SkippedEvents++;
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

    // An event of a thread's own call, or a switch of threads, in a block without flags.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TakePlain<TSink>(scoped EventView e, uint kind, ref TSink sink)
        where TSink : struct, IPassSink
    {
        long number = ++_number;
        Advance(e.Timestamp);
        if ((sink.Wants & SinkWants.UntilMoment) != 0 && !Moment!.Precedes(_lastTimestamp, _firstTimestamp))
            return;
        State.ApplyPlain(e, kind, out EventOutcome outcome);
        HandOut(e, outcome, kind, 0, number, ref sink);
    }

    // Any event.
    private void Take<TSink>(scoped in EventView e, uint kind, ref TSink sink)
        where TSink : struct, IPassSink
    {
        long number = (kind & EventKinds.Unnumbered) == 0 ? ++_number : _number;
        if ((kind & EventKinds.Aside) == 0 || e.Type == EventKinds.SchedulerSwitch)
        {
            // What the recorder makes itself has times of its own, or none; a switch of threads is the machine's.
            Advance(e.Timestamp);
        }
        else if (IsLoss(e.Type))
        {
            Begin(e.Timestamp);
            TakeDrop(in e);
            if ((sink.Wants & SinkWants.All) != 0)
                sink.Event(in e, default, number);
            return;
        }
        else if (EventKinds.Rule(kind) == StateRule.Container)
        {
            // Those that were there before the capture have the time when they were found.
            State.IsLeading = number == _lastLeading + 1;
            if (State.IsLeading)
                _lastLeading = number;
            else
                Begin(e.Timestamp);
        }
        else if ((kind & EventKinds.Unnumbered) == 0)
        {
            Begin(e.Timestamp);
        }

        if ((sink.Wants & SinkWants.UntilMoment) != 0 && !Moment!.Precedes(_lastTimestamp, _firstTimestamp))
            return;
        State.Apply(in e, kind, out EventOutcome outcome);
        if ((e.Flags & FlagStateOnly) != 0 || (kind & EventKinds.Unnumbered) != 0)
            TakeUnshown(in e, ref outcome, kind, number, ref sink);
        else
            HandOut(e, outcome, kind, e.Flags, number, ref sink);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Advance(long time)
    {
        if (_firstTimestamp == 0)
        {
            _firstTimestamp = time;
            Begin(time);
        }

        PreviousTimestamp = _lastTimestamp;
        _lastTimestamp = time;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void HandOut<TSink>(scoped EventView e, EventOutcome outcome, uint kind, uint flags, long number, ref TSink sink)
        where TSink : struct, IPassSink
    {
        if ((kind & ((uint)EventTraits.Io | EventKinds.Transfer)) != 0 && e.IsExit && ((sink.Wants & SinkWants.Io) != 0 || MayBeMarker(kind, outcome.Fd, flags)))
        {
            EventView io = e;
            EventOutcome moved = outcome;
            if (TakeIo(in io, ref moved, kind, flags, number, ref sink))
                return;
            outcome.Hidden = moved.Hidden;
        }

        if ((sink.Wants & SinkWants.Events) != 0)
        {
            // As in sysdig only of write, not of its relatives.
            if (e.Type == WriteEnter && outcome.OwnFd(in e) is { CarriesMarkers: true })
                outcome.Hidden = true;
            sink.Event(in e, in outcome, number);
        }
    }

    // True when it was a marker, or a piece of one.
    [MethodImpl(HotPath.Compile | MethodImplOptions.NoInlining)]
    private bool TakeIo<TSink>(scoped in EventView e, scoped ref EventOutcome outcome, uint kind, uint flags, long number, ref TSink sink)
        where TSink : struct, IPassSink
    {
        if (MayBeMarker(kind, outcome.Fd, flags) && TakeMarker(in e, ref outcome, number, isShown: true, ref sink))
            return true;
        if ((sink.Wants & SinkWants.Io) != 0 && (kind & EventKinds.Transfer) != 0)
            TakeSides(in e, in outcome, number, ref sink);
        else if ((sink.Wants & SinkWants.Io) != 0)
            sink.Io(in e, in outcome, EventKinds.Traits(kind), number);
        return false;
    }

    // Of a write whose descriptor is not known the recorder may have said so.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool MayBeMarker(uint kind, FdInfo? fd, uint flags) =>
        (kind & ((uint)EventTraits.Io | EventKinds.Transfer)) == (uint)EventTraits.Writes && (fd is not null ? fd.MayCarryMarkers : (flags & FlagMarker) != 0);

    // Not in the loop, which it would only make longer: it is called for what is rare.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Begin(long time)
    {
        if (_beginning == 0 && time > 0)
            _beginning = time;
    }

    // Ours say how many: each how many since the one before, and the last one of a whole file how many in all.
    private void TakeDrop(scoped in EventView e)
    {
        bool counted = e.Parameter(1).Length == sizeof(long);
        if (e.Type == DropEnter)
        {
            Statistics.DropIntervals++;
            Statistics.LostEvents = counted ? (Statistics.LostEvents ?? 0) + e.Int64(1, 0) : Statistics.LostEvents;
        }
        else if (counted)
        {
            _lostInWholeFiles += e.Int64(1, 0);
            Statistics.LostEvents = Math.Max(Statistics.LostEvents ?? 0, _lostInWholeFiles);
        }
    }

    private void TakeSides<TSink>(scoped in EventView e, scoped in EventOutcome outcome, long number, ref TSink sink)
        where TSink : struct, IPassSink
    {
        foreach (ref readonly IoSide side in State.Sides)
        {
            EventOutcome part = outcome;
            part.Fd = side.Fd;
            part.FdNumber = side.FdNumber;
            part.Result = side.Result;
            part.Latency = side.Latency;
            sink.Io(in e, in part, side.Reads ? EventTraits.Reads : EventTraits.Writes, number);
        }
    }
}
