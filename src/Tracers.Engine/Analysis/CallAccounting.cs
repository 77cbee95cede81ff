using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.Filters;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Counts system calls by the keys of a query, over one pass or several.</summary>
internal sealed class CallAccounting
{
    // What no thread calls: what the machine or the recorder does beside it, and the end of a thread.
    private static readonly bool[] s_isCall =
    [
        .. EventTable.Infos.Select(static i => (EventKinds.ByType[i.Number] & EventKinds.Aside) == 0 && !EventFilter.IsHidden(i) && i.Name is not ("procexit" or "signaldeliver" or "tracer" or "notification")),
    ];

    private readonly CallQuery _query;
    private readonly RowKeys _keys;
    private readonly CaptureFilter? _filter;
    private readonly bool _usesSpans;
    private readonly SpanAttribution _spans;
    private readonly TaggedSpans? _tagged;
    private CallTotals[] _totals = new CallTotals[64];
    private CapturePass _pass = null!;

    public CallAccounting(CallQuery query)
    {
        _query = query;
        _filter = query.Filter;
        _spans = new SpanAttribution(query.Scope);
        _tagged = query.Tag is { } matches ? new TaggedSpans(matches, query.Scope) : null;
        _keys = new RowKeys(query.Keys, query.IncludeUnattributed);
        _usesSpans = query.Keys.Any(static k => k.IsOfSpan);
    }

    /// <summary>Sums so far, one row for each combination of keys, in the order of the query; by time the earliest first.</summary>
    public IReadOnlyList<CallRow> Rows => [.. Ordered()];

    /// <summary>What was left out because it lay in no span.</summary>
    public CallTotals Unattributed => _totals[RowIndex.SkippedRow];

    /// <summary>The first rows: so many, or of each interval so many where one of the keys is the time.</summary>
    public IEnumerable<CallRow> Top(int most) =>
        IsByTime ? Ordered().GroupBy(static r => r.Keys[0]).SelectMany(g => g.Take(most)) : Ordered().Take(most);

    /// <summary>Whether events of a type are of calls, which threads make.</summary>
    public static bool IsCall(int type) => s_isCall[type];

    /// <summary>Whether nothing of the rest of the pass counts.</summary>
    public bool IsOver => _spans.IsOver;

    /// <summary>Begins a pass.</summary>
    /// <param name="pass">The pass, which has not run yet.</param>
    /// <param name="chosen">Only what lies in these spans counts, and the innermost of them is the key; null for all.</param>
    public void Attach(CapturePass pass, SpanSelection? chosen = null)
    {
        _pass = pass;
        pass.TracksSpans = _usesSpans || _tagged is not null || chosen is not null;
        CaptureFilter.Prepare(pass, _keys.Needs | (_filter?.Needs ?? FilterNeeds.None));
        _spans.Attach(pass, chosen, _usesSpans);
        _tagged?.Attach(pass);
        _keys.BeginPass(pass);
    }

    /// <summary>Adds an event, if it is of a call that the query asks for.</summary>
    [MethodImpl(HotPath.Compile)]
    public void Add(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        if (!s_isCall[e.Type] || outcome.Hidden)
            return;
        if (_filter is not null && !_filter.Accepts(in e, in outcome, number, _pass))
            return;
        SpanNode? span = _usesSpans || _spans.IsChosen ? _spans.Around(outcome.Thread) : null;
        if (span is null && _spans.IsChosen)
            return;
        if (_tagged is not null && !_tagged.AreAround(outcome.Thread))
            return;
        int row = _keys.Row(in e, in outcome, number, span);
        if (row >= _totals.Length)
            Array.Resize(ref _totals, Math.Max(row + 1, _totals.Length * 2));
        ref CallTotals totals = ref _totals[row];
        totals.Events++;
        if (!e.IsExit)
            return;
        totals.Calls++;
        if (CallResults.Failed(in e, in outcome))
            totals.Failed++;
        if (outcome.Latency >= 0)
        {
            totals.Timed++;
            totals.Time += outcome.Latency;
            totals.Maximum = Math.Max(totals.Maximum, outcome.Latency);
        }
    }

    private bool IsByTime => _query.Keys is [{ Interval: > 0 }, ..];

    private IOrderedEnumerable<CallRow> Ordered()
    {
        IEnumerable<CallRow> rows = Enumerable.Range(1, _keys.Count - 1).Select(row => new CallRow(_keys.Values(row), _totals[row]));
        IOrderedEnumerable<CallRow> ordered = IsByTime ? rows.OrderBy(static r => (long)r.Keys[0]!) : rows.OrderBy(static _ => 0);
        return ordered.ThenByDescending(Measure).ThenByDescending(static r => r.Totals.Calls).ThenByDescending(static r => r.Totals.Events);
    }

    private long Measure(CallRow row) => _query.Order switch
    {
        CallOrder.Calls => row.Totals.Calls,
        CallOrder.Failed => row.Totals.Failed,
        CallOrder.Average => row.Totals.Average ?? -1,
        CallOrder.Maximum => row.Totals.Maximum,
        _ => row.Totals.Time,
    };
}
