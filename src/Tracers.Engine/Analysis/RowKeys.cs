using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.Filters;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Turns events into the numbers of the rows that they belong to, over one pass or several.</summary>
/// <remarks>
/// An event finds its row by small numbers (of a tag list, a name, a process), never by text: with one key through an array, with
/// several through a chain of pairs. Texts are compared once for each number, when its row is looked up for the first time.
/// </remarks>
internal sealed class RowKeys
{
    private const int Unresolved = 0;

    // Stands for a field or the time among the short names.
    private const IoKey Other = (IoKey)(-1);

    private readonly RowKey[] _keys;
    private readonly IoKey[] _known;
    private readonly FieldKey?[] _fields;
    private readonly IntervalKey?[] _intervals;
    private readonly bool _skipsUnattributed;
    private readonly Dictionary<long, int> _pairs = [];
    private readonly NumberInterner[] _numbers;
    private readonly RowIndex _index = new();
    private readonly Dictionary<string, int> _directories = [];
    private int[] _rowOfId = new int[256];

    // By the name's number, twice: the directory of a file and of a directory of this name differ.
    private int[] _directoryOfName = [];
    private CapturePass _pass = null!;
    private CaptureState _state = null!;

    /// <param name="keys">One or several; a row for every combination that occurs.</param>
    /// <param name="includeUnattributed">Whether what lies in no span has rows though a key is of the span.</param>
    public RowKeys(IReadOnlyList<RowKey> keys, bool includeUnattributed)
    {
        _keys = [.. keys];
        _known = Array.ConvertAll(_keys, static k => k.Known ?? Other);
        _fields = Array.ConvertAll(_keys, static k => k.Known is null && k.Reader is { } reader ? new FieldKey(reader) : null);
        _intervals = Array.ConvertAll(_keys, static k => k.Interval > 0 ? new IntervalKey(k.Interval) : null);
        _numbers = Array.ConvertAll(_keys, static _ => new NumberInterner());
        _skipsUnattributed = !includeUnattributed && Array.Exists(_keys, static k => k.IsOfSpan);
    }

    /// <summary>How many rows there are, the one of what is left out included.</summary>
    public int Count => _index.Count;

    /// <summary>What a pass must keep for the fields among the keys.</summary>
    public FilterNeeds Needs => _fields.Aggregate(FilterNeeds.None, static (needs, key) => needs | (key?.Needs ?? FilterNeeds.None));

    /// <summary>The values of a row's keys.</summary>
    public object?[] Values(int row) => _index.Values(row);

    /// <summary>Begins a pass: its numbers for names and tags mean nothing in the next one.</summary>
    public void BeginPass(CapturePass pass)
    {
        _pass = pass;
        _state = pass.State;
        foreach (FieldKey? key in _fields)
            key?.BeginPass();
        foreach (IntervalKey? key in _intervals)
            key?.BeginPass();
        Array.Clear(_rowOfId);
        Array.Clear(_directoryOfName);
        _pairs.Clear();
    }

    /// <summary>The row of an event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="outcome">What the state knows of it, or of the side of it that counts.</param>
    /// <param name="number">Its number in the file.</param>
    /// <param name="span">The span that it lies in; null for none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Row(scoped in EventView e, scoped in EventOutcome outcome, long number, SpanNode? span)
    {
        if (_keys.Length != 1)
            return RowOfMany(in e, in outcome, number, span);
        int id = IdOf(0, in e, in outcome, number, span);
        int[] rows = _rowOfId;
        int row = (uint)id < (uint)rows.Length ? rows[id] : Unresolved;
        return row > Unresolved ? row - 1 : ResolveOne(id, in e, in outcome, number, span);
    }

