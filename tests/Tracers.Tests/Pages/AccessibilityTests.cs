using Xunit;

namespace Tracers.Tests.Pages;

[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(Browser browser) : ReportTests(browser)
{
    [SkippableFact]
    public async Task A_screen_reader_gets_the_name_of_everything_that_can_be_used()
    {
        await using ReportView view = await OpenAsync(SampleReport.OfRequests(200));
        List<(string Role, string Name)> names = await view.NamesAsync();
        string[] used = ["button", "link", "searchbox", "textbox", "radio", "application", "grid", "region", "columnheader", "image", "navigation"];
        Assert.DoesNotContain(names, node => used.Contains(node.Role) && node.Name.Length == 0);
        foreach ((string role, string name) in ((string, string)[])[
            ("main", ""), ("heading", "Spans"), ("heading", "Flame graph"), ("heading", "Where the time went"), ("searchbox", "Filter"), ("searchbox", "Find"),
            ("grid", "Spans"), ("button", "Duration"), ("application", "Durations over time"), ("radio", "Self time"), ("link", "Skip to the spans"), ("button", "Dark")])
            Assert.Contains(names, node => node.Role == role && node.Name.Contains(name, StringComparison.Ordinal));
        Assert.Contains(names, node => node.Role == "image" && node.Name.Contains("longest span that ended", StringComparison.Ordinal));
        Assert.Contains(names, node => node.Role == "application" && node.Name.StartsWith("Trace of", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Tab_reaches_every_part_in_the_order_of_the_page_and_shows_where_it_is()
    {
        await using ReportView view = await OpenAsync(SampleReport.OfRequests(200));
        List<string> reached = [];
        double last = -1;
        for (int i = 0; i < 90; i++)
        {
            await view.Page.Page.Keyboard.PressAsync("Tab");
            string id = await view.Page.EvaluateAsync<string>("document.activeElement === document.body ? '' : document.activeElement.id || document.activeElement.tagName");
            if (id.Length == 0 && reached.Count > 0)
                break;
            Assert.True(await view.Page.EvaluateAsync<bool>("getComputedStyle(document.activeElement).outlineStyle !== 'none' && parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 1"), $"'{id}' does not show that it has the focus.");
            double top = await view.Page.EvaluateAsync<double>("(document.activeElement.closest('section') || document.querySelector('header')).getBoundingClientRect().top + scrollY");
            Assert.True(top >= last - 500, $"'{id}' comes too late.");
            last = top;
            reached.Add(id);
        }

        foreach (string id in (string[])["skip", "theme", "filter", "spectrogram", "spans", "trace-longer", "trace-scroll", "span", "flame", "flame-find", "tags", "files", "connections"])
            Assert.Contains(id, reached);
        Assert.Equal("skip", reached[0]);
    }

    [SkippableFact]
    public async Task The_skip_link_goes_to_the_spans_and_keeps_the_view()
    {
        await using ReportView view = await OpenAsync(SampleReport.OfRequests(50), fragment: "#sort=start");
        await view.PressAsync("Tab", "Enter");
        Assert.Equal("spans", await view.Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal("#sort=start", await view.FragmentAsync());
    }

    [SkippableFact]
    public async Task What_is_selected_is_announced()
    {
        await using ReportView view = await OpenAsync(SampleReport.OfRequests(300));
        Assert.Equal("polite", await view.Page.EvaluateAsync<string>("document.getElementById('selected').getAttribute('aria-live')"));
        await view.FilterAsync("duration>100ms");
        Assert.Matches(@"^\d+ spans? selected$", await view.TextAsync("#selected"));
    }

    [SkippableFact]
    public async Task The_row_that_the_keys_are_at_is_told_and_is_in_sight()
    {
        await using ReportView view = await OpenAsync(SampleReport.OfRequests(2000));
        await view.Page.Page.FocusAsync("#spans");
        await view.PressAsync("PageDown", "PageDown", "ArrowDown");
        Assert.True(await view.Page.EvaluateAsync<bool>("""
            (() => {
              const scroll = document.getElementById('spans');
              const row = document.getElementById(scroll.getAttribute('aria-activedescendant')).getBoundingClientRect();
              const box = scroll.getBoundingClientRect();
              return row.top >= box.top && row.bottom <= box.bottom && row.height > 0;
            })()
            """));
    }
}
