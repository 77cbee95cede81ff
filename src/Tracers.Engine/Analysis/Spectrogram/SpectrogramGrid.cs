using System.Runtime.InteropServices;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Analysis.Spectrogram;

/// <summary>Counts spans or calls by when they ended and how large they were.</summary>
/// <remarks>
/// Rows are csysdig's: its sample ends with the first event after a moment that the interval divides (libs <c>table.cpp</c>, <c>sinsp_table::flush</c>), so that a row is
/// what lies behind such a moment and not behind the next. Only cells with something in them take memory, and the row that is being counted has
/// an array: counting a call is an addition.
/// </remarks>
internal sealed class SpectrogramGrid
{
    private readonly SpectrogramQuery _query;
    private readonly Dictionary<(long Row, int Column), long> _counts = [];
    private readonly Dictionary<(long Row, int Column), List<SpanRecord>> _spans = [];

    // Of the current row: the columns, between what is too small and what is too large.
    private readonly long[] _current;
    private long _row = long.MinValue;
    private long _first = 1;
    private long _last;

    public SpectrogramGrid(SpectrogramQuery query)
    {
        _query = query;
        Scale = query.Metric == SpectrogramMetric.Bytes ? LogScale.OfBytes(query.Columns) : LogScale.OfDurations(query.Columns);
        _current = new long[query.Columns + 2];
    }

    /// <summary>What it shows.</summary>
    public SpectrogramQuery Query => _query;

    /// <summary>The scale of its columns.</summary>
    public LogScale Scale { get; }

    /// <summary>How many have a place, on the scale or beside it.</summary>
    public long Count { get; private set; }

    /// <summary>How many have none: spans that did not end or did not begin, calls whose beginning is not in the capture.</summary>
    public long Unplaced { get; private set; }

    /// <summary>Of a moment the number of its row.</summary>
    public long RowOf(long time)
    {
        (long row, long rest) = Math.DivRem(time, _query.Interval);
        return rest > 0 ? row : row - 1;
    }

    /// <summary>Adds a span; one that is not finished has no place.</summary>
    public void Add(SpanRecord span)
    {
        long value = _query.Metric == SpectrogramMetric.Bytes ? span.Work?.Inclusive.Bytes ?? -1 : span.Duration;
        if (span.State != SpanState.Finished || value < 0)
        {
            Unplaced++;
            return;
        }

        Add(span.End, value);
        if (!_query.KeepSpans)
            return;
        ref List<SpanRecord>? spans = ref CollectionsMarshal.GetValueRefOrAddDefault(_spans, (RowOf(span.End), Scale.ColumnOf(value)), out _);
        (spans ??= []).Add(span);
    }

    /// <summary>Adds a span of a pass, which is not kept; one that is not finished has no place.</summary>
    public void Add(SpanNode span)
    {
        if (span.State == SpanState.Finished)
            Add(span.End, Math.Max(span.End - span.Start, 0));
        else
            Unplaced++;
    }

    /// <summary>Adds something that ended at a moment and was so large.</summary>
    public void Add(long time, long value)
    {
        if (time < _first || time > _last)
            MoveTo(RowOf(time));
        _current[Scale.ColumnOf(value) + 1]++;
        Count++;
    }

    /// <summary>When an interval begins, ns since the epoch, as far as the epoch's nanoseconds reach.</summary>
    /// <param name="number">Its number among the intervals since the epoch.</param>
    public long StartOf(Int128 number) => (long)Int128.Clamp(number * _query.Interval, long.MinValue, long.MaxValue);

    /// <summary>Adds something whose size is not known.</summary>
    public void AddUnplaced() => Unplaced++;

    /// <summary>The rows in which there is something, the earliest first.</summary>
    public IReadOnlyList<SpectrogramRow> Rows()
    {
        Store();
        return
        [
            .. _counts.GroupBy(static c => c.Key.Row).OrderBy(static r => r.Key).Select(row => new SpectrogramRow(
                row.Key,
                StartOf(row.Key),
                StartOf((Int128)row.Key + 1),
                [.. row.OrderBy(static c => c.Key.Column).Select(c => new SpectrogramCell(c.Key.Column, c.Value, _spans.GetValueOrDefault(c.Key) ?? []))])),
        ];
    }

    /// <summary>The same in another number of columns, if the spans were kept; where only numbers are left the columns are as they were.</summary>
    public SpectrogramGrid WithColumns(int columns)
    {
        if (!_query.KeepSpans || columns == _query.Columns)
            return this;
        SpectrogramGrid grid = new(_query with { Columns = columns }) { Unplaced = Unplaced };
        foreach (SpanRecord span in _spans.OrderBy(static s => s.Key).SelectMany(static s => s.Value))
            grid.Add(span);
        return grid;
    }

    private void MoveTo(long row)
    {
        Store();
        _row = row;
        _first = StartOf(row) + 1;
        _last = StartOf((Int128)row + 1);
    }

    private void Store()
    {
        for (int i = 0; i < _current.Length; i++)
        {
            if (_current[i] == 0)
                continue;
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, (_row, i - 1), out _) += _current[i];
            _current[i] = 0;
        }
    }
}
