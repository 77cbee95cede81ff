using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Sums I/O by the keys of a query, over one pass or several.</summary>
/// <remarks>
/// A call finds its row by small numbers (of a tag list, a name, a process), never by text: with one key through an array, with
/// several through a chain of pairs. Texts are compared once for each number, when its row is looked up for the first time.
/// </remarks>
internal sealed class IoAccounting
{
    private const int Unresolved = 0;

    private readonly IoQuery _query;
    private readonly IoKey[] _keys;
    private readonly uint _kinds;
    private readonly IoRowTable _rows = new();
    private readonly Dictionary<long, int> _pairs = [];
    private readonly NumberInterner[] _numbers;
    private int[] _rowOfId = new int[256];
    private readonly Dictionary<string, int> _directories = [];

    // By the name's number, twice: the directory of a file and of a directory of this name differ.
    private int[] _directoryOfName = [];
    private bool?[] _tagMatches = new bool?[64];
    private CaptureState _state = null!;
    private SpanTracker _tracker = null!;

    // Nothing of it where only threads count: then a thread says itself what its call lies in.
    private bool _isWide;
    private OpenSpans? _around;
    private OpenSpans? _tagged;
    private SpanSelection? _chosen;

    public IoAccounting(IoQuery query)
    {
        _query = query;
        _keys = [.. query.Keys];
        _numbers = Array.ConvertAll(_keys, static _ => new NumberInterner());
        foreach (FdKind kind in query.FdKinds)
            _kinds |= 1u << (int)kind;
    }

    /// <summary>Whether the query can only be answered with spans.</summary>
    public bool NeedsSpans => _query.NeedsSpans;

    /// <summary>Sums so far, one row for each combination of keys, most bytes first.</summary>
    public IReadOnlyList<IoRow> Rows => _rows.Rows;

    /// <summary>What was left out because it lay in no span.</summary>
    public ref readonly IoTotals Unattributed => ref _rows.Skipped;

    /// <summary>Whether nothing of the rest of the pass counts.</summary>
    public bool IsOver => _chosen is { IsOver: true };

    /// <summary>Begins a pass: its numbers for names and tags mean nothing in the next one.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="tracker">Its spans.</param>
    /// <param name="chosen">Only what lies in these spans counts, and the innermost of them is the key; null for all.</param>
    public void Attach(CaptureState state, SpanTracker tracker, SpanSelection? chosen = null)
    {
        _state = state;
        _tracker = tracker;
        _chosen = chosen;
        chosen?.Attach(state, tracker);
        bool wide = _query.Scope != SpanScope.Thread && NeedsSpans;
        _isWide = wide || chosen is not null;
        _around = wide && chosen is null ? new OpenSpans(state, tracker, _query.Scope) : null;
        _tagged = wide && _query.Tag is not null ? new OpenSpans(state, tracker, _query.Scope, span => MatchesTag(span.Tags)) : null;
        _rows.BeginPass(state.Fds.Names);
        Array.Clear(_rowOfId);
        Array.Clear(_tagMatches);
        Array.Clear(_directoryOfName);
        _pairs.Clear();
    }

    /// <summary>Adds one call that returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits)
    {
        FdInfo? fd = outcome.Fd;
        if (_kinds != 0 && (fd is null || (_kinds & (1u << (int)fd.Kind)) == 0))
            return;
        bool reads = (traits & EventTraits.Reads) != 0;
        if (_query.Direction != IoDirection.Both && reads != (_query.Direction == IoDirection.Read))
            return;
        SpanNode? span = _isWide ? SpanAround(outcome.Thread) : SpanTracker.InnermostOf(outcome.Thread);
        if (span is null && _chosen is not null)
            return;
        if (_query.Tag is not null && !IsInsideTag(outcome.Thread))
            return;

        int row = _keys.Length == 1 ? RowOfOne(e.Type, in outcome, span) : RowOfMany(e.Type, in outcome, span);
        _rows.Add(row, fd, outcome.FdNumber, outcome.Result, outcome.Latency, reads);
    }

