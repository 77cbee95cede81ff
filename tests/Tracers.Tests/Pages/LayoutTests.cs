using Xunit;

namespace Tracers.Tests.Pages;

[Collection(BrowserCollection.Name)]
public sealed class LayoutTests(Browser browser) : ReportTests(browser)
{
    [SkippableTheory]
    [InlineData(400)]
    [InlineData(560)]
    [InlineData(800)]
    [InlineData(1101)]
    [InlineData(1400)]
    [InlineData(2000)]
    public async Task Nothing_overlaps_and_nothing_has_to_be_scrolled_sideways(int width)
    {
        SampleReport report = SampleReport.OfRequests(400);
        SampleReport named = new() { Name = "a-name-that-is-as-long-as-somebody-may-choose-who-keeps-hundreds-of-captures-0123456789.scap", LostEvents = 5, Filter = "proc.name=web and fd.type=ipv4 or evt.type=read", Problem = "The file ends in the middle of a block." };
        named.Spans.AddRange(report.Spans);
        named.Calls.AddRange(report.Calls);
        await using ReportView view = await OpenAsync(named, width, fragment: "#time=1000000000-9000000000&duration=1000-1000000000&filter=-login");
        Assert.True(await view.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
        // Elements that lie in the same one must not lie on each other, and none may leave the window.
        string[] wrong = await view.Page.EvaluateAsync<string[]>("""
            (() => {
              const wrong = [];
              const name = one => one.tagName + '#' + one.id + '.' + one.className;
              const box = one => one.getBoundingClientRect();
              for (const parent of document.querySelectorAll('body, header, main, .summary, .facts, .facts > div, .bar, .grid, .grid > section, .head, .legend, .charts, .chart-title, .buttons, .choice, .crumbs')) {
                const inside = [...parent.children].filter(one => box(one).width > 2 && box(one).height > 2 && !['absolute', 'sticky', 'fixed'].includes(getComputedStyle(one).position));
                for (const one of inside) if (box(one).left < -1 || box(one).right > innerWidth + 1) wrong.push(name(one) + ' leaves the window');
                for (let i = 0; i < inside.length; i++)
                  for (let j = i + 1; j < inside.length; j++) {
                    const a = box(inside[i]), b = box(inside[j]);
                    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) wrong.push(name(inside[i]) + ' and ' + name(inside[j]));
                  }
              }
              return wrong;
            })()
            """);
        Assert.Empty(wrong);
        view.AssertQuiet();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_text_can_be_read_on_what_is_behind_it(bool dark)
    {
        SampleReport report = SampleReport.OfRequests(200);
        SampleReport damaged = new() { LostEvents = 5 };
        damaged.Spans.AddRange(report.Spans);
        damaged.Calls.AddRange(report.Calls);
        await using ReportView view = await OpenAsync(damaged, dark: dark, fragment: "#time=1000000000-9000000000&filter=duration%3E5");
        Assert.Equal(dark ? "dark" : "light", await view.Page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
        // WCAG 2: 4.5 to 1.
        string[] unreadable = await view.Page.EvaluateAsync<string[]>("""
            (() => {
              const rgb = text => (text.match(/[\d.]+/g) || []).map(Number);
              const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
              const ground = one => {
                for (; one; one = one.parentElement) { const c = rgb(getComputedStyle(one).backgroundColor); if (c.length === 3 || c[3] > 0) return c; }
                return [255, 255, 255];
              };
              const wrong = [];
              for (const one of document.querySelectorAll('body *')) {
                if (!one.checkVisibility() || ![...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim() !== '')) continue;
                const a = light(rgb(getComputedStyle(one).color)), b = light(ground(one));
                const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                if (ratio < 4.5) wrong.push(one.tagName + '.' + one.className + ' ' + one.textContent.slice(0, 20) + ' ' + ratio.toFixed(2));
              }
              return wrong;
            })()
            """);
        Assert.Empty(unreadable);
    }

    [SkippableFact]
    public async Task Canvases_and_lines_take_the_colours_of_the_theme_and_the_button_changes_them()
    {
        await using ReportView view = await OpenAsync(SampleReport.OfRequests(300));
        long[] light = await BrightnessAsync(view);
        await view.Page.Page.ClickAsync("#theme");
        await view.DrawnAsync();
        long[] dark = await BrightnessAsync(view);
        Assert.Equal("true", await view.Page.EvaluateAsync<string>("document.getElementById('theme').getAttribute('aria-pressed')"));
        for (int i = 0; i < light.Length; i++)
            Assert.True(dark[i] + 60 < light[i], $"Canvas {i}: {light[i]} in light, {dark[i]} in dark.");

        await view.Page.Page.ReloadAsync();
        await view.Page.UntilAsync("document.documentElement.dataset.state === 'ready'");
        Assert.Equal("dark", await view.Page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
        await view.Page.Page.ClickAsync("#theme");
        Assert.Equal("light", await view.Page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
    }

    [SkippableFact]
    public async Task The_system_changing_to_dark_changes_the_page()
    {
        await using ReportView view = await OpenAsync(SampleReport.OfRequests(50));
        await view.Page.PreferAsync(dark: true);
        await view.Page.UntilAsync("document.documentElement.dataset.theme === 'dark'");
        await view.Page.PreferAsync(dark: false);
        await view.Page.UntilAsync("document.documentElement.dataset.theme === 'light'");
    }

    [SkippableFact]
    public async Task Printed_it_is_light_and_without_what_can_only_be_pressed()
    {
        await using ReportView view = await OpenAsync(SampleReport.OfRequests(50), dark: true);
        await view.Page.Page.EmulateMediaTypeAsync(PuppeteerSharp.Media.MediaType.Print);
        await view.Page.EvaluateAsync<bool>("dispatchEvent(new Event('beforeprint'))");
        Assert.Equal("rgb(255, 255, 255)", await view.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.Equal("none", await view.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.bar')).display"));
        await view.Page.EvaluateAsync<bool>("dispatchEvent(new Event('afterprint'))");
        Assert.Equal("dark", await view.Page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
    }

    // The mean of the drawn pixels of spectrogram, waterfall and flame graph, on the page's ground.
    private static Task<long[]> BrightnessAsync(ReportView view) => view.Page.EvaluateAsync<long[]>("""
        ['spectrogram', 'trace-canvas', 'flame'].map(id => {
          const canvas = document.getElementById(id);
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          const ground = getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
          let sum = 0;
          for (let i = 0; i < data.length; i += 4) for (let c = 0; c < 3; c++) sum += (data[i + c] * data[i + 3] + ground[c] * (255 - data[i + 3])) / 255;
          return Math.round(sum / (data.length / 4 * 3));
        })
        """);
}
