using System.Globalization;
using System.Management.Automation;
using Tracers.Engine.Spans;
using Tracers.Tests.Pages;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>Every number on a page is the one that a command gives.</summary>
public sealed class ReportNumbersTests(ModuleHost host) : CommandTests(host)
{
    // In the order of the parts of calls.
    private static readonly string[] s_ownTimes = ["ownFile", "ownNetwork", "ownPipe", "ownWait"];

    private static readonly string[] s_told = ["name", "host", "start", "duration", "events", "lostEvents", "dropIntervals", "complete", "problem", "filter", "tag", "threads", "badMarkers"];

    // A capture, and what is selected of it.
    public static TheoryData<string, string> Selections => new()
    {
        { "$sample", "" },
        { "$demo", "" },
        { "$service", "" },
        { "$service", "-Tag *fib*" },
        { "$sample", "-Tag request" },
        { "$service", "-Filter 'thread.tid > 0 and evt.num < 5000'" },
        { "$demo", "-Filter 'fd.num > 20 or evt.type = tracer'" },
        { "$demo", "-Tag *download* -Filter 'evt.num > 20000'" },
    };

    [Theory]
    [MemberData(nameof(Selections))]
    public void The_spans_are_those_of_Get_TracerSpan(string capture, string selection)
    {
        ReportData report = Export(capture, selection);
        TracerSpan[] spans = Spans(capture, selection);
        long start = Start(capture);
        long[] sequences = Array.ConvertAll(spans, s => s.Record.Sequence);
        Assert.Equal(
            spans.Select(s => Row(
                s.State == SpanState.Orphan ? -1 : s.Start!.Value.Nanoseconds - start, s.Duration, s.SelfTime, s.Tag, s.Id, s.ParentId is null ? -1 : Array.IndexOf(sequences, s.Record.ParentSequence),
                s.Depth ?? -1, s.ThreadId, s.ProcessId, s.ProcessName ?? "", (int)s.State, Pairs(s.Arguments), Pairs(s.EndArguments))),
            report.Rows("spans", "start", "duration", "self", "$tag", "$id", "parent", "depth", "thread", "process", "$name", "state", "$args", "$endArgs"));
        Assert.Equal(
            spans.Select(s => Row(
                s.Calls, s.Errors, s.ReadBytes, s.WriteBytes, s.FileTime, s.NetworkTime, s.PipeTime, s.WaitTime, s.OtherTime, s.RestTime,
                s.Own?.Bytes, s.Own?.FileTime, s.Own?.NetworkTime, s.Own?.PipeTime, s.Own?.WaitTime, s.Own?.OtherTime, s.Own?.RestTime)),
            report.Rows(
                "spans", "calls", "errors", "read", "written", "file", "network", "pipe", "wait", "other", "rest",
                "ownBytes", "ownFile", "ownNetwork", "ownPipe", "ownWait", "ownOther", "ownRest"));
        Assert.Equal((spans.Length, spans.Length, -1L), (report.Limit("spans", "shown"), report.Limit("spans", "total"), report.Limit("spans", "allAbove")));
        Assert.Equal(spans.Length, report.Capture.GetProperty("spans").GetInt32());
        Assert.Equal(spans.Count(s => s.State == SpanState.Unfinished), report.Capture.GetProperty("unfinished").GetInt32());
        Assert.Equal(spans.Count(s => s.State == SpanState.Orphan), report.Capture.GetProperty("orphans").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Selections))]
    public void The_tags_are_those_of_Measure_TracerSpan(string capture, string selection)
    {
        TracerSpanSummary[] rows = [.. Host.Run($"Measure-TracerSpan {capture} -IO {selection}").Select(r => (TracerSpanSummary)r.BaseObject)];
        string[] tags = [.. Lines($"Measure-TracerSpan {capture} -IO {selection} | ForEach-Object Tag")];
        Assert.NotEmpty(rows);
        Assert.Equal(
            rows.Select((r, i) => Row(
                tags[i], r.Count, r.Unfinished, r.Orphans, r.Total, r.SelfTime, r.Average, r.P50, r.P99, r.Maximum, r.Bytes, r.Errors,
                r.Own?.FileTime, r.Own?.NetworkTime, r.Own?.PipeTime, r.Own?.WaitTime, r.Own?.OtherTime, r.Own?.RestTime)),
            Export(capture, selection).Rows(
                "tags", "$tag", "count", "open", "orphans", "total", "self", "average", "p50", "p99", "maximum", "bytes", "errors", "file", "network", "pipe", "wait", "other", "rest"));
    }

    [Theory]
    [MemberData(nameof(Selections))]
    public void The_IO_is_that_of_Measure_TracerIO(string capture, string selection)
    {
        ReportData report = Export(capture, selection);
        PSObject[] rows = [.. Host.Run($"Measure-TracerIO {capture} -By SpanTag, FdName, FdType {selection}")];
        Assert.Equal(
            rows.Select(r => Row(
                r.Properties["SpanTag"].Value, r.Properties["FdName"].Value, r.Properties["FdType"].Value ?? "", Of(r).Calls, Of(r).ReadBytes, Of(r).WriteBytes, Of(r).Time, Of(r).Errors)),
            report.Rows("io", "$tag", "$name", "$type", "calls", "read", "written", "time", "errors"));
        Assert.Equal((rows.Length, rows.Length, -1L), (report.Limit("io", "shown"), report.Limit("io", "total"), report.Limit("io", "rest")));
        static TracerIO Of(PSObject row) => (TracerIO)row.BaseObject;
    }

    [Theory]
    [MemberData(nameof(Selections))]
    public void The_timeline_has_what_the_commands_sum_by_interval(string capture, string selection)
    {
        ReportData report = Export(capture, selection);
        long interval = report.Number("timeline", "interval");
        long start = Start(capture);
        long end = ((TracerCapture)Host.Run($"Get-TracerCapture {capture}").Single().BaseObject).End!.Value.Nanoseconds;
        int count = (int)((end - start) / interval) + 1;
        Assert.InRange(count, 1, 301);
        long[][] sums = [.. Enumerable.Range(0, 6).Select(_ => new long[count])];
        foreach (TracerSpan span in Spans(capture, selection).Where(s => s.End is not null))
        {
            long at = (span.End!.Value.Nanoseconds - start) / interval;
            sums[0][at]++;
            sums[1][at] = Math.Max(sums[1][at], span.Duration?.Nanoseconds ?? 0);
        }

        foreach (PSObject row in Host.Run($"Measure-TracerIO {capture} -Interval {interval}ns {selection}"))
        {
            sums[2][At(row)] += ((TracerIO)row.BaseObject).ReadBytes;
            sums[3][At(row)] += ((TracerIO)row.BaseObject).WriteBytes;
        }

        // The command that counts calls has no -Tag: spans say the same.
        int filter = selection.IndexOf("-Filter", StringComparison.Ordinal);
        string tag = filter < 0 ? selection : selection[..filter];
        string calls = tag.Length == 0 ? $"Measure-TracerCall {capture}" : $"Get-TracerSpan {capture} {tag} | Measure-TracerCall";
        foreach (PSObject row in Host.Run($"{calls} -By SpanTag -Interval {interval}ns {(filter < 0 ? "" : selection[filter..])}"))
        {
            sums[4][At(row)] += ((TracerCall)row.BaseObject).Calls;
            sums[5][At(row)] += ((TracerCall)row.BaseObject).Failed;
        }

        Assert.Equal(
            Enumerable.Range(0, count).Select(i => string.Join(' ', sums.Select(s => s[i]))),
            report.Rows("timeline", "spans", "slow", "read", "written", "calls", "errors"));
        Assert.Equal(sums[4].Sum(), report.Capture.GetProperty("calls").GetInt64());
        long At(PSObject row) => (((Timestamp)row.Properties["IntervalStart"].Value).Nanoseconds - start) / interval;
    }

    [Theory]
    [InlineData("$sample", "")]
    [InlineData("$service", "")]
    [InlineData("$service", "-Tag *fib*")]
    public void The_calls_are_those_that_Get_TracerEvent_has_in_the_spans(string capture, string selection)
    {
        ReportData report = Export(capture, selection);
        long start = Start(capture);
        string[] tags = report.Texts("spans", "tag");
        string[] ids = report.Texts("spans", "id");
        string[] shown = [.. report.Column("calls", "span").Zip(
            report.Rows("calls", "start", "latency", "$name", "$fd", "$type", "bytes", "$error", "thread"), (span, row) => $"{tags[span]} {ids[span]} {row}")];
        Assert.NotEmpty(shown);
        Assert.Equal((shown.Length, shown.Length), (report.Limit("calls", "shown"), report.Limit("calls", "total")));
        TracerEvent[] calls =
        [
            .. Host.Run($"Get-TracerSpan {capture} {selection} | Get-TracerEvent | Where-Object Direction -eq '<'").Select(o => (TracerEvent)o.BaseObject)
                .Where(e => e.Type is not ("tracer" or "procexit" or "switch")),
        ];

        // A span without the tag may lie around the call more closely than the one that is shown.
        Assert.Equal(
            calls.Select(e => Row(
                selection.Length == 0 ? e.SpanTag : "", selection.Length == 0 ? e.SpanId : 0, e.Time.Nanoseconds - (e.Latency?.Nanoseconds ?? 0) - start,
                e.Latency, e.Type, e.FdName ?? "", e.FdType ?? "", e.Bytes, e.ErrorName ?? "", e.ThreadId)).Order(StringComparer.Ordinal),
            shown.Select(row => selection.Length == 0 ? row : " 0 " + string.Join(' ', row.Split(' ').Skip(2))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_sums_do_not_depend_on_how_many_spans_are_shown()
    {
        ReportData all = Export("$demo", "");
        ReportData few = Export("$demo", "-MaximumSpans 20");
        Assert.InRange(few.Limit("spans", "shown"), 1, 20);
        foreach ((string table, string[] texts) in new (string, string[])[] { ("tags", ["tag"]), ("io", ["tag", "name", "type"]), ("timeline", []) })
        {
            string[] columns = [.. all.Columns(table).Select(c => texts.Contains(c) ? "$" + c : c)];
            Assert.Equal(all.Rows(table, columns), few.Rows(table, columns));
        }
    }

    [Theory]
    [InlineData("$sample")]
    [InlineData("$demo")]
    [InlineData("$service")]
    public void The_capture_is_told_of_as_Get_TracerCapture_does(string capture)
    {
        ReportData report = Export(capture, "");
        TracerCapture expected = (TracerCapture)Host.Run($"Get-TracerCapture {capture}").Single().BaseObject;
        Assert.Equal(
            Row(
                Path.GetFileName(expected.Path), expected.HostName, expected.Start!.Value.Nanoseconds, expected.Duration, expected.Events, expected.LostEvents, expected.DropIntervals,
                true, null, null, null, expected.Threads, expected.BadMarkers),
            Row([.. s_told.Select(name => (object?)(report.Capture.GetProperty(name) is { ValueKind: System.Text.Json.JsonValueKind.Null } ? null : report.Capture.GetProperty(name).ToString()))]));
        Assert.Equal(
            Host.Run($"Get-TracerProcess {capture} -Threads").Select(p => p.Properties["ProcessId"].Value).Distinct().Count(),
            report.Capture.GetProperty("processes").GetInt32());
    }

    private ReportData Export(string capture, string selection)
    {
        Host.Run($"Export-TracerReport {capture} -Destination $folder/report.html -Force {selection}");
        return ReportData.Read(FileName("report.html"));
    }

    private TracerSpan[] Spans(string capture, string selection) =>
    [
        .. Host.Run($"Get-TracerSpan {capture} -IO {selection}").Select(o => (TracerSpan)o.BaseObject)
            .OrderBy(s => s.Record.Start).ThenBy(s => s.Record.Sequence).ThenBy(s => s.Record.End),
    ];

    private long Start(string capture) => ((TracerCapture)Host.Run($"Get-TracerCapture {capture}").Single().BaseObject).Start!.Value.Nanoseconds;

    private static string Pairs(IReadOnlyDictionary<string, string> pairs) => string.Join(", ", pairs.Select(p => $"{p.Key}={p.Value}"));

    // As the data has it: times in nanoseconds, −1 for a number that is not known.
    private static string Row(params object?[] values) => string.Join(' ', values.Select(v => v switch
    {
        Duration time => time.Nanoseconds.ToString(CultureInfo.InvariantCulture),
        null => "-1",
        _ => Convert.ToString(v, CultureInfo.InvariantCulture),
    }));

    [Theory]
    [InlineData("$demo")]
    [InlineData("$service")]
    public void The_times_and_bytes_of_a_spans_own_calls_add_up_to_its_own(string capture)
    {
        Host.Run($"Export-TracerReport {capture} -Destination $folder/parts.html");
        ReportData report = ReportData.Read(FileName("parts.html"));
        long[] span = report.Column("calls", "span"), part = report.Column("calls", "part"), latency = report.Column("calls", "latency");
        long[] reads = report.Column("calls", "reads"), bytes = report.Column("calls", "bytes");
        long[] parents = report.Column("spans", "parent"), calls = report.Column("spans", "calls");
        long[][] own = [.. s_ownTimes.Select(column => report.Column("spans", column))];
        long[] read = report.Column("spans", "read"), written = report.Column("spans", "written");
        ILookup<long, int> bySpan = Enumerable.Range(0, span.Length).ToLookup(call => span[call]);

        // Those without spans inside of them of which every call is on the page. The writes of markers are other time without a call.
        int[] whole = [.. Enumerable.Range(0, calls.Length).Where(s => !parents.Contains(s) && bySpan[s].Count() == calls[s] && bySpan[s].All(call => latency[call] >= 0))];
        Assert.True(whole.Length > 10, $"{whole.Length} spans.");
        foreach (int at in whole)
        {
            for (int i = 0; i < s_ownTimes.Length; i++)
                Assert.Equal(own[i][at], bySpan[at].Where(call => part[call] == i).Sum(call => latency[call]));
            Assert.Equal(read[at], bySpan[at].Where(call => reads[call] == 1).Sum(call => Math.Max(bytes[call], 0)));
            Assert.Equal(written[at], bySpan[at].Where(call => reads[call] == 0).Sum(call => Math.Max(bytes[call], 0)));
        }
    }
}
