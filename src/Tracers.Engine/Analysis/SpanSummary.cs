using System.Runtime.InteropServices;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Sums spans by the keys of a query, over one pass or several, and of spans that were handed out before.</summary>
/// <remarks>As in <see cref="IoAccounting"/> a span finds its row by small numbers; texts are compared when a combination of them comes for the first time.</remarks>
internal sealed class SpanSummary
{
    private const int NoValue = -1;

    private readonly SpanSummaryQuery _query;
    private readonly SpanKey[] _keys;
    private readonly Dictionary<object?[], SpanTotals> _rows = new(KeyValuesComparer.Instance);

    // A prefix of keys that occurred has a number; with the next key's it makes the next prefix's, with the last key's the row.
    private readonly Dictionary<long, int>[] _prefixes;
    private readonly Dictionary<long, SpanTotals> _rowOf = [];
    private readonly NumberInterner _ids = new();
    private ByteInterner _arguments = new();
    private LevelTags[] _levels = new LevelTags[64];
    private TagTable _tags = null!;

    public SpanSummary(SpanSummaryQuery query)
    {
        _query = query;
        _keys = [.. query.Keys];
        _prefixes = Array.ConvertAll(_keys[1..], static _ => new Dictionary<long, int>());
    }

    /// <summary>Whether it also sums what was done in the spans.</summary>
    public bool WithWork => _query.Spans.WithWork;

    /// <summary>Which spans it sums.</summary>
    public SpanQuery Spans => _query.Spans;

    /// <summary>Sums so far, most time first.</summary>
    public IReadOnlyList<SpanRow> Rows =>
    [
        .. _rows.Select(static r => new SpanRow(r.Key, r.Value))
            .OrderByDescending(static r => r.Totals.Durations.Total).ThenByDescending(static r => r.Totals.Ended),
    ];

    /// <summary>Begins a pass: its numbers for names and tags mean nothing in the next one.</summary>
    public void Attach(TagTable tags)
    {
        _tags = tags;
        _arguments = new ByteInterner();
        Array.Clear(_levels);
        _rowOf.Clear();
        foreach (Dictionary<long, int> prefixes in _prefixes)
            prefixes.Clear();
    }

    /// <summary>Adds a span of the pass.</summary>
    public void Add(SpanNode span)
    {
        if (!_query.Spans.Wants(span, _tags))
            return;
        LevelTags level = LevelOf(span.Tags);
        if (level.Relation == TagRelation.Fewer)
            return;

        SpanTotals row = RowOf(span, level.Tags);
        bool isEnded = span.End != 0;
        if (level.Relation == TagRelation.More)
            AddBelow(row, isEnded);
        else if (span.Start < 0)
            AddOrphan(row);
        else if (isEnded)
            AddFinished(row, Math.Max(span.End - span.Start, 0), span.Family!.Covered, span.Family.Hits);
        else
            AddUnfinished(row, span.Family!.Hits);
    }