    /// <summary>Adds an event that was handed out before, if it is I/O that the query asks for.</summary>
    public void Add(EventRecord record)
    {
        if (record.Sides is { } sides)
        {
            foreach (IoSide side in sides)
                Add(record, side, side.Fd?.NameText ?? "");
        }
        else if (record.IsIo)
        {
            bool reads = (record.Info.Traits & EventTraits.Reads) != 0;
            Add(record, new IoSide(reads, record.Fd, record.FdNumber, record.Result, record.Latency), record.FdName);
        }
    }

    private void Add(EventRecord record, in IoSide side, string fdName)
    {
        if (_kinds != 0 && (side.Fd is null || (_kinds & (1u << (int)side.Fd.Kind)) == 0))
            return;
        if (_query.Direction != IoDirection.Both && side.Reads != (_query.Direction == IoDirection.Read))
            return;
        if (_query.Tag is { } matches && !Array.Exists(record.Spans, s => matches(s.Tags)))
            return;

        int row = IoRowTable.SkippedRow;
        if (record.Span is not null || !SkipsUnattributed)
        {
            object?[] values = new object?[_keys.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = ValueOf(_keys[i], record, side.Fd, fdName);
            row = _rows.RowOf(values);
        }

        _rows.Add(row, side.Fd, fdName, side.FdNumber, side.Result, side.Latency, side.Reads);
    }

    private bool SkipsUnattributed => !_query.IncludeUnattributed && Array.Exists(_keys, IsSpanKey);

    private static bool IsSpanKey(IoKey key) => key is IoKey.SpanTag or IoKey.SpanRoot or IoKey.SpanId;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int RowOfOne(int type, in EventOutcome outcome, SpanNode? span)
    {
        int id = IdOf(0, type, in outcome, span);
        int[] rows = _rowOfId;
        int row = (uint)id < (uint)rows.Length ? rows[id] : Unresolved;
        return row > Unresolved ? row - 1 : ResolveOne(id, type, in outcome, span);
    }

    private int ResolveOne(int id, int type, in EventOutcome outcome, SpanNode? span)
    {
        int row = Resolve(type, in outcome, span);
        if (id >= _rowOfId.Length)
            Array.Resize(ref _rowOfId, Math.Max(id + 1, _rowOfId.Length * 2));
        _rowOfId[id] = row + 1;
        return row;
    }

    private int RowOfMany(int type, in EventOutcome outcome, SpanNode? span)
    {
        // A prefix of keys that occurred has a number; with the next key's it makes the next prefix's.
        int prefix = 0;
        for (int i = 0; i < _keys.Length; i++)
        {
            long pair = ((long)prefix << 32) | (uint)IdOf(i, type, in outcome, span);
            bool last = i == _keys.Length - 1;
            if (!_pairs.TryGetValue(last ? ~pair : pair, out int next))
            {
                next = last ? Resolve(type, in outcome, span) : _pairs.Count + 1;
                _pairs.Add(last ? ~pair : pair, next);
            }

            prefix = next;
        }

        return prefix;
    }

    private int Resolve(int type, in EventOutcome outcome, SpanNode? span)
    {
        if (span is null && SkipsUnattributed)
            return IoRowTable.SkippedRow;
        object?[] values = new object?[_keys.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = ValueOf(_keys[i], type, in outcome, span);
        return _rows.RowOf(values);
    }

    // 0 stands for "none" throughout.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int IdOf(int index, int type, in EventOutcome outcome, SpanNode? span) => _keys[index] switch
    {
        IoKey.SpanTag or IoKey.SpanRoot => span is null ? 0 : span.Tags + 1,
        IoKey.FdName => outcome.Fd is { } named ? named.NameId : FdCatalog.EmptyName,
        IoKey.FdType => outcome.Fd is { } typed ? (int)typed.Kind + 1 : 0,
        IoKey.Process or IoKey.ProcessName => outcome.Thread.Identity.NameId + 1,
        IoKey.Syscall => type,
        _ => NumberOf(index, in outcome, span),
    };

    private int NumberOf(int index, in EventOutcome outcome, SpanNode? span) => _keys[index] switch
    {
        IoKey.SpanId => span is null ? 0 : _numbers[index].Intern(span.Id),
        IoKey.ProcessId => _numbers[index].Intern(outcome.Thread.Pid),
        IoKey.User => outcome.Thread.Identity.Details.Uid is not ThreadDetails.NoId and uint uid ? _state.Users.Number(uid) : 0,
        IoKey.Container => _state.ContainerOf(outcome.Thread.Identity) is { } container ? container.Number + 1 : 0,
        IoKey.Port => FdValues.Port(outcome.Fd) is { } port ? port + 1 : 0,
        IoKey.FdDirectory => DirectoryOf(outcome.Fd),
        _ => _numbers[index].Intern(outcome.Thread.Tid),
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

    private object? ValueOf(IoKey key, int type, in EventOutcome outcome, SpanNode? span) => key switch
    {
        IoKey.SpanTag => span is null ? null : _tracker.Tags[span.Tags].Text,
        IoKey.SpanRoot => span is null ? null : _tracker.Tags[span.Tags].Root,
        IoKey.SpanId => span?.Id,
        IoKey.FdName => _state.Fds.Names.Text(outcome.Fd is { } named ? named.NameId : FdCatalog.EmptyName),
        IoKey.FdType => outcome.Fd?.Kind.Name(),
        IoKey.FdDirectory => outcome.Fd is null ? null : FdValues.Directory(outcome.Fd, _state.Fds.Names.Text(outcome.Fd.NameId)),
        IoKey.Process or IoKey.ProcessName => outcome.Thread.Identity.Name,
        IoKey.ProcessId => outcome.Thread.Pid,
        IoKey.ThreadId => outcome.Thread.Tid,
        IoKey.User => _state.Users.Label(outcome.Thread.Identity.Details.Uid),
        IoKey.Container => _state.ContainerOf(outcome.Thread.Identity)?.Label,
        IoKey.Syscall => EventTable.Infos[type].Name,
        IoKey.Port => FdValues.Port(outcome.Fd),
        _ => throw new InvalidOperationException($"No value for the key {key}."),
    };

    private static object? ValueOf(IoKey key, EventRecord record, FdInfo? fd, string fdName) => key switch
    {
        IoKey.SpanTag => record.Span?.Tags.Text,
        IoKey.SpanRoot => record.Span?.Tags.Root,
        IoKey.SpanId => record.Span?.Id,
        IoKey.FdName => fdName,
        IoKey.FdType => fd?.Kind.Name(),
        IoKey.FdDirectory => FdValues.Directory(fd, fdName),
        IoKey.Process or IoKey.ProcessName => record.Thread.Name,
        IoKey.ProcessId => record.Thread.Pid,
        IoKey.ThreadId => record.Thread.Tid,
        IoKey.User => record.User,
        IoKey.Container => record.Container?.Label,
        IoKey.Syscall => record.Info.Name,
        IoKey.Port => FdValues.Port(fd),
        _ => throw new InvalidOperationException($"No value for the key {key}."),
    };

    private SpanNode? SpanAround(TracedThread thread) => _chosen is null ? _around!.Innermost(thread) : _chosen.Around(thread);

    private bool IsInsideTag(TracedThread thread)
    {
        if (_tagged is not null)
            return _tagged.Innermost(thread) is not null;
        for (SpanNode? span = SpanTracker.InnermostOf(thread); span is not null; span = span.Outer)
        {
            if (MatchesTag(span.Tags))
                return true;
        }

        return false;
    }

    private bool MatchesTag(int tags)
    {
        if (tags >= _tagMatches.Length)
            Array.Resize(ref _tagMatches, Math.Max(tags + 1, _tagMatches.Length * 2));
        return _tagMatches[tags] ??= _query.Tag!(_tracker.Tags[tags]);
    }
}
