using Xunit;

namespace Tracers.Tests.Pages;

[Collection(BrowserCollection.Name)]
public sealed class FlameGraphTests(Browser browser) : ReportTests(browser)
{
    [SkippableTheory]
    [InlineData("time", "a|10ms|83.3%|2", "b|2ms|16.7%|1", "a › a.x|6ms|50.0%|1", "a › a.x › a.x.y|1ms|8.3%|1")]
    [InlineData("self", "a|10ms|83.3%|2", "b|2ms|16.7%|1", "a › a.x|6ms|50.0%|1", "a › a.x › a.x.y|1ms|8.3%|1")]
    [InlineData("bytes", "a|170 B|85.0%|2", "b|30 B|15.0%|1", "a › a.x|70 B|35.0%|1", "a › a.x › a.x.y|50 B|25.0%|1")]
    public async Task A_frame_has_what_its_spans_and_those_in_them_have(string measure, params string[] frames)
    {
        await using ReportView view = await OpenAsync(Sample(), fragment: $"#measure={measure}");
        await view.Page.EvaluateAsync<bool>("document.getElementById('flame-table').open = true");
        await view.DrawnAsync();
        AssertSame(frames, (await view.CellsAsync("#flame-table")).Skip(1).Select(row => string.Join('|', row)));
    }

    [SkippableFact]
    public async Task A_click_zooms_and_the_crumbs_lead_back()
    {
        await using ReportView view = await OpenAsync(Sample());
        var box = await view.BoxAsync("#flame");
        await view.Page.Page.Mouse.ClickAsync(box.X + 20, box.Y + 30);
        await view.DrawnAsync();
        Assert.Equal(["All 12ms", "a", "a.x"], await CrumbsAsync(view));
        await view.Page.Page.ClickAsync("#flame-crumbs li:nth-child(2) button");
        await view.DrawnAsync();
        Assert.Equal(["All 12ms", "a"], await CrumbsAsync(view));
        await view.Page.EvaluateAsync<object>("history.back()");
        await view.Page.UntilAsync("document.querySelectorAll('#flame-crumbs li').length === 3");
    }

    [SkippableFact]
    public async Task The_keys_walk_the_frames_zoom_and_go_back()
    {
        await using ReportView view = await OpenAsync(Sample());
        await view.Page.Page.FocusAsync("#flame");
        await view.PressAsync("ArrowRight");
        Assert.Equal("b: 2ms, 16.7% of all, 1 span", await view.TextAsync("#flame-readout"));
        await view.PressAsync("ArrowLeft", "ArrowDown");
        Assert.Equal("a.x: 6ms, 50.0% of all, 1 span", await view.TextAsync("#flame-readout"));
        await view.PressAsync("Enter");
        Assert.Equal(["All 12ms", "a", "a.x"], await CrumbsAsync(view));
        await view.PressAsync("Escape", "Escape");
        Assert.Equal(["All 12ms"], await CrumbsAsync(view));
    }

    [SkippableFact]
    public async Task A_search_says_how_much_was_found()
    {
        await using ReportView view = await OpenAsync(Sample());
        await view.Page.Page.TypeAsync("#flame-find", "A.X");
        await view.DrawnAsync();
        Assert.Equal("2 frames, 50.0%", await view.TextAsync("#flame-found"));
    }

    private static SampleReport Sample()
    {
        SampleReport report = new() { Duration = 100_000_000 };
        report.Spans.Add(new SampleSpan(0, 8_000_000, "a") { Id = 1, Self = 2_000_000, OwnBytes = 60 });
        report.Spans.Add(new SampleSpan(1_000_000, 6_000_000, "a.x") { Id = 1, Parent = 0, Depth = 1, Self = 5_000_000, OwnBytes = 20 });
        report.Spans.Add(new SampleSpan(2_000_000, 1_000_000, "a.x.y") { Id = 1, Parent = 1, Depth = 2, OwnBytes = 50 });
        report.Spans.Add(new SampleSpan(20_000_000, 2_000_000, "a") { Id = 2, OwnBytes = 40 });
        report.Spans.Add(new SampleSpan(30_000_000, 2_000_000, "b") { Id = 3, OwnBytes = 30 });
        return report;
    }

    private static Task<string[]> CrumbsAsync(ReportView view) => view.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#flame-crumbs li')].map(one => one.textContent)");
}
