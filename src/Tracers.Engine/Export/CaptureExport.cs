using System.Runtime.CompilerServices;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Export;

/// <summary>
/// Takes a part of a capture over into another one, so that what is in it is told by the same names, times and spans as before. Beside what is
/// selected it keeps, as events that are not shown: the other half of a call, what changes threads and descriptors, and the markers of the spans in
/// which anything was selected. What the recorder lost stays told.
/// </summary>
/// <remarks>Events are copied as they are. Of what stands before the first one selected, only what came of it is written: lists.</remarks>
internal sealed class CaptureExport
{
    // Of what is written to be read by tracers, all stays also where other data do not.
    private const EventBlockOptions PayloadStays = ExportOutput.PayloadStays;

    private const int FirstMetadataEvent = 260;
    private const int SecondMetadataEvent = 270;

    private readonly CapturePass _pass;
    private readonly ExportOutput _output;

    // Null when everything is wanted.
    private readonly EventFilter? _filter;
    private readonly ExportQueue _queue = new();
    private readonly uint[] _kinds = EventKinds.ByType;

    // What waits may grow to about this before it is looked through.
    private int _capacity;
    private int _section;

    // Of the events that are here: the pass may have read the next one's when they are written.
    private SectionMetadata? _metadata;
    private bool _isBegun;
    private MachineLists? _lists;
    private long _selected;
    private long _addressChanges;

    /// <param name="pass">The pass that reads the capture.</param>
    /// <param name="query">Which events.</param>
    /// <param name="output">Where to; several captures can follow one another.</param>
    public CaptureExport(CapturePass pass, EventQuery query, ExportOutput output)
    {
        _pass = pass;
        _output = output;
        _capacity = output.HeldBytes;
        _filter = query.SelectsAll ? null : new EventFilter(pass, query);
        pass.KeepsSections = true;
        pass.State.KeepsRecords = true;
    }

    /// <summary>An event that is no marker, after it was applied.</summary>
    /// <param name="e">The event.</param>
    /// <param name="outcome">What the state knows of it.</param>
    /// <param name="number">Its number in the file.</param>
    [MethodImpl(HotPath.Compile)]
    public void Take(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        if (_pass.Statistics.Sections != _section)
            BeginSection();
        uint kind = _kinds[e.Type];
        if (_filter is null)
        {
            Copy(in e, IsPiece(in e, in outcome, kind) ? PayloadStays : EventBlockOptions.None);
            return;
        }

        bool selected = IsShown(in e, kind) && _filter.Accepts(in e, in outcome, number);
        if (selected)
            _selected++;
        if ((kind & EventKinds.Aside) != 0)
            TakeAside(in e, EventKinds.Rule(kind), selected);
        else if (!e.IsExit)
            TakeEnter(in e, EventKinds.Rule(kind), outcome.Thread, selected);
        else
            TakeExit(in e, in outcome, kind, selected);
        GoOn();
    }

    /// <summary>A write that carries a marker, after the marker was applied.</summary>
    /// <param name="e">The event.</param>
    /// <param name="outcome">What the state knows of it.</param>
    /// <param name="number">Its number in the file.</param>
    /// <param name="marker">What was written.</param>
    /// <param name="span">The span that it began or ended; null for a switch marker.</param>
    public void TakeMarker(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
        MarkerKind kind = marker.Kind;
        if (_pass.Statistics.Sections != _section)
            BeginSection();
        if (_filter is null)
        {
            Copy(in e, kind == MarkerKind.Switch ? PayloadStays : EventBlockOptions.Marker);
            return;
        }

        bool selected = IsShown(in e, _kinds[e.Type])
            && (_filter.AcceptsMarker(in e, in outcome, number, in marker, span)
                || (kind == MarkerKind.Open && span is not null && _filter.AcceptsBeginning(in e, in outcome, number, in marker, span)));
        if (selected)
            _selected++;

        if (kind == MarkerKind.Open && span is not null)
            BeginSpan(in e, in outcome, span, selected);
        else if (kind == MarkerKind.Close && span is not null)
            EndSpan(in e, in outcome, span, selected);
        else
            AddExit(in e, in outcome, selected, PayloadStays);
        GoOn();
    }

    // Behind each event of a selection.
    private void GoOn()
    {
        if (_filter!.Satisfied)
            _pass.StopRequested = true;
        if (_queue.Used > _capacity)
            MakeRoom();
    }

    /// <summary>An event by which the recorder says that it lost others. Readers never show them.</summary>
    public void TakeLoss(scoped in EventView e)
    {
        if (_pass.Statistics.Sections != _section)
            BeginSection();
        if (_filter is null)
            Copy(in e, EventBlockOptions.None);
        else
            _queue.Add(in e, ExportFate.Kept, (EventBlockOptions)(e.Flags & (uint)EventBlockOptions.StateOnly), _selected, isNeeded: true);
    }

    /// <summary>The capture is at its end, or the rest of it is not wanted.</summary>
    public void End()
    {
        if (_isBegun || _queue.HasSelected)
        {
            BeginOutput();
            _queue.WriteLastTo(_output, _selected);
        }

        _queue.Clear();
        _isBegun = false;
        _lists = null;
        _capacity = _output.HeldBytes;
    }

    private static bool IsShown(scoped in EventView e, uint kind) =>
        (e.Flags & (uint)EventBlockOptions.StateOnly) == 0 && (kind & EventKinds.Unnumbered) == 0;

    private void BeginSection()
    {
        End();
        _section = _pass.Statistics.Sections;
        _metadata = _pass.Section;
    }

    private void BeginOutput()
    {
        if (_isBegun)
            return;
        _output.BeginSection(_metadata!, _lists);
        _isBegun = true;
    }

