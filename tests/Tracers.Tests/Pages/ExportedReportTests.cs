using System.Globalization;
using System.Management.Automation;
using Tracers.Tests.Commands;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Pages;

/// <summary>Reports as <c>Export-TracerReport</c> writes them: what a person reads on the page is what the commands say.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ExportedReportTests(ModuleHost host, Browser browser) : CommandTests(host)
{
    [SkippableTheory]
    [InlineData("$demo", "")]
    [InlineData("$service", "")]
    [InlineData("$sample", "")]
    [InlineData("$demo", "-Tag *download*")]
    public async Task The_numbers_on_the_page_are_those_of_the_commands(string capture, string selection)
    {
        await using ReportView view = await OpenAsync(capture, selection);

        TracerSpan[] spans = [.. Host.Run($"Get-TracerSpan {capture} -IO {selection}").Select(o => (TracerSpan)o.BaseObject)];
        AssertSame(
            spans.Select(s => Row(
                s.Tag, s.Id, Time(s.Duration), Time(s.SelfTime), Time(s.FileTime), Time(s.NetworkTime), Time(s.PipeTime), Time(s.WaitTime), Time(s.OtherTime), Time(s.RestTime),
                Views.Bytes(s.ReadBytes), Views.Bytes(s.WriteBytes), Number(s.Calls), Number(s.Errors), Number(s.Depth), $"{s.State}".ToLowerInvariant(), s.ProcessName, s.ProcessId, s.ThreadId)),
            Rows([(await view.CellsAsync("#spans thead"))[0], .. await view.SpansAsync()],
                "Tag", "Id", "Duration", "Self", "File", "Network", "Pipe", "Wait", "Other", "Rest", "Read", "Written", "Calls", "Errors", "Depth", "State", "Process", "PID", "Thread"));
        Assert.Equal($"{Number(spans.Length)} spans", await view.TextAsync("#selected"));

        AssertSame(
            Host.Run($"Measure-TracerSpan {capture} -IO {selection}").Select(o => (o, r: (TracerSpanSummary)o.BaseObject)).Select(x => Row(
                Tag(x.o), Number(x.r.Count), Time(x.r.Total), Time(x.r.Own?.FileTime), Time(x.r.Own?.NetworkTime), Time(x.r.Own?.PipeTime), Time(x.r.Own?.WaitTime), Time(x.r.Own?.OtherTime), Time(x.r.Own?.RestTime),
                Views.Bytes(x.r.Bytes), Number(x.r.Errors))),
            Rows(await view.CellsAsync("#tags"), "Tag", "Ended", "Duration", "File", "Network", "Pipe", "Wait", "Other", "Rest", "Bytes", "Errors"));

        await view.ShowAllAsync("#files");
        await view.ShowAllAsync("#connections");
        PSObject[] io = [.. Host.Run($"Measure-TracerIO {capture} -By SpanTag, FdName, FdType {selection}")];
        string[] shown = [.. Rows(await view.CellsAsync("#files"), "Tag", "File", "Type", "Read", "Written", "Calls", "Time", "Errors"), .. Rows(await view.CellsAsync("#connections"), "Tag", "Connection", "Type", "Read", "Written", "Calls", "Time", "Errors")];
        AssertSame(io.Select(o => (o, r: (TracerIO)o.BaseObject)).Select(x => Row(
            Tag(x.o, "SpanTag"), x.o.Properties["FdName"].Value is string { Length: > 0 } name ? name : "(no name)", x.o.Properties["FdType"].Value,
            Views.Bytes(x.r.ReadBytes), Views.Bytes(x.r.WriteBytes), Number(x.r.Calls), Time(x.r.Time), Number(x.r.Errors))), shown);
        view.AssertQuiet();
    }

    [SkippableFact]
    public async Task A_drag_on_the_demos_spectrogram_leaves_the_spans_that_Where_Object_leaves()
    {
        await using ReportView view = await OpenAsync("$demo", "");
        await view.DragAsync("#spectrogram", (200, 30), (700, 250));
        (long from, long to) = await view.RangeAsync("time");
        (long low, long high) = await view.RangeAsync("duration");
        long start = ((TracerCapture)Host.Run("Get-TracerCapture $demo").Single().BaseObject).Start!.Value.Nanoseconds;
        string[] expected =
        [
            .. Host.Run($"Get-TracerSpan $demo | Where-Object {{ $_.Duration -ge '{low}ns' -and $_.Duration -lt '{high}ns' -and $_.End.Nanoseconds -ge {start + from} -and $_.End.Nanoseconds -lt {start + to} }}")
                .Select(o => (TracerSpan)o.BaseObject).Select(s => $"{s.Tag} {s.Id}")
        ];
        Assert.InRange(expected.Length, 10, 500);
        AssertSame(expected, await view.SpanNamesAsync());
    }

    [SkippableFact]
    public async Task The_summary_is_that_of_Get_TracerCapture()
    {
        await using ReportView view = await OpenAsync("$demo", "");
        TracerCapture capture = (TracerCapture)Host.Run("Get-TracerCapture $demo").Single().BaseObject;
        string facts = await view.TextAsync("#facts");
        Assert.Contains($"Events\n{Number(capture.Events)}\n", facts, StringComparison.Ordinal);
        Assert.Contains($"Host\n{capture.HostName}\n", facts, StringComparison.Ordinal);
        Assert.Contains($"Threads\n{Number(capture.Threads)}", facts, StringComparison.Ordinal);
        Assert.Equal("demo.scap", await view.TextAsync("#name"));
    }

    private async Task<ReportView> OpenAsync(string capture, string selection)
    {
        string path = FileName("exported.html");
        Host.Run($"Export-TracerReport {capture} -Destination '{path}' -Force {selection}");
        return await ReportView.OpenAsync(browser, path);
    }

    private static string[] Rows(string[][] table, params string[] columns)
    {
        int[] places = Array.ConvertAll(columns, column => Array.IndexOf(table[0], column));
        Assert.DoesNotContain(-1, places);
        return [.. table.Skip(1).Select(row => string.Join(" | ", places.Select(place => row[place])))];
    }

    private static string Row(params object?[] values) => string.Join(" | ", values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)));

    private static string Tag(PSObject row, string property = "Tag") => Convert.ToString(row.Properties[property].Value, CultureInfo.InvariantCulture) ?? "";

    private static string Time(Duration? duration) => duration?.ToString("H", CultureInfo.InvariantCulture) ?? "";

    private static string Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual)
        => Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
}
