using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tracers.Engine.Capture.Linux.Native;
using Tracers.Engine.Events;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;

namespace Tracers.Engine.Capture.Linux;

/// <summary>
/// The consumer: takes the rings' records in the order of their times, makes events of them and writes them. One thread, the one whose tid
/// the probe was loaded with; nothing is allocated for a record.
/// </summary>
internal sealed class Recorder : ITimelineOutput, IDisposable
{
    private const ushort DropEnter = 148;
    private const ushort DropExit = 149;
    private const ushort WriteExit = 9;
    private const ushort PwriteExit = 115;

    // Where an exit record with arguments has the first of them.
    private const int FirstArgument = RecordHeader.Size + sizeof(long);
    private const int TakenAtOnce = 4096;
    private static readonly TimeSpan s_flushEvery = TimeSpan.FromSeconds(1);

    private readonly CaptureOptions _options;
    private readonly RecordingFiles _files;
    private readonly ProbeProgram _probe;
    private readonly RecordShaper _shaper;
    private readonly RingMerge _merge;
    private readonly LossLedger _losses;
    private readonly MachineModel _model;
    private readonly MachineHead _head;
    private readonly SessionCounters _counters;
    private CaptureWriter? _writer;

    // Only of a capture that listens to .NET processes. Of that the next file begins before the last one has all of its events.
    private RuntimeRecording? _runtimes;
    private CaptureWriter? _nextWriter;
    private long _nextClockOffset;
    private long _earlierBytes;
    private long _earlierEvents;
    private ulong _lastFlush;

    /// <summary>Takes over a probe whose programs run, and a model that is true for <see cref="RingMerge.Bound"/>.</summary>
    public Recorder(
        CaptureOptions options, RecordingFiles files, ProbeProgram probe, RecordShaper shaper, RingMerge merge, MachineModel model, MachineHead head, SessionCounters counters)
    {
        _options = options;
        _files = files;
        _probe = probe;
        _shaper = shaper;
        _merge = merge;
        _model = model;
        _head = head;
        _counters = counters;
        _losses = new LossLedger(probe.Rings);
    }

    /// <summary>CLOCK_MONOTONIC at which the capture began, ns.</summary>
    public ulong Started { get; private set; }

    /// <summary>What there is to know of .NET processes that went wrong, a sentence each.</summary>
    public IReadOnlyList<string> Problems => _runtimes?.Problems ?? [];

    /// <summary>Listens to .NET processes from now on; before <see cref="Begin"/>.</summary>
    /// <exception cref="RuntimeAccessException">It cannot.</exception>
    public void Listen(RuntimeOptions options) => _runtimes = _model.Runtimes = new RuntimeRecording(options, _model.State, this);

    /// <summary>Writes the file's beginning.</summary>
    public void Begin()
    {
        _losses.Begin();
        Started = _merge.Bound;
        _lastFlush = Started;
        _writer = BeginFile();
        ClockOffset = _shaper.ClockOffset;
        _runtimes?.BeginFile(ClockOffset, isFirst: true);
        _runtimes?.Begin(Started);
        _writer.Flush();
    }

    /// <summary>Records what the rings hold. Returns how many records there were.</summary>
    /// <param name="final">Nothing writes to the rings any more.</param>
    public long Pump(bool final)
    {
        _merge.Look(final);
        long taken = 0;
        int batch;
        do
        {
            batch = Drain(TakenAtOnce);
            taken += batch;

            // The programs get the room back before all is taken: a ring that is nearly full has no other.
            _merge.Release();
            if (_options.RotateBytes is { } limit && FileBytes >= limit && !final && _nextWriter is null)
                Rotate();
        }
        while (batch == TakenAtOnce && !IsFull);

        ulong bound = Math.Min(_merge.Bound, MonotonicClock.Now);
        if (_runtimes is not null && !final)
            TakeRuntimeLoss(_runtimes.Pump(bound), bound);
        if (bound - _lastFlush >= (ulong)s_flushEvery.Ticks * 100)
        {
            // Who reads the file meanwhile, or after a crash, is to find all but the last second.
            _writer!.Flush();
            _lastFlush = bound;
            _model.Tidy();
        }

        // What waits for runtimes is not in the file.
        Count(_runtimes?.WaitsFrom ?? bound);
        return taken;
    }

    /// <summary>Whether the rings want to be emptied again at once.</summary>
    public bool IsPressed => _merge.WasCrowded;

