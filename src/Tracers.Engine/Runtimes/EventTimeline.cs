using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Runtimes;

/// <summary>
/// Brings what runtimes say and what the kernel says of the same threads into one order. A runtime speaks late, so events wait here until
/// it has said everything up to their time; what it says then stands among them as markers, as if the thread had written them.
/// </summary>
/// <remarks>Also what a web server's connection does for a request is told from here: a span around each call, inside of the request's tags.</remarks>
internal sealed class EventTimeline : IDisposable
{
    // How far a route may stand behind its request's beginning, and a request behind what was received for it.
    private const long Foresight = 1_000_000_000;

    private readonly ITimelineOutput _output;
    private readonly HeldEvents _held = new();
    private readonly PriorityQueue<RuntimeMark, (long Time, long Number)> _marks = new();
    private readonly InsertedEvents _inserted;
    private readonly MarkText _text = new();

    // By thread: the last call that began here, as the number of its event.
    private readonly Dictionary<int, long> _calls = [];
    private readonly HashSet<int> _inSpan = [];
    private long _markNumber;
    private long _released = long.MinValue;

    /// <param name="output">Where to.</param>
    public EventTimeline(ITimelineOutput output)
    {
        _output = output;
        _inserted = new InsertedEvents(output);
    }

    /// <summary>Which connection serves which request.</summary>
    public ConnectionRequests Requests { get; } = new();

    /// <summary>Markers from before this time, by the runtime's clock, are not written, nor are those of spans that began there.</summary>
    public long Start { get; set; } = long.MinValue;

    /// <summary>Markers from after this time are not written.</summary>
    public long End { get; set; } = long.MaxValue;

    /// <summary>Markers whose place in the order had left when they came: they stand behind it.</summary>
    public long LateMarks { get; private set; }

    /// <summary>Spans that were made here and have ended.</summary>
    public long Spans { get; private set; }

    /// <summary>Bytes that the events which wait will have in a file.</summary>
    public long HeldBytes => _held.Bytes;

    /// <summary>When the first event was that waits, by the runtime's clock; null where none does.</summary>
    public long? WaitsFrom => _held.IsEmpty ? null : _held.First.Time;

    /// <summary>When the last event was that was taken in, by the runtime's clock.</summary>
    public long LastTime => _held.LastTime;

    /// <summary>Bytes of memory that what waits takes.</summary>
    public long HeldMemory => _held.Memory;

    /// <summary>Takes a marker in; it goes to its place.</summary>
    public void Add(RuntimeMark mark)
    {
        if (mark.Time < Start || mark.Time > End)
            return;
        if (mark.Time < _released)
            LateMarks++;
        _marks.Enqueue(mark, (mark.Time, _markNumber++));
    }

    /// <summary>Takes an event in, behind those that came before.</summary>
    /// <param name="e">The event.</param>
    /// <param name="options">Its flags.</param>
    /// <param name="time">When, by the runtime's clock.</param>
    /// <param name="use">Of a call that returns: what it moved over a connection, while its thread was in no span; null otherwise.</param>
    /// <param name="mayUse">Of a call that begins: whether its end may come with such a use.</param>
    public void Add(scoped in EventView e, EventBlockOptions options, long time, SocketUse? use, bool mayUse)
    {
        long number = _held.Add(in e, options, time);
        if (mayUse)
        {
            _calls[e.Tid] = number;
        }
        else if (use is not null)
        {
            // Its beginning is not recorded in every mode, and may have left.
            _held.Find(number).Ends = use;
            ref HeldEvents.Held begin = ref _calls.Remove(e.Tid, out long first) ? ref _held.Find(first) : ref Unsafe.NullRef<HeldEvents.Held>();
            if (Unsafe.IsNullRef(ref begin) || begin.Layout.Type != (e.Type & ~1))
                begin = ref _held.Find(number);
            begin.Begins = use;
            if (!use.Receives)
                Requests.Sent(use, begin.Time);
        }
        else if (e.IsExit)
        {
            // The next call may be one whose beginning is not recorded.
            _calls.Remove(e.Tid);
        }
    }

    /// <summary>Takes in that events were lost, which counts as an event.</summary>
    /// <param name="events">How many.</param>
    /// <param name="time">When that was known, by the runtime's clock; not before the last event.</param>
    public void AddLoss(long events, long time)
    {
        if (_inserted.TryFormLoss(events, time, out EventView e))
            Add(in e, EventBlockOptions.None, time, null, mayUse: false);
    }

    /// <summary>From here on another file is written.</summary>
    public void AddBoundary() => _held.AddBoundary();

    /// <summary>Writes what is not to wait any longer.</summary>
    /// <param name="said">Up to when the runtimes have said everything.</param>
    public void Release(long said) => ReleaseUntil(said - Foresight);

    /// <summary>Writes all events, and the markers that belong before the last of them.</summary>
    public void ReleaseEvents() => ReleaseUntil(_held.LastTime);

    /// <summary>Writes everything.</summary>
    public void ReleaseAll() => ReleaseUntil(long.MaxValue);

    public void Dispose() => _inserted.Dispose();

    private void ReleaseUntil(long until)
    {
        while (!_held.IsEmpty && _held.First.Time <= until)
        {
            ref HeldEvents.Held held = ref _held.First;
            WriteMarks(held.Time);
            _released = Math.Max(_released, held.Time);
            if (held.Chunk is null)
            {
                _inserted.BeginFile();
                _output.BeginNextFile();
            }
            else
            {
                Write(ref held);
            }

            _held.RemoveFirst();
        }

        WriteMarks(until);
    }

    private void Write(ref HeldEvents.Held held)
    {
        if (held.Begins is { } begun && !_inSpan.Contains(held.Tid)
            && Requests.Find(begun, held.Time) is { } request && request.Began >= Start && request.Began <= End)
        {
            ReadOnlySpan<byte> text = _text.BeginTransfer(request, begun.Receives);
            if (!text.IsEmpty)
            {
                begun.Request = request;
                _inserted.Write(begun.Pid, held.Tid, held.Time, MarkerKind.Open, text);
            }
        }

        _output.Write(held.View, held.Options);
        if (held.Ends is { Request: { } served } ended)
        {
            _inserted.Write(ended.Pid, held.Tid, held.Time, MarkerKind.Close, _text.EndTransfer(served, ended.Receives));
            Spans++;
        }
    }

    private void WriteMarks(long until)
    {
        while (_marks.TryPeek(out RuntimeMark? mark, out (long Time, long) at) && at.Time <= until)
        {
            _marks.Dequeue();
            _released = Math.Max(_released, mark.Time);
            if (mark.IsInSpan)
                _inSpan.Add(mark.Tid);
            else
                _inSpan.Remove(mark.Tid);
            ReadOnlySpan<byte> text = _text.Of(mark);
            if (text.IsEmpty)
                continue;
            _inserted.Write(mark.Pid, mark.Tid, mark.Time, mark.Kind, text);
            if (mark.Kind == MarkerKind.Close)
                Spans++;
        }
    }
}
