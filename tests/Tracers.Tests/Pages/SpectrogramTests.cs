using PuppeteerSharp;
using Xunit;

namespace Tracers.Tests.Pages;

[Collection(BrowserCollection.Name)]
public sealed class SpectrogramTests(Browser browser) : ReportTests(browser)
{
    // Of the plot in the canvas, as the axes show it; the cells of a report of ten seconds are 100 ms wide.
    private const double Left = 54, Right = 12, Top = 8, Bottom = 36;
    private const long Cell = 100_000_000;

    private static readonly int[] s_steps = [100, 125, 160, 200, 250, 315, 400, 500, 630, 800];

    [SkippableFact]
    public async Task A_drag_leaves_exactly_the_spans_inside_in_the_table()
    {
        SampleReport report = SampleReport.OfRequests(1500);
        await using ReportView view = await OpenAsync(report);
        var box = await view.BoxAsync("#spectrogram");
        (double X, double Y) from = (Left + 210, Top + 60), to = (Left + 480, Top + 190);
        await view.DragAsync("#spectrogram", from, to);

        (long start, long end) = (TimeAt(from.X, (double)box.Width), TimeAt(to.X, (double)box.Width) + Cell);
        (long low, long high) = (RangeAt(to.Y, (double)box.Height, report).Low, RangeAt(from.Y, (double)box.Height, report).High);
        Assert.Equal((start, end), await view.RangeAsync("time"));
        Assert.Equal((low, high), await view.RangeAsync("duration"));
        SampleSpan[] inside = [.. report.Spans.Where(span => span.End >= start && span.End < end && span.Duration >= low && span.Duration < high)];
        Assert.InRange(inside.Length, 20, 700);
        AssertSame(inside.Select(ReportView.NameOf), await view.SpanNamesAsync());
        Assert.Equal($"{inside.Length} spans selected", await view.TextAsync("#selected"));
        view.AssertQuiet();
    }

    [SkippableTheory]
    [InlineData(300, 250, 100, 20)]
    [InlineData(100, 20, 300, 250)]
    [InlineData(2000, 900, 400, 100)]
    public async Task A_drag_in_any_direction_and_out_of_the_plot_selects_the_same_cells(int fromX, int fromY, int toX, int toY)
    {
        SampleReport report = SampleReport.OfRequests(600, seed: 3);
        await using ReportView view = await OpenAsync(report);
        await view.DragAsync("#spectrogram", (Left + Math.Min(fromX, 500), Top + Math.Min(fromY, 300)), (Left + toX, Top + toY));
        (long start, long end) = await view.RangeAsync("time");
        (long low, long high) = await view.RangeAsync("duration");
        Assert.True(start < end && low < high);
        AssertSame(
            report.Spans.Where(span => span.End >= start && span.End < end && span.Duration >= low && span.Duration < high).Select(ReportView.NameOf),
            await view.SpanNamesAsync());
    }

