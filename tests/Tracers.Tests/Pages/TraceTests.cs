using Xunit;

namespace Tracers.Tests.Pages;

[Collection(BrowserCollection.Name)]
public sealed class TraceTests(Browser browser) : ReportTests(browser)
{
    [SkippableFact]
    public async Task What_began_before_its_parent_by_the_clock_of_another_processor_is_in_its_trace()
    {
        SampleReport report = new();
        report.Spans.Add(new SampleSpan(-5_000, 1_000_000, "request.read") { Parent = 1, Depth = 1, Id = 7 });
        report.Spans.Add(new SampleSpan(0, 2_000_000, "request") { Id = 7 });
        await using ReportView view = await OpenAsync(report);
        Assert.StartsWith("2ms, 2 spans, ", await view.TextAsync("#trace-text"), StringComparison.Ordinal);
        await view.Page.EvaluateAsync<int>("document.querySelectorAll('details').forEach(one => one.open = true)");
        await view.DrawnAsync();
        Assert.Equal(["request", "request.read"], (await view.CellsAsync("#trace-table")).Skip(1).Select(row => row[0].Trim()));
        Assert.Contains((await view.CellsAsync("#flame-table")).Select(row => row[0]), path => path == "request › request.read");
        view.AssertQuiet();
    }

    [SkippableFact]
    public async Task The_waterfall_says_how_many_of_the_system_calls_it_shows()
    {
        await using ReportView view = await OpenAsync(Nested());
        Assert.Equal("Trace of request 7", await view.TextAsync("#trace-title"));
        Assert.Equal("10ms, 4 spans, 3 of 40 system calls on this page", await view.TextAsync("#trace-text"));
    }

    [SkippableFact]
    public async Task The_keys_walk_through_the_spans_and_each_shows_its_calls()
    {
        await using ReportView view = await OpenAsync(Nested());
        await view.Page.Page.FocusAsync("#trace-scroll");
        await view.PressAsync("ArrowDown");
        Assert.Equal("request.read", await view.TextAsync("#span-title"));
        Assert.Contains("4ms", await view.TextAsync("#span dl"), StringComparison.Ordinal);
        string[][] calls = await view.CellsAsync("#span");
        Assert.Equal(["After", "Call", "Took", "Bytes", "Error", "On"], calls[0]);
        Assert.Equal(["500us", "read", "1ms", "4.00 KB", "", "/etc/hosts"], calls[1]);
        Assert.Equal(["2ms", "read", "1us", "", "EAGAIN", "/etc/hosts"], calls[2]);
        await view.PressAsync("End");
        Assert.Equal("request.write", await view.TextAsync("#span-title"));
        Assert.Contains("span=3", await view.FragmentAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_drag_zooms_into_a_time_and_a_key_shows_the_whole_again()
    {
        await using ReportView view = await OpenAsync(Nested());
        string whole = await PictureAsync(view);
        var box = await view.BoxAsync("#trace-scroll");
        await view.DragAsync("#trace-scroll", ((double)box.Width * 0.4, 60), ((double)box.Width * 0.6, 60));
        string zoomed = await PictureAsync(view);
        Assert.NotEqual(whole, zoomed);
        await view.Page.Page.FocusAsync("#trace-scroll");
        await view.PressAsync("0");
        Assert.Equal(whole, await PictureAsync(view));
        await view.PressAsync("+");
        Assert.NotEqual(whole, await PictureAsync(view));
        await view.PressAsync("-");
        Assert.Equal(whole, await PictureAsync(view));
    }

    [SkippableFact]
    public async Task Longer_and_shorter_go_from_trace_to_trace()
    {
        SampleReport report = new();
        foreach (int id in (int[])[1, 2, 3, 4])
            report.Spans.Add(new SampleSpan(id * 1_000_000, id * 100_000, "r") { Id = id });
        await using ReportView view = await OpenAsync(report);
        Assert.Equal("Trace of r 4", await view.TextAsync("#trace-title"));
        await view.Page.Page.ClickAsync("#trace-shorter");
        await view.Page.Page.ClickAsync("#trace-shorter");
        await view.DrawnAsync();
        Assert.Equal("Trace of r 2", await view.TextAsync("#trace-title"));
        await view.Page.Page.ClickAsync("#trace-longer");
        await view.DrawnAsync();
        Assert.Equal("Trace of r 3", await view.TextAsync("#trace-title"));
    }

    [SkippableFact]
    public async Task The_longest_path_is_of_every_moment_the_span_that_was_waited_for()
    {
        // As the engine has it: back from the end to the child that ended last; one that still ran when the path came by is not on it.
        await using ReportView view = await OpenAsync(Nested());
        string[] sections = await view.Page.EvaluateAsync<string[]>("""
            (() => {
              const spans = { length: 4, start: [0, 1e6, 2e6, 6e6], duration: [10e6, 4e6, 5e6, 3e6], parent: [-1, 0, 0, 0], tag: [0, 0, 0, 0], state: [0, 0, 0, 0] };
              const report = { spans, root: [0, 0, 0, 0], end: spans.start.map((start, i) => start + spans.duration[i]), duration: 10e6 };
              return [...new Trace(report, 0).path].map(([span, parts]) => span + ': ' + parts.map(part => part.map(ns => ns / 1e6).join('-')).join(' '));
            })()
            """);
        AssertSame(["0: 9-10 5-6 0-1", "3: 6-9", "1: 1-5"], sections);
    }

    private static SampleReport Nested()
    {
        SampleReport report = new() { Duration = 20_000_000 };
        report.Spans.Add(new SampleSpan(1_000_000, 10_000_000, "request") { Id = 7, Calls = 40 });
        report.Spans.Add(new SampleSpan(2_000_000, 4_000_000, "request.read") { Id = 7, Parent = 0, Depth = 1, Calls = 30 });
        report.Spans.Add(new SampleSpan(3_000_000, 1_000_000, "request.read.cache") { Id = 7, Parent = 1, Depth = 2, Calls = 1 });
        report.Spans.Add(new SampleSpan(7_000_000, 3_000_000, "request.write") { Id = 7, Parent = 0, Depth = 1, Calls = 9 });
        report.Calls.Add(new SampleCall(1, 2_500_000, 1_000_000, "read", "/etc/hosts", "file", 4096));
        report.Calls.Add(new SampleCall(1, 4_000_000, 1_000, "read", "/etc/hosts", "file", -1, "EAGAIN"));
        report.Calls.Add(new SampleCall(3, 8_000_000, 500_000, "sendto", "10.0.0.1:443->10.0.0.2:5000", "ipv4", 100));
        return report;
    }

    private static Task<string> PictureAsync(ReportView view) => view.Page.EvaluateAsync<string>("document.getElementById('trace-canvas').toDataURL()");
}
