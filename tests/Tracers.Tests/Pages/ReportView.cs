using System.Globalization;
using System.Text.Json;
using PuppeteerSharp;
using PuppeteerSharp.Input;
using Xunit;

namespace Tracers.Tests.Pages;

/// <summary>A report in the browser, asked and driven by what a person sees of it.</summary>
internal sealed class ReportView(OpenPage page) : IAsyncDisposable
{
    public OpenPage Page { get; } = page;

    /// <summary>Opens a report and waits until it is drawn.</summary>
    public static async Task<ReportView> OpenAsync(Browser browser, string path, int width = 1400, bool dark = false, string fragment = "")
    {
        OpenPage page = await browser.OpenAsync(path, width, dark: dark, fragment: fragment);
        await page.UntilAsync("document.documentElement.dataset.state !== 'loading'");
        ReportView view = new(page);
        await view.DrawnAsync();
        Assert.Empty(page.Errors);
        Assert.Equal("ready", await page.EvaluateAsync<string>("document.documentElement.dataset.state"));
        return view;
    }

    /// <summary>Waits until what was changed is drawn.</summary>
    public Task DrawnAsync() => Page.Page.EvaluateFunctionAsync("""
        async () => {
          do await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))));
          while (document.getElementById('report').ariaBusy === 'true');
        }
        """);

    /// <summary>The text of an element.</summary>
    public Task<string> TextAsync(string selector) => Page.Page.EvaluateFunctionAsync<string>("s => document.querySelector(s).innerText.trim()", selector);

    /// <summary>The texts of the cells of a table, of all its rows that are elements, head included.</summary>
    public Task<string[][]> CellsAsync(string selector)
        => Page.Page.EvaluateFunctionAsync<string[][]>("s => [...document.querySelector(s).querySelectorAll('tr:not(.space)')].map(row => [...row.cells].map(cell => cell.textContent))", selector);

    /// <summary>The rows of the table of spans, all of them: it is scrolled through, since only those in sight are elements.</summary>
    public Task<string[][]> SpansAsync() => Page.Page.EvaluateFunctionAsync<string[][]>("""
        async () => {
          const scroll = document.getElementById('spans');
          const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          const count = Number(scroll.querySelector('table').getAttribute('aria-rowcount')) - 1;
          const rows = new Map();
          for (let top = 0; rows.size < count && top < 1e7; top += scroll.clientHeight - 60) {
            scroll.scrollTop = top;
            await frame();
            for (const row of scroll.querySelectorAll('tr[data-at]')) rows.set(Number(row.dataset.at), [...row.cells].map(cell => cell.textContent));
          }
          return [...rows.keys()].sort((a, b) => a - b).map(at => rows.get(at));
        }
        """);

    /// <summary>The spans in the table as tag and id, in its order.</summary>
    public async Task<string[]> SpanNamesAsync()
    {
        string[] head = (await CellsAsync("#spans thead"))[0];
        int tag = Array.IndexOf(head, "Tag"), id = Array.IndexOf(head, "Id");
        return [.. (await SpansAsync()).Select(row => $"{row[tag]} {row[id]}")];
    }

    /// <summary>As <see cref="SpanNamesAsync"/> has a span.</summary>
    public static string NameOf(SampleSpan span) => $"{span.Tag} {span.Id}";

    /// <summary>Where an element is on the page.</summary>
    public async Task<BoundingBox> BoxAsync(string selector)
    {
        await Page.Page.EvaluateFunctionAsync("s => document.querySelector(s).scrollIntoView({ block: 'center' })", selector);
        IElementHandle element = await Page.Page.QuerySelectorAsync(selector);
        return await element.BoundingBoxAsync();
    }

    /// <summary>Drags from one place in an element to another, given as pixels from its left upper corner.</summary>
    public async Task DragAsync(string selector, (double X, double Y) from, (double X, double Y) to)
    {
        BoundingBox box = await BoxAsync(selector);
        IMouse mouse = Page.Page.Mouse;
        await mouse.MoveAsync(box.X + (decimal)from.X, box.Y + (decimal)from.Y);
        await mouse.DownAsync();
        await mouse.MoveAsync(box.X + (decimal)to.X, box.Y + (decimal)to.Y, new MoveOptions { Steps = 5 });
        await mouse.UpAsync();
        await DrawnAsync();
    }

    /// <summary>Types into the filter box, in place of what is there.</summary>
    public async Task FilterAsync(string text)
    {
        await Page.Page.FocusAsync("#filter");
        await Page.Page.EvaluateExpressionAsync("document.getElementById('filter').select()");
        await Page.Page.Keyboard.PressAsync("Backspace");
        await Page.Page.Keyboard.TypeAsync(text);
        await Page.Page.Keyboard.PressAsync("Enter");
        await DrawnAsync();
    }

    /// <summary>Presses keys one after the other.</summary>
    public async Task PressAsync(params string[] keys)
    {
        foreach (string key in keys)
            await Page.Page.Keyboard.PressAsync(key);
        await DrawnAsync();
    }

    /// <summary>The page shows the first rows of a plain table, and more when somebody asks: asks for all of them.</summary>
    public async Task ShowAllAsync(string selector)
    {
        while (await Page.Page.EvaluateFunctionAsync<bool>("s => { const more = document.querySelector(s + ' .more'); if (more) more.click(); return more !== null; }", selector))
            await DrawnAsync();
    }

    /// <summary>The view's part of the address.</summary>
    public Task<string> FragmentAsync() => Page.EvaluateAsync<string>("location.hash");

    /// <summary>A range of the address, such as <c>time=0-500</c>.</summary>
    public async Task<(long From, long To)> RangeAsync(string name)
    {
        string part = (await FragmentAsync()).TrimStart('#').Split('&').Single(part => part.StartsWith(name + "=", StringComparison.Ordinal));
        string[] ends = part[(name.Length + 1)..].Split('-');
        return (long.Parse(ends[0], CultureInfo.InvariantCulture), long.Parse(ends[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Nothing that the page did was wrong, and it asked for nothing.</summary>
    public void AssertQuiet()
    {
        Assert.Empty(Page.Errors);
        Assert.Empty(Page.Requests);
    }

    public ValueTask DisposeAsync() => Page.DisposeAsync();

    /// <summary>The names and roles in the accessibility tree, as the browser tells a screen reader.</summary>
    public async Task<List<(string Role, string Name)>> NamesAsync()
    {
        JsonElement? tree = await Page.Page.Client.SendAsync("Accessibility.getFullAXTree");
        List<(string, string)> names = [];
        foreach (JsonElement node in tree!.Value.GetProperty("nodes").EnumerateArray())
            if (!node.GetProperty("ignored").GetBoolean())
                names.Add((Text(node, "role"), Text(node, "name")));
        return names;

        static string Text(JsonElement node, string property)
            => node.TryGetProperty(property, out JsonElement value) && value.TryGetProperty("value", out JsonElement text) ? text.ToString() : "";
    }
}
