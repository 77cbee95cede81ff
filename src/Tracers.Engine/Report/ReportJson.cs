using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tracers.Engine.Analysis;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Report;

/// <summary>Writes the data of a report as the page reads it: src/Tracers.Page/README.md tells the form.</summary>
internal sealed class ReportJson : IDisposable
{
    private const int Version = 1;
    private const int PieceLength = 64 * 1024;

    private static readonly string s_generator = $"Tracers {typeof(ReportJson).Assembly.GetName().Version?.ToString(3)}";

    // In the page's order.
    private static readonly WorkField[] s_parts = [WorkField.FileTime, WorkField.NetworkTime, WorkField.PipeTime, WorkField.WaitTime, WorkField.OtherTime];

    private readonly ReportData _data;
    private readonly Utf8JsonWriter _json;
    private readonly CancellationToken _cancellation;
    private readonly ReportStrings _strings = new();
    private readonly long _start;

    private ReportJson(ReportData data, Stream output, CancellationToken cancellation)
    {
        _data = data;
        _cancellation = cancellation;
        _start = data.Statistics.FirstTimestamp;

        // It never stands in a page as it is.
        _json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Writes it.</summary>
    /// <param name="data">The report.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellation">Ends it.</param>
    public static void Write(ReportData data, Stream output, CancellationToken cancellation)
    {
        using ReportJson json = new(data, output, cancellation);
        json.Write();
    }

    public void Dispose() => _json.Dispose();

    private void Write()
    {
        _json.WriteStartObject();
        _json.WriteNumber("version"u8, Version);
        _json.WriteString("generator"u8, s_generator);
        WriteCapture();
        WriteLimits();
        WriteSpans();
        WriteCalls();
        WriteIo();
        WriteTags();
        WriteTimeline();
        WriteStrings();
        _json.WriteEndObject();
        _json.Flush();
    }

    private void WriteCapture()
    {
        CaptureStatistics statistics = _data.Statistics;
        _json.WriteStartObject("capture"u8);
        WriteText("name", _data.Name);
        WriteText("host", statistics.Machine?.HostName.ToString());
        _json.WriteString("start"u8, statistics.FirstTimestamp.ToString(CultureInfo.InvariantCulture));
        _json.WriteNumber("duration"u8, statistics.LastTimestamp - statistics.FirstTimestamp);
        _json.WriteNumber("events"u8, statistics.Events);
        WriteNumber("lostEvents", statistics.LostEvents);
        _json.WriteNumber("dropIntervals"u8, statistics.DropIntervals);
        _json.WriteBoolean("complete"u8, _data.Problem is null);
        WriteText("problem", _data.Problem);
        WriteText("filter", _data.Query.Filter?.Text);
        WriteText("tag", _data.Query.TagText);
        _json.WriteNumber("processes"u8, statistics.Processes);
        _json.WriteNumber("threads"u8, statistics.Threads);
        _json.WriteNumber("spans"u8, _data.Choice.Total);
        _json.WriteNumber("unfinished"u8, _data.Tags.Sum(static r => r.Totals.Unfinished));
        _json.WriteNumber("orphans"u8, _data.Tags.Sum(static r => r.Totals.Orphans));
        _json.WriteNumber("calls"u8, _data.Timeline.Calls.Sum());
        _json.WriteNumber("badMarkers"u8, statistics.BadMarkers);
        _json.WriteEndObject();
    }

    private void WriteLimits()
    {
        _json.WriteStartObject("limits"u8);
        _json.WriteStartObject("spans"u8);
        _json.WriteNumber("shown"u8, _data.Spans.Length);
        _json.WriteNumber("total"u8, _data.Choice.Total);
        _json.WriteNumber("longest"u8, _data.Choice.Longest);
        _json.WriteNumber("traces"u8, _data.Choice.OfTraces);
        _json.WriteNumber("sampled"u8, _data.Choice.Sampled);
        _json.WriteNumber("allAbove"u8, _data.Choice.AllAbove);
        _json.WriteEndObject();
        _json.WriteStartObject("calls"u8);
        _json.WriteNumber("shown"u8, _data.Calls.Length);
        _json.WriteNumber("total"u8, _data.CallChoice.Total);
        _json.WriteNumber("traces"u8, _data.CallChoice.Traces);
        _json.WriteNumber("tracesTotal"u8, _data.CallChoice.TracesTotal);
        _json.WriteNumber("perTrace"u8, _data.CallChoice.PerTrace);
        _json.WriteEndObject();
        WriteLimit("io", _data.Io.Count, ReportLimits.IoRows);
        WriteLimit("tags", _data.Tags.Count, ReportLimits.TagRows);
        _json.WriteEndObject();
    }

    private void WriteLimit(string table, int total, int most)
    {
        _json.WriteStartObject(table);
        _json.WriteNumber("shown"u8, Math.Min(total, most));
        _json.WriteNumber("total"u8, total);
        _json.WriteNumber("rest"u8, total > most ? most : -1);
        _json.WriteEndObject();
    }

    private void WriteSpans()
    {
        ReportSpan[] spans = _data.Spans;
        _json.WriteStartObject("spans"u8);
        Column("start", s => s.State == SpanState.Orphan ? -1 : s.Identity.Start - _start);
        Column("duration", static s => s.Duration);
        Column("self", static s => s.SelfTime);
        Column("tag", s => _strings.NumberOf(s.Identity.Tags));
        Column("id", s => _strings.NumberOf(s.Identity.Id.ToString(CultureInfo.InvariantCulture)));
        Column("parent", static s => s.Parent);
        Column("depth", static s => s.Depth);
        Column("thread", static s => s.ThreadId);
        Column("process", static s => s.ProcessId);
        Column("name", s => _strings.NumberOf(s.ProcessName));
        Column("state", static s => (int)s.State);
        Column("args", s => _strings.NumberOf(s.Arguments));
        Column("endArgs", s => _strings.NumberOf(s.EndArguments));
        All("calls", static w => w.Calls);
        All("errors", static w => w.Errors);
        All("read", static w => w.ReadBytes);
        All("written", static w => w.WriteBytes);
        All("file", static w => w.FileTime);
        All("network", static w => w.NetworkTime);
        All("pipe", static w => w.PipeTime);
        All("wait", static w => w.WaitTime);
        All("other", static w => w.OtherTime);
        All("rest", static w => w.RestTime);
        Own("ownBytes", static w => w.Bytes);
        Own("ownFile", static w => w.FileTime);
        Own("ownNetwork", static w => w.NetworkTime);
        Own("ownPipe", static w => w.PipeTime);
        Own("ownWait", static w => w.WaitTime);
        Own("ownOther", static w => w.OtherTime);
        Own("ownRest", static w => w.RestTime);
        _json.WriteEndObject();

        void Column(string name, Func<ReportSpan, long> value) => WriteColumn(name, spans, value);
        void All(string name, Func<WorkTotals, long> value) => WriteColumn(name, spans, s => s.Work is { } work ? value(work.Inclusive) : -1);
        void Own(string name, Func<WorkTotals, long> value) => WriteColumn(name, spans, s => s.Work is { } work ? value(work.Own) : -1);
    }

    private void WriteCalls()
    {
        ReportCall[] calls = _data.Calls;
        _json.WriteStartObject("calls"u8);
        WriteColumn("span", calls, static c => c.Span);
        WriteColumn("start", calls, c => c.Start - _start);
        WriteColumn("latency", calls, static c => c.Latency);
        WriteColumn("name", calls, c => _strings.NumberOf(c.Name));
        WriteColumn("fd", calls, c => _strings.NumberOf(c.Fd?.NameText));
        WriteColumn("type", calls, c => _strings.NumberOf(c.Fd?.Kind.Name()));
        WriteColumn("part", calls, static c => Array.IndexOf(s_parts, c.Part));
        WriteColumn("reads", calls, static c => c.Reads ? 1 : 0);
        WriteColumn("bytes", calls, static c => c.Bytes);
        WriteColumn("error", calls, c => c.Error == 0 ? 0 : _strings.NumberOf(CallResults.NameOf(c.Error)));
        WriteColumn("thread", calls, static c => c.ThreadId);
        _json.WriteEndObject();
    }

    private void WriteIo()
    {
        List<IoRow> rows = [.. _data.Io.Take(ReportLimits.IoRows)];
        if (_data.Io.Count > rows.Count)
        {
            IoTotals rest = default;
            foreach (IoRow row in _data.Io.Skip(rows.Count))
                rest.Add(row.Totals);
            rows.Add(new IoRow([null, RestOf(_data.Io.Count - rows.Count), null], rest));
        }

        _json.WriteStartObject("io"u8);
        WriteColumn("tag", rows, r => _strings.NumberOf((string?)r.Keys[0]));
        WriteColumn("name", rows, r => _strings.NumberOf((string?)r.Keys[1]));
        WriteColumn("type", rows, r => _strings.NumberOf((string?)r.Keys[2]));
        WriteColumn("calls", rows, static r => r.Totals.Calls);
        WriteColumn("read", rows, static r => r.Totals.ReadBytes);
        WriteColumn("written", rows, static r => r.Totals.WriteBytes);
        WriteColumn("time", rows, static r => r.Totals.Time);
        WriteColumn("errors", rows, static r => r.Totals.Errors);
        _json.WriteEndObject();
    }

    private void WriteTags()
    {
        List<SpanRow> rows = [.. _data.Tags.Take(ReportLimits.TagRows)];
        if (_data.Tags.Count > rows.Count)
        {
            SpanTotals rest = new();
            foreach (SpanRow row in _data.Tags.Skip(rows.Count))
                rest.Add(row.Totals);
            rows.Add(new SpanRow([RestOf(_data.Tags.Count - rows.Count)], rest));
        }

        _json.WriteStartObject("tags"u8);
        WriteColumn("tag", rows, r => _strings.NumberOf((string?)r.Keys[0]));
        WriteColumn("count", rows, static r => r.Totals.Ended);
        WriteColumn("open", rows, static r => r.Totals.Unfinished);
        WriteColumn("orphans", rows, static r => r.Totals.Orphans);
        Time("total", static t => t.Durations.Total);
        Time("self", static t => t.SelfTime);
        Time("average", static t => t.Durations.Total / t.Durations.Count);
        Time("p50", static t => t.Durations.Percentile(500));
        Time("p99", static t => t.Durations.Percentile(990));
        Time("maximum", static t => t.Durations.Maximum);
        Work("bytes", static w => w.Inclusive.Bytes);
        Work("errors", static w => w.Inclusive.Errors);
        Work("file", static w => w.Own.FileTime);
        Work("network", static w => w.Own.NetworkTime);
        Work("pipe", static w => w.Own.PipeTime);
        Work("wait", static w => w.Own.WaitTime);
        Work("other", static w => w.Own.OtherTime);
        Work("rest", static w => w.Own.RestTime);
        _json.WriteEndObject();

        void Time(string name, Func<SpanTotals, long> value) => WriteColumn(name, rows, r => r.Totals.Durations.Count > 0 ? value(r.Totals) : -1);
        void Work(string name, Func<SpanWork, long> value) => WriteColumn(name, rows, r => r.Totals.Work is { } work ? value(work) : -1);
    }

    private void WriteTimeline()
    {
        ReportTimeline timeline = _data.Timeline;
        _json.WriteStartObject("timeline"u8);
        _json.WriteNumber("interval"u8, timeline.Interval);
        WriteColumn("spans", timeline.Spans, static n => n);
        WriteColumn("slow", timeline.Slowest, static n => n);
        WriteColumn("read", timeline.ReadBytes, static n => n);
        WriteColumn("written", timeline.WriteBytes, static n => n);
        WriteColumn("calls", timeline.Calls, static n => n);
        WriteColumn("errors", timeline.Errors, static n => n);
        _json.WriteEndObject();
    }

    // Behind the tables, which number them.
    private void WriteStrings()
    {
        _json.WriteStartArray("strings"u8);
        foreach (string text in _strings.Texts)
        {
            _json.WriteStringValue(text);
            FlushPiece();
        }

        _json.WriteEndArray();
    }

    private void WriteColumn<T>(string name, IReadOnlyList<T> rows, Func<T, long> value)
    {
        _cancellation.ThrowIfCancellationRequested();
        _json.WriteStartArray(name);
        for (int i = 0; i < rows.Count; i++)
        {
            _json.WriteNumberValue(value(rows[i]));
            FlushPiece();
        }

        _json.WriteEndArray();
    }

    private void WriteText(string name, string? text)
    {
        if (text is null)
            _json.WriteNull(name);
        else
            _json.WriteString(name, ReportText.Cut(text));
    }

    private void WriteNumber(string name, long? number)
    {
        if (number is { } known)
            _json.WriteNumber(name, known);
        else
            _json.WriteNull(name);
    }

    private void FlushPiece()
    {
        if (_json.BytesPending >= PieceLength)
            _json.Flush();
    }

    private static string RestOf(int rows) => string.Create(CultureInfo.InvariantCulture, $"({rows:N0} other rows)");
}
