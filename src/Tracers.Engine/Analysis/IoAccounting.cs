using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.Filters;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Sums I/O by the keys of a query, over one pass or several.</summary>
internal sealed class IoAccounting
{
    private readonly IoQuery _query;
    private readonly RowKeys _keys;
    private readonly uint _kinds;
    private readonly CaptureFilter? _filter;
    private readonly SpanAttribution _spans;
    private readonly IoRowTable _rows = new();
    private readonly TaggedSpans? _tagged;
    private CapturePass _pass = null!;

    public IoAccounting(IoQuery query)
    {
        _query = query;
        _filter = query.Filter;
        _spans = new SpanAttribution(query.Scope);
        _tagged = query.Tag is { } matches ? new TaggedSpans(matches, query.Scope) : null;
        _keys = new RowKeys(query.Keys, query.IncludeUnattributed);
        foreach (FdKind kind in query.FdKinds)
            _kinds |= 1u << (int)kind;
    }

    /// <summary>Whether the query can only be answered with spans.</summary>
    public bool NeedsSpans => _query.NeedsSpans;

    /// <summary>Sums so far, one row for each combination of keys: most bytes first, as sysdig's tables are; by time the earliest first.</summary>
    public IReadOnlyList<IoRow> Rows => [.. Ordered()];

    /// <summary>What was left out because it lay in no span.</summary>
    public ref readonly IoTotals Unattributed => ref _rows.Skipped;

    /// <summary>Whether nothing of the rest of the pass counts.</summary>
    public bool IsOver => _spans.IsOver;

    /// <summary>The rows with most bytes: so many, or of each interval so many where one of the keys is the time.</summary>
    public IEnumerable<IoRow> Top(int most) =>
        IsByTime ? Ordered().GroupBy(static r => r.Keys[0]).SelectMany(g => g.Take(most)) : Ordered().Take(most);

    /// <summary>Begins a pass: its numbers for names and tags mean nothing in the next one.</summary>
    /// <param name="pass">The pass, which has not run yet.</param>
    /// <param name="chosen">Only what lies in these spans counts, and the innermost of them is the key; null for all.</param>
    public void Attach(CapturePass pass, SpanSelection? chosen = null)
    {
        _pass = pass;
        CaptureFilter.Prepare(pass, _keys.Needs | (_filter?.Needs ?? FilterNeeds.None));
        _spans.Attach(pass, chosen, NeedsSpans);
        _tagged?.Attach(pass);
        _keys.BeginPass(pass);
        _rows.BeginPass(pass.State.Fds.Names);
    }

    /// <summary>Adds one call that returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
        FdInfo? fd = outcome.Fd;
        if (_kinds != 0 && (fd is null || (_kinds & (1u << (int)fd.Kind)) == 0))
            return;
        bool reads = (traits & EventTraits.Reads) != 0;
        if (_query.Direction != IoDirection.Both && reads != (_query.Direction == IoDirection.Read))
            return;
        if (_filter is not null && !_filter.Accepts(in e, in outcome, number, _pass))
            return;
        SpanNode? span = _spans.Around(outcome.Thread);
        if (span is null && _spans.IsChosen)
            return;
        if (_tagged is not null && !_tagged.AreAround(outcome.Thread))
            return;

        _rows.Add(_keys.Row(in e, in outcome, number, span), fd, outcome.FdNumber, outcome.Result, outcome.Latency, reads);
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

        _rows.Add(_keys.Row(record, in side, fdName), side.Fd, fdName, side.FdNumber, side.Result, side.Latency, side.Reads);
    }

    private bool IsByTime => _query.Keys is [{ Interval: > 0 }, ..];

    private IOrderedEnumerable<IoRow> Ordered()
    {
        IEnumerable<IoRow> rows = Enumerable.Range(1, _keys.Count - 1).Select(row => new IoRow(_keys.Values(row), _rows[row])).Where(static r => r.Totals.Calls > 0);
        IOrderedEnumerable<IoRow> ordered = IsByTime ? rows.OrderBy(static r => (long)r.Keys[0]!).ThenByDescending(static r => r.Totals.Bytes) : rows.OrderByDescending(static r => r.Totals.Bytes);
        return ordered.ThenByDescending(static r => r.Totals.Calls);
    }
}
