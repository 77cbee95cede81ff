using System.Runtime.CompilerServices;
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

    // Whether the event that Take has before it counts, and had its number.
    private bool _isNumbered;

    // The number up to which the section held nothing but descriptions of containers.
    private long _lastLeading;
    private long _firstTimestamp;
    private long _lastTimestamp;
    private long _beginning;
    private int _taken;
    private long _lostInWholeFiles;

    /// <summary>Opens a capture, or what can be made into one; see <see cref="CaptureBytes"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keepArguments">Whether spans carry the arguments of their markers, their parents and their depth.</param>
    /// <param name="cancellation">Ends the pass with <see cref="OperationCanceledException"/>, within one buffer.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public CapturePass(string path, bool keepArguments, CancellationToken cancellation)
        : this(path, CaptureBytes.Open(path, cancellation), keepArguments, cancellation)
    {
    }

    /// <summary>Reads a capture from a source, which it disposes of with itself.</summary>
    /// <inheritdoc cref="CapturePass(string, bool, CancellationToken)"/>
    public CapturePass(string path, ByteSource source, bool keepArguments, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _reader = new BlockReader(path, source);
        Tracker = new SpanTracker(keepArguments);
        Statistics = new CaptureStatistics { Compressed = source.Compressed, FileLength = source.FileLength, Format = source.Format };
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
            if (_isNumbered)
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

    // An event that nobody takes and that changes nothing, if it is so: at most it is counted.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTakeQuiet<TSink>(scoped EventView e, uint kind, ref TSink sink)
        where TSink : struct, IPassSink
    {
        if (!State.TryApplyQuiet(e, kind, (sink.Wants & SinkWants.Counts) != 0, out FdInfo? fd))
            return false;
        _number++;
        Advance(e.Timestamp);
        if ((sink.Wants & SinkWants.Counts) != 0 && (e.Type != WriteEnter || fd is not { CarriesMarkers: true }))
            Statistics.Counts.Add(e, fd);
        return true;
    }

    // Any event. The view is a copy of its own, in memory: what is called from here takes it by reference.
    [MethodImpl(HotPath.Compile | MethodImplOptions.NoInlining)]
    private void Take<TSink>(scoped EventView e, uint kind, ref TSink sink)
        where TSink : struct, IPassSink
    {
        _isNumbered = (kind & EventKinds.Unnumbered) == 0;
        long number = _isNumbered ? ++_number : _number;
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
            HandOut(in e, ref outcome, kind, number, ref sink);
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
    private void HandOut<TSink>(scoped in EventView e, scoped ref EventOutcome outcome, uint kind, long number, ref TSink sink)
        where TSink : struct, IPassSink
    {
        if ((kind & ((uint)EventTraits.Io | EventKinds.Transfer)) != 0 && e.IsExit)
        {
            if (MayBeMarker(kind, outcome.Fd, e.Flags) && TakeMarker(in e, ref outcome, number, isShown: true, ref sink))
                return;
            if ((sink.Wants & SinkWants.Io) != 0 && (kind & EventKinds.Transfer) != 0)
                TakeSides(in e, in outcome, number, ref sink);
            else if ((sink.Wants & SinkWants.Io) != 0)
                sink.Io(in e, in outcome, EventKinds.Traits(kind), number);
        }

        // What enters a write to where markers were written is not listed: as in sysdig only of write, not of its relatives.
        if ((sink.Wants & (SinkWants.Events | SinkWants.Counts)) != 0 && e.Type == WriteEnter && outcome.OwnFd(in e) is { CarriesMarkers: true })
            outcome.Hidden = true;
        if ((sink.Wants & SinkWants.Counts) != 0 && !outcome.Hidden)
            Statistics.Counts.Add(e, outcome.OwnFd(in e));
        if ((sink.Wants & SinkWants.Events) != 0)
            sink.Event(in e, in outcome, number);
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