    [SkippableFact]
    public async Task The_keys_select_what_a_drag_would_and_Escape_takes_it_back()
    {
        SampleReport report = SampleReport.OfRequests(600);
        await using ReportView view = await OpenAsync(report);
        await view.Page.Page.FocusAsync("#spectrogram");
        await view.PressAsync("Home", "ArrowRight", "ArrowRight", "PageDown");
        int steps = await view.Page.EvaluateAsync<int>("history.length");
        await view.Page.Page.Keyboard.DownAsync("Shift");
        await view.PressAsync([.. Enumerable.Repeat("ArrowRight", 30), "PageDown", "PageDown"]);
        await view.Page.Page.Keyboard.UpAsync("Shift");

        // One for the back button, and not one for each key.
        Assert.Equal(steps + 1, await view.Page.EvaluateAsync<int>("history.length"));
        Assert.Equal((2 * Cell, 33 * Cell), await view.RangeAsync("time"));
        (long low, long high) = await view.RangeAsync("duration");
        AssertSame(
            report.Spans.Where(span => span.End >= 2 * Cell && span.End < 33 * Cell && span.Duration >= low && span.Duration < high).Select(ReportView.NameOf),
            await view.SpanNamesAsync());
        Assert.Matches(@"^3\.2s – 3\.3s, .+: \d+ spans?$", await view.TextAsync("#spectrogram-readout"));

        await view.PressAsync("Escape");
        Assert.Equal($"{report.Spans.Count} spans", (await view.TextAsync("#selected")).Replace(",", "", StringComparison.Ordinal));
        Assert.Equal("", (await view.FragmentAsync()).TrimStart('#'));

        // Where something else has changed the view between two keys, its step is kept.
        await view.Page.Page.Keyboard.DownAsync("Shift");
        await view.PressAsync("ArrowLeft");
        await view.Page.Page.Keyboard.UpAsync("Shift");
        await view.FilterAsync("-nosuch");
        string filtered = await view.FragmentAsync();
        await view.Page.Page.FocusAsync("#spectrogram");
        await view.Page.Page.Keyboard.DownAsync("Shift");
        await view.PressAsync("ArrowLeft");
        await view.Page.Page.Keyboard.UpAsync("Shift");
        Assert.NotEqual(filtered, await view.FragmentAsync());
        await view.Page.Page.GoBackAsync();
        Assert.Equal(filtered, await view.FragmentAsync());
    }

    [SkippableFact]
    public async Task Enter_selects_the_cell_that_the_keys_are_at()
    {
        SampleReport report = new();
        report.Spans.Add(new SampleSpan(1_000_000_000, 5_000_000, "a") { Id = 1 });
        report.Spans.Add(new SampleSpan(9_900_000_000, 100_000_000, "b") { Id = 2 });
        await using ReportView view = await OpenAsync(report);
        await view.Page.Page.FocusAsync("#spectrogram");
        // The last interval, and of 100 ms up to 1 s the lowest of ten ranges.
        await view.PressAsync(["End", "PageUp", "PageUp", "PageUp", "PageUp", .. Enumerable.Repeat("ArrowDown", 9), "Enter"]);
        Assert.Equal(["b 2"], await view.SpanNamesAsync());
        Assert.Equal((100_000_000, 125_000_000), await view.RangeAsync("duration"));
    }

