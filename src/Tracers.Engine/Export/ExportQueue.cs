using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Export;

/// <summary>
/// Events on their way into a file, in their order. What becomes of some is known only later: of a call when it returns, of a span when
/// something in it is selected. They wait here, and nothing that came after them overtakes them.
/// </summary>
internal sealed class ExportQueue
{
    /// <summary>In the slot of a thread or a span: its beginning has left, and will be in the file.</summary>
    public const int Left = -1;

    /// <summary>The same of a span whose beginning was selected.</summary>
    public const int LeftSelected = -2;

    private byte[] _bytes = new byte[64 << 10];
    private ExportEntry[] _entries = new ExportEntry[512];
    private int _used;
    private int _count;
    private int _dropped;

    // The number of the last one that was selected; 0 for none.
    private int _lastSelected;

    /// <summary>Bytes of events that are here.</summary>
    public int Used => _used;

    /// <summary>Those of them that are not dropped.</summary>
    public int Live => _used - _dropped;

    /// <summary>Whether any that was selected is here.</summary>
    public bool HasSelected => _lastSelected != 0;

    /// <summary>Takes an event in.</summary>
    /// <returns>Its number, from 1, for the slot of its holder.</returns>
    [MethodImpl(HotPath.Compile)]
    public int Add(scoped in EventView e, ExportFate fate, EventBlockOptions options, long selectedBefore, object? holder = null, bool isNeeded = false)
    {
        ReadOnlySpan<byte> bytes = e.Bytes;
        if (_bytes.Length - _used < bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(2L * _bytes.Length, (long)_used + bytes.Length)));
        if (_count == _entries.Length)
            Array.Resize(ref _entries, 2 * _count);
        bytes.CopyTo(_bytes.AsSpan(_used));
        _entries[_count] = new ExportEntry
        {
            Start = _used,
            Length = bytes.Length,
            Layout = e.Layout,
            Holder = holder,
            SelectedBefore = selectedBefore,
            Fate = fate,
            Options = options,
            IsNeeded = isNeeded,
        };
        _used += bytes.Length;
        _count++;
        if (fate == ExportFate.Selected)
            _lastSelected = _count;
        return _count;
    }

    /// <summary>How many events had been selected before one whose fate is open.</summary>
    public long SelectedBefore(int number) => _entries[number - 1].SelectedBefore;

    /// <summary>The beginning of a call turns out to be that of a marker: from now on it has the fate of the span.</summary>
    public void HandOver(int number, SpanNode span, long selectedBefore)
    {
        ref ExportEntry entry = ref _entries[number - 1];
        entry.Holder = span;
        entry.SelectedBefore = selectedBefore;
        span.HeldEnter = number;
    }

    /// <summary>Decides that an event is written.</summary>
    public void Keep(int number)
    {
        ref ExportEntry entry = ref _entries[number - 1];
        entry.Fate = ExportFate.Kept;
        entry.Holder = null;
    }

    /// <summary>Decides that an event is not written.</summary>
    [MethodImpl(HotPath.Compile)]
    public void Drop(int number)
    {
        ref ExportEntry entry = ref _entries[number - 1];
        entry.Fate = ExportFate.Dropped;
        entry.Holder = null;
        _dropped += entry.Length;

        // Mostly a call returns before anything else happens, and its place is free at once.
        while (_count > 0 && _entries[_count - 1].Fate == ExportFate.Dropped)
        {
            _count--;
            _used -= _entries[_count].Length;
            _dropped -= _entries[_count].Length;
        }
    }

    /// <summary>Makes room: what is dropped goes, and spans in which something was selected are decided on.</summary>
    /// <param name="selected">How many events were selected so far.</param>
    /// <param name="forgetsState">Whether everything goes that only changes the state.</param>
    public void Compact(long selected, bool forgetsState)
    {
        Span<ExportEntry> entries = _entries.AsSpan(0, _count);
        Restart();
        foreach (ref ExportEntry entry in entries)
        {
            Decide(ref entry, selected);
            if (entry.Fate == ExportFate.Dropped || (forgetsState && IsForgotten(ref entry)))
                continue;
            Return(in entry);
        }

        ClearBehind(entries.Length);
    }

    /// <summary>Writes everything. What is open stays, if nothing that was selected came after it.</summary>
    public void WriteTo(ExportOutput output, long selected)
    {
        Span<ExportEntry> entries = _entries.AsSpan(0, _count);
        int lastSelected = _lastSelected;
        Restart();
        for (int i = 0; i < entries.Length; i++)
        {
            ref ExportEntry entry = ref entries[i];
            if (i == lastSelected)
                output.BeginRest();
            Decide(ref entry, selected);
            if (entry.Fate == ExportFate.Open)
            {
                if (i >= lastSelected)
                {
                    Return(in entry);
                    continue;
                }

                SetSlot(in entry, Left);
                entry.Fate = ExportFate.Kept;
            }

            if (entry.Fate != ExportFate.Dropped)
                output.Write(View(in entry), entry.Options, entry.Fate == ExportFate.Selected, entry.IsNeeded);
        }

        ClearBehind(entries.Length);
    }

    /// <summary>Writes what belongs to the file when no more events come.</summary>
    public void WriteLastTo(ExportOutput output, long selected)
    {
        for (int i = 0; i < _count; i++)
        {
            ref ExportEntry entry = ref _entries[i];
            if (i == _lastSelected)
                output.EndRest();
            Decide(ref entry, selected);

            // Calls that had not returned are nothing to those who read it.
            if (entry.Fate is ExportFate.Dropped or ExportFate.Open || (i >= _lastSelected && !entry.IsNeeded))
                continue;
            output.Write(View(in entry), entry.Options, entry.Fate == ExportFate.Selected, entry.IsNeeded);
        }

        if (_count == _lastSelected)
            output.EndRest();
        Clear();
    }

    /// <summary>Forgets everything; slots are not touched.</summary>
    public void Clear()
    {
        int count = _count;
        Restart();
        ClearBehind(count);
    }

    // The descriptor that a marker was written to may be something else by now: the end of the call says by its flags that it is one, and a
    // beginning would say where it went.
    private static bool IsForgotten(ref ExportEntry entry)
    {
        if (entry is { Fate: ExportFate.Open, Holder: SpanNode span } && (entry.Layout.Type & 1) == 0)
        {
            span.HeldEnter = 0;
            return true;
        }

        // The lists have no place for what containers are called.
        return entry is { Fate: ExportFate.Kept, IsNeeded: false }
            && EventKinds.Rule(EventKinds.ByType[entry.Layout.Type]) is not (StateRule.Container or StateRule.Account);
    }

    private EventView View(in ExportEntry entry) => new(_bytes.AsSpan(entry.Start, entry.Length), entry.Layout);

    // Whether something was selected while a span was open shows in the counts alone.
    private static void Decide(ref ExportEntry entry, long selected)
    {
        if (entry.Fate != ExportFate.Open || entry.Holder is not SpanNode || entry.SelectedBefore == selected)
            return;
        SetSlot(in entry, Left);
        entry.Fate = ExportFate.Kept;
        entry.Holder = null;
    }

    private static void SetSlot(in ExportEntry entry, int value)
    {
        if (entry.Holder is TracedThread thread)
            thread.Held = value;
        else if (entry.Holder is SpanNode span && (entry.Layout.Type & 1) != 0)
            span.Held = value;
        else if (entry.Holder is SpanNode caller)
            caller.HeldEnter = value;
    }

    private void Restart() => (_used, _count, _dropped, _lastSelected) = (0, 0, 0, 0);

    // Puts an entry back behind those that stay; it is never moved past one that has not been looked at.
    private void Return(in ExportEntry entry)
    {
        _bytes.AsSpan(entry.Start, entry.Length).CopyTo(_bytes.AsSpan(_used));
        ref ExportEntry returned = ref _entries[_count];
        returned = entry;
        returned.Start = _used;
        _used += entry.Length;
        _count++;
        if (returned.Fate == ExportFate.Selected)
            _lastSelected = _count;
        SetSlot(in returned, _count);
    }

    // No thread nor span is kept alive by an entry that is gone.
    private void ClearBehind(int count) => _entries.AsSpan(_count, Math.Max(count - _count, 0)).Clear();
}
