using Xunit;

namespace Tracers.Tests.Pages;

[Collection(BrowserCollection.Name)]
public sealed class FragmentTests(Browser browser) : ReportTests(browser)
{
    [SkippableFact]
    public async Task A_reload_and_a_pasted_link_show_what_was_looked_at()
    {
        SampleReport report = SampleReport.OfRequests(500);
        string path = PathOf(report);
        await using ReportView view = await ReportView.OpenAsync(Browser, path);
        await view.FilterAsync("-empty");
        await view.DragAsync("#spectrogram", (150, 50), (700, 300));
        await view.Page.Page.ClickAsync("#spans th[data-key=start] button");
        await view.Page.Page.ClickAsync("#flame-measure input[value=bytes]");
        await view.Page.Page.FocusAsync("#spans");
        await view.PressAsync("ArrowDown", "ArrowDown", "ArrowDown", "Enter");
        State before = await StateAsync(view);
        Assert.True(before.Spans.Length > 5);

        await view.Page.Page.ReloadAsync();
        await view.Page.UntilAsync("document.documentElement.dataset.state === 'ready'");
        Assert.Equivalent(before, await StateAsync(view), strict: true);

        await using ReportView pasted = await ReportView.OpenAsync(Browser, path, fragment: before.Fragment);
        Assert.Equivalent(before, await StateAsync(pasted), strict: true);
        pasted.AssertQuiet();
    }

    [SkippableFact]
    public async Task The_back_button_takes_back_one_step_after_the_other()
    {
        SampleReport report = SampleReport.OfRequests(300);
        await using ReportView view = await OpenAsync(report);
        int all = (await view.SpansAsync()).Length;
        await view.DragAsync("#spectrogram", (150, 50), (700, 200));
        int dragged = (await view.SpansAsync()).Length;
        await view.Page.Page.ClickAsync("#spans th[data-key=tag] button");
        Assert.True(dragged < all);

        await view.Page.EvaluateAsync<object>("history.back()");
        await view.Page.UntilAsync("document.querySelector('#spans th[data-key=duration]').hasAttribute('aria-sort')");
        Assert.Equal(dragged, (await view.SpansAsync()).Length);
        await view.Page.EvaluateAsync<object>("history.back()");
        await view.Page.UntilAsync("!location.hash.includes('time')");
        await view.DrawnAsync();
        Assert.Equal(all, (await view.SpansAsync()).Length);
        await view.Page.EvaluateAsync<object>("history.forward()");
        await view.Page.UntilAsync("location.hash.includes('time')");
        await view.DrawnAsync();
        Assert.Equal(dragged, (await view.SpansAsync()).Length);
    }

    [SkippableTheory]
    [InlineData("#time=9-1&duration=x&trace=999999&span=-1&sort=nothing&measure=gold&zoom=77777")]
    [InlineData("#%E0%A4%A&trace=1e9&filter=%00%00")]
    [InlineData("#zoom=constructor&sort=__proto__&filter=constructor%3E1")]
    public async Task A_fragment_that_means_nothing_is_no_error(string fragment)
    {
        await using ReportView view = await OpenAsync(SampleReport.OfRequests(50), fragment: fragment);
        view.AssertQuiet();
        Assert.Equal("ready", await view.Page.EvaluateAsync<string>("document.documentElement.dataset.state"));
    }

    private static async Task<State> StateAsync(ReportView view)
    {
        await view.DrawnAsync();
        return new(
            await view.FragmentAsync(),
            await view.SpanNamesAsync(),
            await view.TextAsync("#trace-title"),
            await view.TextAsync("#span"),
            await view.Page.EvaluateAsync<string>("document.getElementById('filter').value"),
            await view.Page.EvaluateAsync<string>("document.querySelector('#flame-measure input:checked').value"),
            await view.TextAsync("#chips"));
    }

    private sealed record State(string Fragment, string[] Spans, string Trace, string Span, string Filter, string Measure, string Chips);
}