    /// <summary>The row of the return of a read or write that was handed out; its keys must all be known to records.</summary>
    public int Row(EventRecord record, in IoSide side, string fdName)
    {
        object?[] values = new object?[_keys.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = ValueOf(_known[i], record, in side, fdName);
        return RowOf(values);
    }

    private int ResolveOne(int id, scoped in EventView e, scoped in EventOutcome outcome, long number, SpanNode? span)
    {
        int row = Resolve(in e, in outcome, number, span);
        if (id >= _rowOfId.Length)
            Array.Resize(ref _rowOfId, Math.Max(id + 1, _rowOfId.Length * 2));
        _rowOfId[id] = row + 1;
        return row;
    }

    private int RowOfMany(scoped in EventView e, scoped in EventOutcome outcome, long number, SpanNode? span)
    {
        // A prefix of keys that occurred has a number; with the next key's it makes the next prefix's.
        int prefix = 0;
        for (int i = 0; i < _keys.Length; i++)
        {
            long pair = ((long)prefix << 32) | (uint)IdOf(i, in e, in outcome, number, span);
            bool last = i == _keys.Length - 1;
            if (!_pairs.TryGetValue(last ? ~pair : pair, out int next))
            {
                next = last ? Resolve(in e, in outcome, number, span) : _pairs.Count + 1;
                _pairs.Add(last ? ~pair : pair, next);
            }

            prefix = next;
        }

        return prefix;
    }

    private int Resolve(scoped in EventView e, scoped in EventOutcome outcome, long number, SpanNode? span)
    {
        object?[] values = new object?[_keys.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = ValueOf(i, in e, in outcome, number, span);
        return RowOf(values);
    }

    private int RowOf(object?[] values)
    {
        for (int i = 0; _skipsUnattributed && i < values.Length; i++)
        {
            if (values[i] is null && _keys[i].IsOfSpan)
                return RowIndex.SkippedRow;
        }

        return _index.RowOf(values);
    }

    // 0 stands for "none" throughout.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int IdOf(int index, scoped in EventView e, scoped in EventOutcome outcome, long number, SpanNode? span) => _known[index] switch
    {
        IoKey.SpanTag or IoKey.SpanRoot => span is null ? 0 : span.Tags + 1,
        IoKey.FdName => outcome.OwnFd(in e) is { } named ? named.NameId : FdCatalog.EmptyName,
        IoKey.FdType => outcome.OwnFd(in e) is { } typed ? (int)typed.Kind + 1 : 0,
        IoKey.Process or IoKey.ProcessName => outcome.Thread.Identity.NameId + 1,
        IoKey.Syscall => GenericCall.Is(e.Type) ? EventTable.Infos.Length + GenericCall.Id(in e) : e.Type,
        _ => NumberOf(index, in e, in outcome, number, span),
    };

    private int NumberOf(int index, scoped in EventView e, scoped in EventOutcome outcome, long number, SpanNode? span) => _known[index] switch
    {
        IoKey.SpanId => span is null ? 0 : _numbers[index].Intern(span.Id),
        IoKey.ProcessId => _numbers[index].Intern(outcome.Thread.Pid),
        IoKey.User => outcome.Thread.Identity.Details.Uid is not ThreadDetails.NoId and uint uid ? _state.Users.Number(uid) : 0,
        IoKey.Container => _state.ContainerOf(outcome.Thread.Identity) is { } container ? container.Number + 1 : 0,
        IoKey.Port => FdValues.Port(outcome.OwnFd(in e)) is { } port ? port + 1 : 0,
        IoKey.FdDirectory => DirectoryOf(outcome.OwnFd(in e)),
        IoKey.Category => (int)EventCategories.Of(in e, in outcome) + 1,
        IoKey.ErrorName => CallResults.TryError(in e, in outcome, out long error) ? _numbers[index].Intern(error) : 0,
        IoKey.ThreadId => _numbers[index].Intern(outcome.Thread.Tid),
        _ when _intervals[index] is { } interval => interval.Id(_pass.FirstTimestamp, e.Timestamp),
        _ => _fields[index]!.Id(new EventContext(in e, in outcome, number, _pass)),
    };

    private int DirectoryOf(FdInfo? fd)
    {
        if (fd?.Kind is not (FdKind.File or FdKind.Directory))
            return 0;
        int slot = fd.NameId * 2 + (fd.Kind == FdKind.Directory ? 1 : 0);
        if (slot >= _directoryOfName.Length)
            Array.Resize(ref _directoryOfName, Math.Max(slot + 1, _directoryOfName.Length * 2));
        ref int number = ref _directoryOfName[slot];
        if (number == 0)
        {
            string directory = FdValues.Directory(fd, _state.Fds.Names.Text(fd.NameId))!;
            if (!_directories.TryGetValue(directory, out number))
                _directories.Add(directory, number = _directories.Count + 1);
        }

        return number;
    }

    private object? ValueOf(int index, scoped in EventView e, scoped in EventOutcome outcome, long number, SpanNode? span) => _known[index] switch
    {
        IoKey.SpanTag => span is null ? null : _pass.Tracker.Tags[span.Tags].Text,
        IoKey.SpanRoot => span is null ? null : _pass.Tracker.Tags[span.Tags].Root,
        IoKey.SpanId => span?.Id,
        IoKey.FdName => _state.Fds.Names.Text(outcome.OwnFd(in e) is { } named ? named.NameId : FdCatalog.EmptyName),
        IoKey.FdType => outcome.OwnFd(in e)?.Kind.Name(),
        IoKey.FdDirectory => outcome.OwnFd(in e) is { } placed ? FdValues.Directory(placed, _state.Fds.Names.Text(placed.NameId)) : null,
        IoKey.Process or IoKey.ProcessName => outcome.Thread.Identity.Name,
        IoKey.ProcessId => outcome.Thread.Pid,
        IoKey.ThreadId => outcome.Thread.Tid,
        IoKey.User => _state.Users.Label(outcome.Thread.Identity.Details.Uid),
        IoKey.Container => _state.ContainerOf(outcome.Thread.Identity)?.Label,
        IoKey.Syscall => GenericCall.Is(e.Type) ? GenericCall.Name(GenericCall.Id(in e)) : EventTable.Infos[e.Type].Name,
        IoKey.Port => FdValues.Port(outcome.OwnFd(in e)),
        IoKey.Category => EventCategories.Of(in e, in outcome).Text(),
        IoKey.ErrorName => CallResults.TryError(in e, in outcome, out long error) ? CallResults.NameOf(error) : null,
        _ when _intervals[index] is { } interval => interval.Start(_pass.FirstTimestamp, e.Timestamp),
        _ => _fields[index]!.Value(new EventContext(in e, in outcome, number, _pass)),
    };

    private static object? ValueOf(IoKey key, EventRecord record, in IoSide side, string fdName) => key switch
    {
        IoKey.SpanTag => record.Span?.Tags.Text,
        IoKey.SpanRoot => record.Span?.Tags.Root,
        IoKey.SpanId => record.Span?.Id,
        IoKey.FdName => fdName,
        IoKey.FdType => side.Fd?.Kind.Name(),
        IoKey.FdDirectory => FdValues.Directory(side.Fd, fdName),
        IoKey.Process or IoKey.ProcessName => record.Thread.Name,
        IoKey.ProcessId => record.Thread.Pid,
        IoKey.ThreadId => record.Thread.Tid,
        IoKey.User => record.User,
        IoKey.Container => record.Container?.Label,
        IoKey.Syscall => record.Info.Name,
        IoKey.Port => FdValues.Port(side.Fd),
        IoKey.Category => (EventCategories.TryOfType(record.Layout.Type, out EventCategory category) ? category : EventCategories.Of(side.Fd?.Kind)).Text(),
        IoKey.ErrorName => side.Result < 0 ? CallResults.NameOf(-side.Result) : null,
        _ => throw new InvalidOperationException($"An event that was handed out has no value for the key {key}."),
    };
}