    /// <summary>Adds a span that was handed out before.</summary>
    public void Add(SpanRecord span)
    {
        if (!_query.Spans.Wants(span))
            return;
        TagRelation relation = RelationOf(span.Tags);
        if (relation == TagRelation.Fewer)
            return;

        TagList tags = relation == TagRelation.More ? FirstOf(span.Tags) : span.Tags;
        object?[] values = new object?[_keys.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = ValueOf(_keys[i], span, tags);
        SpanTotals row = RowOf(values);
        if (relation == TagRelation.More)
            AddBelow(row, span.State != SpanState.Unfinished);
        else if (span.State == SpanState.Orphan)
            AddOrphan(row);
        else if (span.State == SpanState.Finished)
        {
            AddFinished(row, span.Duration, span.Duration - span.SelfTime, span.ChildHits);
            row.AddWork(span.Work);
        }
        else
            AddUnfinished(row, span.ChildHits);
    }

    private void AddFinished(SpanTotals row, long duration, long covered, long childHits)
    {
        row.Ended++;
        row.Durations.Add(duration);
        long self = unchecked(row.SelfTime + Math.Max(duration - covered, 0));
        row.SelfTime = self < 0 ? long.MaxValue : self;
        AddChildHits(row, childHits);
    }

    private static void AddOrphan(SpanTotals row)
    {
        row.Ended++;
        row.Orphans++;
    }

    private void AddUnfinished(SpanTotals row, long childHits)
    {
        row.Unfinished++;
        AddChildHits(row, childHits);
    }

    private static void AddBelow(SpanTotals row, bool isEnded) => row.ChildHits += isEnded ? 1 : 0;

    // At a depth the child hits are the spans with more tags, which come one by one.
    private void AddChildHits(SpanTotals row, long childHits) => row.ChildHits += _query.Depth is null ? childHits : 0;

    private SpanTotals RowOf(SpanNode span, int tags)
    {
        int prefix = 0;
        for (int i = 0; i < _prefixes.Length; i++)
        {
            ref int next = ref CollectionsMarshal.GetValueRefOrAddDefault(_prefixes[i], Pair(prefix, IdOf(_keys[i], span, tags)), out bool isKnown);
            if (!isKnown)
                next = _prefixes[i].Count;
            prefix = next;
        }

        long last = Pair(prefix, IdOf(_keys[^1], span, tags));
        return _rowOf.TryGetValue(last, out SpanTotals? row) ? row : _rowOf[last] = FindRow(span, tags);
    }

    private SpanTotals FindRow(SpanNode span, int tags)
    {
        object?[] values = new object?[_keys.Length];
        SpanRecord record = new(span, _tags);
        for (int i = 0; i < values.Length; i++)
            values[i] = ValueOf(_keys[i], record, _tags[tags]);
        return RowOf(values);
    }

    private SpanTotals RowOf(object?[] values)
    {
        if (!_rows.TryGetValue(values, out SpanTotals? row))
            _rows.Add(values, row = new SpanTotals());
        return row;
    }

    private static long Pair(int prefix, int id) => ((long)prefix << 32) | (uint)id;

    private int IdOf(SpanKey key, SpanNode span, int tags) => key.Kind switch
    {
        SpanKeyKind.Tag or SpanKeyKind.Root or SpanKeyKind.TagAt => tags,
        SpanKeyKind.Id => _ids.Intern(span.Id),
        SpanKeyKind.Process => span.Opener.NameId,
        SpanKeyKind.ProcessId => span.Opener.Pid,
        SpanKeyKind.ThreadId => span.Opener.Tid,
        SpanKeyKind.State => span.Start < 0 ? NoValue : span.End == 0 ? 0 : 1,
        SpanKeyKind.Depth => span.Start < 0 ? NoValue : span.Depth,
        _ => TryGetArgument(key, span.Arguments.Span, span.EndArguments.Span, out ReadOnlySpan<byte> value) ? _arguments.Intern(value) : NoValue,
    };

    private static object? ValueOf(SpanKey key, SpanRecord span, TagList tags) => key.Kind switch
    {
        SpanKeyKind.Tag => tags.Text,
        SpanKeyKind.Root => tags.Root,
        SpanKeyKind.TagAt => key.TagOf(tags),
        SpanKeyKind.Id => span.Id,
        SpanKeyKind.Process => span.Opener.Name,
        SpanKeyKind.ProcessId => span.Opener.Pid,
        SpanKeyKind.ThreadId => span.Opener.Tid,
        SpanKeyKind.State => span.State,
        SpanKeyKind.Depth => span.State == SpanState.Orphan ? null : span.Depth,
        _ => TryGetArgument(key, span.Arguments, span.EndArguments, out ReadOnlySpan<byte> value) ? MarkerText.Unescape(value) : null,
    };

    private static bool TryGetArgument(SpanKey key, ReadOnlySpan<byte> begin, ReadOnlySpan<byte> end, out ReadOnlySpan<byte> value) =>
        MarkerText.TryGetArgument(begin, key.ArgumentBytes, out value) || MarkerText.TryGetArgument(end, key.ArgumentBytes, out value);

    private LevelTags LevelOf(int tags)
    {
        if (_query.Depth is not { } depth)
            return new LevelTags(TagRelation.Same, tags);
        if (tags >= _levels.Length)
            Array.Resize(ref _levels, Math.Max(tags + 1, _levels.Length * 2));
        ref LevelTags level = ref _levels[tags];
        if (level.Relation != TagRelation.Unknown)
            return level;

        int first = tags;
        TagRelation relation = RelationOf(_tags[tags]);
        for (int count = _tags[tags].Tags.Length; count > depth + 1; count--)
            first = _tags.OuterOf(first);
        return _levels[tags] = new LevelTags(relation, first);
    }

    private TagRelation RelationOf(TagList tags) =>
        _query.Depth is not { } depth || tags.Tags.Length == depth + 1 ? TagRelation.Same
        : tags.Tags.Length <= depth ? TagRelation.Fewer
        : TagRelation.More;

    private TagList FirstOf(TagList tags)
    {
        string[] first = tags.Tags[..(_query.Depth!.Value + 1)];
        return new TagList(first, string.Join('.', first));
    }

    private enum TagRelation : byte
    {
        Unknown,
        Same,
        Fewer,
        More,
    }

    private readonly record struct LevelTags(TagRelation Relation, int Tags);
}