    /// <summary>Whether the file has the size that it may have.</summary>
    public bool IsFull => _options.MaxBytes is { } most && _earlierBytes + FileBytes + (_nextWriter?.BytesWritten ?? 0) >= most;

    /// <summary>Whether the time is over that the capture may take.</summary>
    public bool IsOver => _options.Duration is { } duration && _merge.Bound - Started >= (ulong)duration.Ticks * 100;

    /// <summary>The programs stop writing.</summary>
    public void Detach() => _probe.Detach();

    /// <summary>Whether a program is in the middle of a record.</summary>
    public bool IsBeingWritten
    {
        get
        {
            foreach (Ring ring in _probe.Rings)
            {
                if (ring.IsBusy)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Writes what was lost and closes the file.</summary>
    public void End()
    {
        ulong now = MonotonicClock.Now;
        if (_runtimes is not null)
            TakeRuntimeLoss(_runtimes.Stop(now), now);
        WriteLosses(now);
        _runtimes?.ReleaseAll();
        Count(now);
        _writer!.Dispose();
        _writer = null;
    }

    /// <summary>Lets go of everything; what was not closed stays as it is in the file.</summary>
    public void Dispose()
    {
        try
        {
            if (_writer is { } broken)
            {
                // What the file took counts, and not what was still on its way to it.
                _writer = null;
                _counters.Set(
                    _earlierEvents + broken.EventsSent, _earlierBytes + broken.BytesSent, _losses.Total, _model.Spans + (_runtimes?.Spans ?? 0),
                    Math.Min(_merge.Bound, MonotonicClock.Now), Started);
                broken.Dispose();
            }
        }
        finally
        {
            // First what must not stay attached, whatever the rest does.
            _probe.Dispose();
            DisposeNext();
            _runtimes?.Dispose();
        }
    }

    // Only there where the capture failed: why is known then, and that its file could not be written either is no news.
    private void DisposeNext()
    {
        try
        {
            _nextWriter?.Dispose();
        }
        catch (IOException)
        {
        }
    }

    /// <inheritdoc/>
    public long ClockOffset { get; private set; }

    void ITimelineOutput.Write(scoped in EventView e, EventBlockOptions options) => _writer!.WriteRawEvent(e.Cpu, options, e.Bytes);

    void ITimelineOutput.Insert(scoped in EventView e, EventBlockOptions options)
    {
        _writer!.WriteRawEvent(e.Cpu, options, e.Bytes);

        // The descriptors that it opens are part of what the next file begins with.
        if (MachineModel.ChangesState(e.Type))
            _model.Apply(in e);
    }

    void ITimelineOutput.BeginNextFile()
    {
        EndFile();
        (_writer, _nextWriter) = (_nextWriter, null);
        ClockOffset = _nextClockOffset;
    }

    [MethodImpl(HotPath.Compile)]
    private int Drain(int most)
    {
        CaptureWriter writer = Target;
        RecordShaper shaper = _shaper;
        for (int i = 0; i < most; i++)
        {
            if (!_merge.TryNext(out ReadOnlySpan<byte> record, out int cpu))
                return i;
            ref byte first = ref MemoryMarshal.GetReference(record);
            if ((Le.U8(ref first, 5) & (byte)RecordFlags.AfterLoss) != 0)
                WriteLoss(cpu, (ulong)Le.I64(ref first, 8));

            ushort type = shaper.TypeOf(record);
            if (type == RecordShaper.NoEvent)
                TakeOther(record);
            else if (type is WriteExit or PwriteExit && IsMarkerByte(shaper.FirstByte(record)) && TakeMarker(record, cpu, writer))
                continue;
            else if (shaper.Shape(record, (ushort)cpu, writer))
                Shaped(type, writer);
        }

        return most;
    }

    // With what waits and will be in it.
    private long FileBytes => _writer!.BytesWritten + (_runtimes?.HeldBytes ?? 0);

    // Where events are formed.
    private CaptureWriter Target => _runtimes is { } runtimes ? runtimes.Stage : _writer!;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Shaped(ushort type, CaptureWriter writer)
    {
        if (MachineModel.ChangesState(type))
            Apply(writer, EventBlockOptions.None);
        _runtimes?.Take(EventBlockOptions.None);
    }

    private static bool IsMarkerByte(int first) => first is '>' or '<' or '[' or '=';

    private bool TakeMarker(ReadOnlySpan<byte> record, int cpu, CaptureWriter writer)
    {
        ref byte first = ref MemoryMarshal.GetReference(record);
        if (record.Length < FirstArgument + sizeof(long) || _model.WriterToDevNull(Le.U32(ref first, 16), (int)Le.U32(ref first, FirstArgument)) is not { } thread)
            return false;
        // Readers that do not know the switch marker are to see a plain write; and sysdig 0.29.3 crashes on the flag where it knows no descriptor,
        // as of calls that have no beginning in the file.
        bool isFlagged = _options.Mode == CaptureMode.Full && _shaper.FirstByte(record) != '=';
        EventBlockOptions options = isFlagged ? EventBlockOptions.Marker : EventBlockOptions.None;
        if (!_shaper.Shape(record, (ushort)cpu, writer, options))
            return true;
        if (RecordShaper.TryView(writer, options, out EventView view))
            _model.TakeMarker(in view, thread);
        _runtimes?.Take(options);
        return true;
    }

    private void Apply(CaptureWriter writer, EventBlockOptions options)
    {
        if (RecordShaper.TryView(writer, options, out EventView view))
            _model.Apply(in view);
    }

    private void TakeOther(ReadOnlySpan<byte> record)
    {
        switch ((RecordKind)record[4])
        {
            case RecordKind.Exec:
                _model.Cgroups.Executed(Le.U32(ref MemoryMarshal.GetReference(record), 16));
                break;
            case RecordKind.Fork:
                _shaper.TakeFork(record);
                break;
            default:
                // A record that contradicts itself: the shaper counts it.
                _ = _shaper.Shape(record, 0, Target);
                break;
        }
    }

    private void WriteLoss(int cpu, ulong time)
    {
        ulong lost = _losses.Take(cpu);
        if (lost > 0)
            WriteDrop(DropEnter, time, cpu, lost);
    }

    // At a file's end: what was not told of yet, and the sum, also of nothing. A file without it was not ended properly.
    private void WriteLosses(ulong time)
    {
        for (int cpu = 0; cpu < _losses.Count; cpu++)
            WriteLoss(cpu, time);
        WriteDrop(DropExit, time, 0, (ulong)_losses.TakeTotal());
    }

    private void WriteDrop(ushort type, ulong time, int cpu, ulong lost)
    {
        EventBuilder e = Target.BeginEvent((ulong)((long)time + _shaper.ClockOffset), 0, type, 2, (ushort)cpu);
        e.AddU32(1);
        e.AddU64(lost);
        e.End();
        _runtimes?.Take(EventBlockOptions.None);
    }

    // What a runtime would have said is lost as an event is: counts, bytes and spans are too low.
    private void TakeRuntimeLoss(long lost, ulong time)
    {
        if (lost == 0)
            return;
        _losses.Add(lost);
        WriteDrop(DropEnter, time, 0, (ulong)lost);
    }

    private CaptureWriter BeginFile()
    {
        _shaper.ClockOffset = MonotonicClock.OffsetToRealtime();
        CaptureWriter writer = _files.Begin();

        // As close as the clock is read, and not as the kernel rounds it: a trace that a runtime wrote by the same clock can be joined to the file.
        _model.WriteTo(writer, _head with { Machine = _head.Machine with { BootTime = (ulong)_shaper.ClockOffset } });
        return writer;
    }

    private void EndFile()
    {
        _earlierBytes += _writer!.BytesWritten;
        _earlierEvents += _writer.EventCount;
        _writer.Dispose();
    }

    private void Rotate()
    {
        if (_runtimes is not null)
        {
            // Of a time that no later event is before: they wait in the order in which they came, and markers go by their times.
            WriteLosses(_runtimes.LastTime);
            _nextWriter = BeginFile();
            _nextClockOffset = _shaper.ClockOffset;
            _runtimes.BeginFile(_nextClockOffset, isFirst: false);
            return;
        }

        WriteLosses(Math.Min(_merge.Bound, MonotonicClock.Now));
        EndFile();
        _writer = BeginFile();
    }

    private void Count(ulong bound) => _counters.Set(
        _earlierEvents + _writer!.EventCount, _earlierBytes + _writer.BytesWritten, _losses.Total, _model.Spans + (_runtimes?.Spans ?? 0), bound, Started);
}
