using Tracers.Engine.Events;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;
using Tracers.Engine.State;

namespace Tracers.Engine.Runtimes;

/// <summary>Writes a capture of what a trace says: one process, whose threads write markers.</summary>
internal sealed class RuntimeTraceCapture : IRuntimeSink, ITimelineOutput, IDisposable
{
    // An old form of the return of clone: later ones say more of a thread than is known here.
    private const ushort CloneExit = 217;
    private const int LongestName = 15;

    private readonly CancellationToken _stop;
    private readonly CaptureWriter _writer;
    private readonly EventTimeline _timeline;

    private readonly HashSet<int> _threads = [];
    private RuntimeActivities? _activities;
    private RuntimeTrace? _trace;
    private ByteText _exe;
    private ByteText _arguments;
    private ByteText _name;
    private long _reached = long.MinValue;

    /// <param name="output">Takes the capture; it stays open.</param>
    /// <param name="stop">Ends the reading: whoever tells of the trace has it thrown.</param>
    public RuntimeTraceCapture(Stream output, CancellationToken stop)
    {
        _stop = stop;
        _writer = new CaptureWriter(output, new CaptureWriterOptions { BufferBytes = 128 << 10, LeaveOpen = true, CutLongNames = true });
        _timeline = new EventTimeline(this);
    }

    /// <summary>Whether the trace has said anything that stands in the capture.</summary>
    public bool HasMarks { get; private set; }

    /// <inheritdoc/>
    public long ClockOffset => _trace!.WallTime - _trace.ClockTime;

    public void Begin(RuntimeTrace trace)
    {
        _trace = trace;
        _activities = new RuntimeActivities(new RuntimeNumbers(trace.Pid), _timeline.Requests, Add);
        string[] words = trace.CommandLine?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        _exe = words.FirstOrDefault("");
        _arguments = ByteText.FromList(words.Skip(1));
        _name = NameOf(_exe);
        _writer.WriteSectionHeader();
        _writer.WriteProcesses([new ProcessRecord
        {
            Tid = (ulong)trace.Pid,
            Pid = (ulong)trace.Pid,
            Comm = _name,
            Exe = _exe,
            Arguments = _arguments,
            Uid = ThreadDetails.NoId,
            Gid = ThreadDetails.NoId,
            FdLimit = -1,
        }]);
        _threads.Add(trace.Pid);
    }

    public void ActivityBegan(RuntimeMoment moment, RuntimeActivity activity) => _activities!.ActivityBegan(moment, activity);

    public void ActivityEnded(RuntimeMoment moment, ulong id, IReadOnlyList<KeyValuePair<string, string>> tags, bool failed) =>
        _activities!.ActivityEnded(moment, id, tags, failed);

    public void ContextChanged(RuntimeMoment moment, Guid context) => _activities!.ContextChanged(moment, context);

    public void RequestBegan(RuntimeMoment moment, RuntimeRequest request) => _activities!.RequestBegan(moment, request);

    public void RouteFound(RuntimeMoment moment, Guid context, string route) => _activities!.RouteFound(moment, context, route);

    public void SectionBegan(RuntimeMoment moment, RuntimeSection section) => _activities!.SectionBegan(moment, section);

    public void SectionEnded(RuntimeMoment moment, long number, IReadOnlyList<KeyValuePair<string, string>> arguments) =>
        _activities!.SectionEnded(moment, number, arguments);

    public void Reached(long time)
    {
        _stop.ThrowIfCancellationRequested();

        // Never back: what was said of other threads may be a little older.
        if (time <= _reached)
            return;
        _reached = time;
        _timeline.Release(time);
    }

    public void Lost(long events) => _timeline.AddLoss(events, Math.Max(_reached, _trace!.ClockTime));

    /// <summary>Writes what is left: nothing more is said.</summary>
    public void End()
    {
        _timeline.ReleaseAll();
        _writer.Dispose();
    }

    public void Dispose()
    {
        _timeline.Dispose();
        _writer.Dispose();
    }

    void ITimelineOutput.Write(scoped in EventView e, EventBlockOptions options) => _writer.WriteRawEvent(e.Cpu, options, e.Bytes);

    void ITimelineOutput.Insert(scoped in EventView e, EventBlockOptions options)
    {
        if (_threads.Add(e.Tid))
            WriteThread(e.Timestamp, e.Tid);
        _writer.WriteRawEvent(e.Cpu, options, e.Bytes);
        HasMarks = true;
    }

    void ITimelineOutput.BeginNextFile() => throw new NotSupportedException("A trace is made into one file.");

    private void Add(RuntimeMark mark)
    {
        _stop.ThrowIfCancellationRequested();
        _timeline.Add(mark);
    }

    // A trace does not say which threads there are. As if the first one had begun it just now: so it is the process's, with its descriptors.
    private void WriteThread(long timestamp, int tid)
    {
        EventBuilder e = _writer.BeginEvent((ulong)timestamp, (ulong)_trace!.Pid, CloneExit, 17, options: EventBlockOptions.StateOnly);
        e.AddI64(tid);
        e.AddCharBuf(_exe.Span);
        e.AddBytes(_arguments.Span);
        e.AddI64(_trace.Pid);
        e.AddI64(_trace.Pid);
        e.AddI64(0);
        e.AddCharBuf(""u8);
        e.AddI64(-1);
        e.AddU64(0);
        e.AddU64(0);
        e.AddU32(0);
        e.AddU32(0);
        e.AddU32(0);
        e.AddCharBuf(_name.Span);
        e.AddU32((uint)(CloneFlags.Thread | CloneFlags.Files));
        e.AddU32(ThreadDetails.NoId);
        e.AddU32(ThreadDetails.NoId);
        e.End();
    }

    // As the kernel has it.
    private static ByteText NameOf(ByteText exe)
    {
        ReadOnlyMemory<byte> name = exe.Bytes[(exe.Span.LastIndexOfAny((byte)'/', (byte)'\\') + 1)..];
        return new ByteText(name[..Math.Min(name.Length, LongestName)]);
    }
}