    [SkippableFact]
    public async Task The_selection_filters_every_other_panel()
    {
        SampleReport report = SampleReport.OfRequests(1000);
        await using ReportView view = await OpenAsync(report);
        await view.Page.EvaluateAsync<bool>("document.getElementById('flame-table').open = true");
        await view.DragAsync("#spectrogram", (Left + 100, Top + 30), (Left + 500, Top + 170));
        (long start, long end) = await view.RangeAsync("time");
        (long low, long high) = await view.RangeAsync("duration");
        bool[] inside = [.. report.Spans.Select(span => span.End >= start && span.End < end && span.Duration >= low && span.Duration < high)];
        SampleSpan[] spans = [.. report.Spans.Where((_, i) => inside[i])];

        // Where the time went: the sums by tag.
        AssertSame(
            spans.GroupBy(span => span.Tag).Select(group => $"{group.Key} {group.Count()} {PageNumbers.Duration(group.Sum(span => span.Duration))} {PageNumbers.Duration(group.Sum(span => span.Own[1]))}"),
            Rows(await view.CellsAsync("#tags"), "Tag", "Ended", "Duration", "Network"));

        // The flame graph: each frame has its spans.
        string[] frames = Rows(await view.CellsAsync("#flame-table"), "Frame", "Spans");
        Assert.Equal(spans.Length, frames.Sum(frame => int.Parse(frame.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture)));

        // I/O of the calls in the selected spans.
        await view.ShowAllAsync("#files");
        AssertSame(
            report.Calls.Where(call => inside[call.Span] && call.Type == "file")
                .GroupBy(call => (report.Spans[call.Span].Tag, call.Fd))
                .Select(group => $"{group.Key.Tag} {group.Key.Fd} {group.Count()} {PageNumbers.Bytes(group.Where(call => call.Name == "read").Sum(call => call.Bytes))} {PageNumbers.Bytes(group.Where(call => call.Name != "read").Sum(call => call.Bytes))}"),
            Rows(await view.CellsAsync("#files"), "Tag", "File", "Calls", "Read", "Written"));

        // The trace is the one of the longest of them.
        SampleSpan longest = spans.OrderByDescending(span => span.Duration).First();
        SampleSpan root = longest.Parent >= 0 ? report.Spans[longest.Parent] : longest;
        Assert.Contains($"{root.Id}", await view.TextAsync("#trace-title"), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(1, "The selected spans.")]
    [InlineData(500, "as far as their system calls are on this page: 1 of 1 call of 1 of 500 traces.")]
    public async Task The_IO_of_a_selection_says_of_which_calls_it_is(int traces, string text)
    {
        SampleReport report = new() { TotalTraces = traces };
        report.Spans.Add(new SampleSpan(1000, 2000, "a") { Id = 1 });
        report.Spans.Add(new SampleSpan(1000, 2_000_000, "b") { Id = 2 });
        report.Calls.Add(new SampleCall(0, 1100, 100, "read", "/etc/hosts", "file", 10));
        await using ReportView view = await OpenAsync(report);
        Assert.Equal("All spans of the capture.", await view.TextAsync("#files-text"));
        await view.FilterAsync("tag=a");
        Assert.EndsWith(text, await view.TextAsync("#files-text"), StringComparison.Ordinal);
        await view.FilterAsync("tag=b");
        Assert.Contains("Nothing here.", await view.TextAsync("#files"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_drag_over_the_lines_selects_a_time()
    {
        SampleReport report = SampleReport.OfRequests(600);
        await using ReportView view = await OpenAsync(report);
        var box = await view.BoxAsync("#timeline .u-over");
        await view.DragAsync("#timeline .u-over", ((double)box.Width * 0.25, 20), ((double)box.Width * 0.5, 20));
        (long from, long to) = await view.RangeAsync("time");
        Assert.InRange(from, 2_300_000_000, 2_600_000_000);
        Assert.InRange(to, 4_900_000_000, 5_200_000_000);
        Assert.Equal(0, from % report.Interval);
        AssertSame(report.Spans.Where(span => span.End >= from && span.End < to).Select(ReportView.NameOf), await view.SpanNamesAsync());
    }

    [SkippableFact]
    public async Task What_is_selected_lies_over_its_time_in_a_window_of_any_width()
    {
        await using ReportView view = await OpenAsync(SampleReport.OfRequests(600));
        await view.DragAsync("#spectrogram", (150, 50), (400, 200));
        (long from, long to) = await view.RangeAsync("time");
        foreach (int width in (int[])[800, 1280, 2000, 400])
        {
            await view.Page.Page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 900 });
            await view.DrawnAsync();
            var plot = await view.BoxAsync("#timeline .u-over");
            var selected = await view.BoxAsync("#timeline .u-select");
            // The plot ends with the last interval, a little behind the last event.
            double second = (double)plot.Width / 10.05;
            Assert.Equal(from / 1e9 * second, (double)(selected.X - plot.X), tolerance: 2);
            Assert.Equal((to - from) / 1e9 * second, (double)selected.Width, tolerance: 2);
        }
    }

    [SkippableFact]
    public async Task The_longest_span_of_every_interval_is_seen_also_where_none_ended_beside_it()
    {
        SampleReport report = new();
        foreach (long start in (long[])[1, 3, 4, 8])
            report.Spans.Add(new SampleSpan(start * 1_000_000_000, 1_000_000, "t") { Id = start });
        await using ReportView view = await OpenAsync(report);

        // From left to right the stretches of the line above the lowest border of the first chart that are coloured as its legend is.
        Assert.Equal(4, await view.Page.EvaluateAsync<int>("""
            (() => {
              const chart = document.querySelector('#timeline .uplot');
              const canvas = chart.querySelector('canvas');
              const over = chart.querySelector('.u-over');
              const y = Math.round((over.offsetTop + over.offsetHeight) * devicePixelRatio) - 4;
              const { data } = canvas.getContext('2d').getImageData(0, y, canvas.width, 1);
              const wanted = getComputedStyle(document.querySelector('#timeline .mark')).backgroundColor.match(/\d+/g).map(Number);
              let count = 0;
              let before = false;
              for (let i = 0; i < data.length; i += 4) {
                const is = data[i + 3] > 128 && wanted.every((value, part) => Math.abs(value - data[i + part]) < 12);
                if (is && !before) count++;
                before = is;
              }
              return count;
            })()
            """));
    }

    [SkippableFact]
    public async Task What_ended_before_the_first_event_is_in_the_first_interval_and_what_has_no_end_in_none()
    {
        SampleReport report = new();
        report.Spans.Add(new SampleSpan(-5_000_000_000, 1_000_000, "before") { Id = 1 });
        report.Spans.Add(new SampleSpan(-1, -1, "orphan") { Id = 2, State = 2, Self = -1, Depth = -1 });
        report.Spans.Add(new SampleSpan(1000, 1_000_000, "first") { Id = 3 });
        report.Spans.Add(new SampleSpan(2000, -1, "open") { Id = 4 });
        await using ReportView view = await OpenAsync(report, fragment: "#time=0-100000000");
        AssertSame(["before 1", "first 3"], await view.SpanNamesAsync());
        await view.Page.EvaluateAsync<bool>("document.getElementById('spectrogram-cells').open = true");
        await view.DrawnAsync();
        Assert.Equal(["0s", "2"], (await view.CellsAsync("#spectrogram-cells"))[1].Where((_, i) => i is 0 or 4));
        view.AssertQuiet();
    }

    [SkippableFact]
    public async Task The_cells_as_a_table_count_every_span_once()
    {
        SampleReport report = new();
        foreach (long duration in (long[])[1, 999, 1000, 1249, 1250, 999_999, 1_000_000, 2_500_000_000])
            report.Spans.Add(new SampleSpan(500, duration, "t") { Id = duration });
        await using ReportView view = await OpenAsync(report);
        await view.Page.EvaluateAsync<bool>("document.getElementById('spectrogram-cells').open = true");
        await view.DrawnAsync();
        string[] rows = Rows(await view.CellsAsync("#spectrogram-cells"), "Took from", "Spans");
        AssertSame(["0s 1", "800ns 1", "1us 2", "1.25us 1", "800us 1", "1ms 1", "2.5s 1"], rows);
    }

    private static string[] Rows(string[][] table, params string[] columns)
    {
        int[] places = Array.ConvertAll(columns, column => Array.IndexOf(table[0], column));
        Assert.DoesNotContain(-1, places);
        return [.. table.Skip(1).Select(row => string.Join(' ', places.Select(place => row[place])))];
    }

    private static long TimeAt(double x, double width) => (long)((x - Left) / (width - Left - Right) * 101) * Cell;

    // Ten ranges in a decade, from the decade of the shortest span to that of the longest.
    private static (long Low, long High) RangeAt(double y, double height, SampleReport report)
    {
        int bottom = (int)Math.Floor(Math.Log10(report.Spans.Where(span => span.Duration > 0).Min(span => span.Duration)));
        int top = (int)Math.Floor(Math.Log10(report.Spans.Max(span => span.Duration))) + 1;
        int ranges = (top - bottom) * 10;
        int range = bottom * 10 + ranges - 1 - (int)Math.Floor((y - Top) / (height - Top - Bottom) * ranges);
        return (range == bottom * 10 ? 0 : StartOf(range), StartOf(range + 1));
    }

    private static long StartOf(int range) => (long)Math.Ceiling(s_steps[range % 10] * Math.Pow(10, range / 10) / 100);
}