    // Everything is wanted: nothing has to wait.
    private void Copy(scoped in EventView e, EventBlockOptions mark)
    {
        e.CheckParameters();
        BeginOutput();
        _output.Write(in e, mark | (EventBlockOptions)(e.Flags & (uint)EventBlockOptions.StateOnly), isSelected: true, isNeeded: true);
    }

    // A write that is a part of a marker: the reader waits for the rest.
    private static bool IsPiece(scoped in EventView e, scoped in EventOutcome outcome, uint kind) =>
        outcome.Hidden && e.IsExit && (kind & (uint)EventTraits.Io) == (uint)EventTraits.Writes;

    private int Add(scoped in EventView e, ExportFate fate, EventBlockOptions mark = EventBlockOptions.None, object? holder = null, bool isNeeded = false)
    {
        e.CheckParameters();
        EventBlockOptions options = mark;
        if (fate != ExportFate.Selected)
            options |= EventBlockOptions.StateOnly;
        return _queue.Add(in e, fate, options, _selected, holder, isNeeded);
    }

    private void TakeAside(scoped in EventView e, StateRule rule, bool selected)
    {
        if (selected)
            Add(in e, ExportFate.Selected);
        else if (rule != StateRule.None || e.Type is FirstMetadataEvent or SecondMetadataEvent)
            Add(in e, ExportFate.Kept);
    }

    [MethodImpl(HotPath.Compile)]
    private void TakeEnter(scoped in EventView e, StateRule rule, TracedThread thread, bool selected)
    {
        EndCall(thread, keep: false);
        if (selected)
        {
            Add(in e, ExportFate.Selected);
            thread.Held = ExportQueue.Left;
        }
        else if (rule == StateRule.ProcessExit)
        {
            Add(in e, ExportFate.Kept);
        }
        else if (AddressHasChanged())
        {
            Add(in e, ExportFate.Kept);
            thread.Held = ExportQueue.Left;
        }
        else
        {
            thread.Held = Add(in e, ExportFate.Open, holder: thread);
        }
    }

    // A call is kept whole: without its beginning it would have no time and no descriptor, and without its end the next one might get them.
    [MethodImpl(HotPath.Compile)]
    private void TakeExit(scoped in EventView e, scoped in EventOutcome outcome, uint kind, bool selected)
    {
        bool isPiece = IsPiece(in e, in outcome, kind);
        bool changes = AddressHasChanged() || StateChange.IsMadeBy(in e, EventKinds.Rule(kind), in outcome);
        if (selected || changes || isPiece || outcome.Thread.Held < 0)
            AddExit(in e, in outcome, selected, isPiece ? PayloadStays : EventBlockOptions.None);
        else
            EndCall(outcome.Thread, keep: false);
    }

    private void AddExit(scoped in EventView e, scoped in EventOutcome outcome, bool selected, EventBlockOptions mark, bool isNeeded = false)
    {
        EndCall(outcome.Thread, outcome.HasEnter);
        Add(in e, selected ? ExportFate.Selected : ExportFate.Kept, mark, isNeeded: isNeeded);
    }

    // The enter event that a thread holds is written or not.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndCall(TracedThread thread, bool keep)
    {
        int held = thread.Held;
        thread.Held = 0;
        Settle(held, keep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Settle(int held, bool keep)
    {
        if (held <= 0)
            return;
        if (keep)
            _queue.Keep(held);
        else
            _queue.Drop(held);
    }

    private bool AddressHasChanged()
    {
        long changes = _pass.State.AddressChanges;
        if (changes == _addressChanges)
            return false;
        _addressChanges = changes;
        return true;
    }

    private void BeginSpan(scoped in EventView e, scoped in EventOutcome outcome, SpanNode span, bool selected)
    {
        int enter = outcome.Thread.Held;
        if (selected)
        {
            AddExit(in e, in outcome, selected, EventBlockOptions.Marker);
            span.Held = ExportQueue.LeftSelected;
            return;
        }

        if (enter > 0 && outcome.HasEnter)
            _queue.HandOver(enter, span, _selected);
        else
            span.HeldEnter = enter < 0 ? enter : 0;
        if (span.HeldEnter == 0)
            EndCall(outcome.Thread, keep: false);
        outcome.Thread.Held = 0;
        span.Held = Add(in e, ExportFate.Open, EventBlockOptions.Marker, span);
    }

    // A span is kept if anything in it was selected, on whatever thread, or one of its markers was.
    private void EndSpan(scoped in EventView e, scoped in EventOutcome outcome, SpanNode span, bool selected)
    {
        int begun = span.Held;
        bool keep = selected || begun < 0 || span.HeldEnter < 0 || outcome.Thread.Held < 0 || (begun > 0 && _queue.SelectedBefore(begun) < _selected);
        if (keep)
            AddExit(in e, in outcome, selected, EventBlockOptions.Marker, isNeeded: begun == ExportQueue.LeftSelected);
        else
            EndCall(outcome.Thread, keep: false);
        Settle(begun, keep);
        Settle(span.HeldEnter, keep);
    }

    private void MakeRoom()
    {
        // Before anything is selected, lists of what has come of it take the place of what has happened.
        bool isBefore = !_isBegun && !_queue.HasSelected;
        if (isBefore)
            _lists = MachineLists.Of(_pass.State);
        _queue.Compact(_selected, forgetsState: isBefore);
        if (_queue.Live <= _capacity / 2)
            return;
        if (isBefore)
        {
            _capacity = (int)Math.Min(2L * _capacity, Array.MaxLength);
            return;
        }

        BeginOutput();
        _queue.WriteTo(_output, _selected);
        _capacity = (int)Math.Min(Math.Max(_output.HeldBytes, 2L * _queue.Live), Array.MaxLength);
    }
}
