using Tracers.Engine.Events;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Runtimes;

/// <summary>
/// Makes the events that stand for what a runtime said: writes to <c>/dev/null</c>, as a program that marks itself would make them, through
/// descriptors that no process can have.
/// </summary>
internal sealed class InsertedEvents : IDisposable
{
    // Above what the kernel gives out. Switch markers have one of their own: sysdig gives up on a descriptor that one was written to first.
    private const long MarkerFd = 2_000_000_000;
    private const long SwitchFd = MarkerFd + 1;
    private const ushort OpenEnter = 2;
    private const ushort WriteEnter = 8;
    private const ushort DropEnter = 148;
    private const uint WriteOnly = 1;

    private readonly ITimelineOutput _output;

    // Only forms the events.
    private readonly CaptureWriter _former = new(Stream.Null);

    // Processes whose descriptors the file knows.
    private readonly HashSet<int> _known = [];

    public InsertedEvents(ITimelineOutput output)
    {
        _output = output;
        _former.WriteSectionHeader();
    }

    /// <summary>The next one is the first of a file.</summary>
    public void BeginFile() => _known.Clear();

    /// <summary>Writes a marker.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="tid">Its thread.</param>
    /// <param name="time">When, by the runtime's clock.</param>
    /// <param name="kind">What it says.</param>
    /// <param name="text">How it is spelled.</param>
    public void Write(int pid, int tid, long time, MarkerKind kind, ReadOnlySpan<byte> text)
    {
        ulong timestamp = (ulong)(time + _output.ClockOffset);
        if (_known.Add(pid))
        {
            Open(timestamp, tid, MarkerFd);
            Open(timestamp, tid, SwitchFd);
        }

        // Nobody made these calls: readers list and count the marker, and nothing else.
        EventBuilder enter = _former.BeginEvent(timestamp, (ulong)tid, WriteEnter, 2, options: EventBlockOptions.StateOnly);
        enter.AddI64(kind == MarkerKind.Switch ? SwitchFd : MarkerFd);
        enter.AddU32((uint)text.Length);
        enter.End();
        Insert(EventBlockOptions.StateOnly);

        EventBlockOptions options = kind == MarkerKind.Switch ? EventBlockOptions.StateOnly : EventBlockOptions.Marker;
        EventBuilder exit = _former.BeginEvent(timestamp, (ulong)tid, WriteEnter + 1, 2, options: options);
        exit.AddI64(text.Length);
        exit.AddBytes(text);
        exit.End();
        Insert(options);
    }

    /// <summary>Forms the event that says that others were lost. It is not written; valid until the next one is formed.</summary>
    /// <param name="lost">How many.</param>
    /// <param name="time">When, by the runtime's clock.</param>
    /// <param name="e">The event.</param>
    public bool TryFormLoss(long lost, long time, out EventView e)
    {
        EventBuilder drop = _former.BeginEvent((ulong)(time + _output.ClockOffset), 0, DropEnter, 2);
        drop.AddU32(1);
        drop.AddI64(lost);
        drop.End();
        return TryView(EventBlockOptions.None, out e);
    }

    public void Dispose() => _former.Dispose();

    private void Open(ulong timestamp, int tid, long fd)
    {
        EventBuilder enter = _former.BeginEvent(timestamp, (ulong)tid, OpenEnter, 3, options: EventBlockOptions.StateOnly);
        AddName(ref enter);
        enter.End();
        Insert(EventBlockOptions.StateOnly);

        EventBuilder exit = _former.BeginEvent(timestamp, (ulong)tid, OpenEnter + 1, 5, options: EventBlockOptions.StateOnly);
        exit.AddI64(fd);
        AddName(ref exit);
        exit.AddU32(0);
        exit.End();
        Insert(EventBlockOptions.StateOnly);
    }

    // Name, flags and mode.
    private static void AddName(ref EventBuilder e)
    {
        e.AddCharBuf("/dev/null"u8);
        e.AddU32(WriteOnly);
        e.AddU32(0);
    }

    private void Insert(EventBlockOptions options)
    {
        if (TryView(options, out EventView e))
            _output.Insert(in e, options);
    }

    private bool TryView(EventBlockOptions options, out EventView e) =>
        EventView.TryCreate(_former.LastEventBlock, _former.LastEventOffset, (uint)options, EventTable.Traits, out e) is null;
}
