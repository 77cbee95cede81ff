using Tracers.Engine;
using Xunit;

namespace Tracers.Tests.Pages;

[Collection(BrowserCollection.Name)]
public sealed class ReportLoadingTests(Browser browser) : ReportTests(browser)
{
    [SkippableFact]
    public async Task A_report_opens_from_a_file_without_an_error_and_without_a_request()
    {
        await using ReportView view = await OpenAsync(SampleReport.OfRequests(500));
        await view.DrawnAsync();
        view.AssertQuiet();
        Assert.StartsWith("file:", await view.Page.EvaluateAsync<string>("location.href"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_summary_says_what_the_capture_is_and_how_much_of_it_is_shown()
    {
        SampleReport sample = SampleReport.OfRequests(300);
        SampleReport report = new() { Name = "night.scap", Filter = "proc.name=web", TotalSpans = 5000 };
        report.Spans.AddRange(sample.Spans);
        report.Calls.AddRange(sample.Calls);
        await using ReportView view = await OpenAsync(report);
        Assert.Equal("night.scap", await view.TextAsync("#name"));
        Assert.Equal("2025-11-29 18:17:48.361149303 UTC", await view.TextAsync("#when"));
        string facts = await view.TextAsync("#facts");
        foreach (string fact in (string[])["Host\nweb-1", "Duration\n10s", "Events\n1,327,534", "Lost events\n0", "Spans\n5,000", "Processes\n41", "Threads\n122", "Filter\nproc.name=web"])
            Assert.Contains(fact, facts, StringComparison.Ordinal);
        Assert.Contains($"{report.Spans.Count} of 5,000 spans are on this page", await view.TextAsync("#limits"), StringComparison.Ordinal);
        Assert.Equal("", await view.TextAsync("#notices"));
    }

    [SkippableFact]
    public async Task Lost_events_and_damage_stand_above_everything_else()
    {
        SampleReport report = new() { LostEvents = 12_345, Problem = "The file ends in the middle of a block at offset 4096." };
        report.Spans.Add(new SampleSpan(1000, 2000, "request"));
        await using ReportView view = await OpenAsync(report);
        string notices = await view.TextAsync("#notices");
        Assert.Contains("12,345 events were lost", notices, StringComparison.Ordinal);
        Assert.Contains("offset 4096", notices, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_is_not_known_of_lost_events_is_said()
    {
        SampleReport report = new() { LostEvents = null };
        report.Spans.Add(new SampleSpan(1000, 2000, "request"));
        await using ReportView view = await OpenAsync(report);
        Assert.Contains("Lost events\nnot known", await view.TextAsync("#facts"), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(null, "There is no span in this capture, and this page shows what lies in spans.")]
    [InlineData("span.duration > 1h", "No span is selected, and this page shows what lies in spans.")]
    public async Task A_report_without_spans_is_a_page_that_says_so(string? filter, string limits)
    {
        await using ReportView view = await OpenAsync(new SampleReport { Filter = filter });
        Assert.Equal(limits, await view.TextAsync("#limits"));
        Assert.Equal("0 spans", await view.TextAsync("#selected"));
        Assert.Equal("No span is selected.", await view.TextAsync("#trace-text"));
        Assert.Contains("Nothing here.", await view.TextAsync("#files"), StringComparison.Ordinal);
        view.AssertQuiet();
    }

    [SkippableFact]
    public async Task The_page_without_data_says_where_it_comes_from()
    {
        using StreamReader template = new(typeof(CapturePass).Assembly.GetManifestResourceStream("report.html")!);
        await using OpenPage page = await OpenTextAsync(await template.ReadToEndAsync());
        await page.UntilAsync("document.documentElement.dataset.state === 'failed'");
        Assert.Contains("Export-TracerReport", await page.EvaluateAsync<string>("document.getElementById('loading').textContent"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_browser_that_cannot_inflate_is_told_which_can()
    {
        await using OpenPage page = await OpenTextAsync("<!doctype html>");
        await page.Page.EvaluateExpressionOnNewDocumentAsync("delete window.DecompressionStream");
        await page.Page.GoToAsync(new Uri(PathOf(SampleReport.OfRequests(10))).AbsoluteUri);
        await page.UntilAsync("document.documentElement.dataset.state === 'failed'");
        Assert.Contains("too old", await page.EvaluateAsync<string>("document.getElementById('loading').textContent"), StringComparison.Ordinal);
        Assert.Empty(page.Errors);
    }

    [SkippableFact]
    public async Task Without_scripts_the_page_says_that_it_needs_its_own()
    {
        await using OpenPage page = await OpenTextAsync("<!doctype html>");
        await page.Page.SetJavaScriptEnabledAsync(false);
        await page.Page.GoToAsync(new Uri(PathOf(SampleReport.OfRequests(10))).AbsoluteUri);
        string text = await page.EvaluateAsync<string>("document.body.innerText");
        Assert.Contains("allow scripts for this file", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Reading the report", text, StringComparison.Ordinal);
        Assert.Empty(page.Requests);
    }

    [SkippableFact]
    public async Task Data_that_cannot_be_read_is_told()
    {
        string text = await File.ReadAllTextAsync(PathOf(SampleReport.OfRequests(10)));
        await using OpenPage page = await OpenTextAsync(text.Replace("id=\"data\">H4s", "id=\"data\">AAA", StringComparison.Ordinal));
        await page.UntilAsync("document.documentElement.dataset.state === 'failed'");
        Assert.Contains("cannot be read", await page.EvaluateAsync<string>("document.getElementById('loading').textContent"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Nothing_but_the_pages_own_scripts_and_styles_may_run()
    {
        string text = await File.ReadAllTextAsync(PathOf(SampleReport.OfRequests(10)));
        await using OpenPage page = await OpenTextAsync(text.Replace("</body>", "<script>window.strange = 1</script><style>body { opacity: 0 }</style><img src=x.png onerror='window.strange = 2'></body>", StringComparison.Ordinal));
        await page.UntilAsync("document.documentElement.dataset.state === 'ready'");
        Assert.Equal("undefined", await page.EvaluateAsync<string>("typeof window.strange"));
        Assert.Equal("1", await page.EvaluateAsync<string>("getComputedStyle(document.body).opacity"));
        Assert.NotEmpty(page.Errors);
    }
}
