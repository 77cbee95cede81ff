using Tracers.Engine.Export.Spans;
using Tracers.Tests.Commands;
using Tracers.Tests.Engine.Export.Spans;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Pages;

/// <summary>speedscope itself opens what Export-TracerSpan writes, and has the names and the numbers.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SpeedscopeTests(Browser browser, ModuleHost host) : CommandTests(host)
{
    // Of each frame: with the frames inside of it, without them, its name.
    private const string Rows = "[...document.querySelectorAll('tr')].map(r => [...r.querySelectorAll('td')].map(c => c.textContent)).filter(r => r.length === 3 && r[0].includes('%'))";

    [SkippableFact]
    public async Task By_time_it_shows_the_spans_of_a_thread()
    {
        string[][] rows = await RowsOf("-Format Speedscope", ".NET TP Worker 22053");
        Assert.Equal(["4.15s", "download_handler.download_write"], [Number(rows[0][1]), rows[0][2]]);
        Assert.Equal("4.16s", Number(rows.Single(r => r[2] == "download_handler")[0]));
        Assert.Equal(s_tags, rows.Select(r => r[2]).Order(StringComparer.Ordinal));
    }

    [SkippableTheory]
    [InlineData("-Format Speedscope -Weight SelfTime", "Spans by self time", "16.46s", "3.03ms")]
    [InlineData("-Format Collapsed", "stacks", "16,463,966,187", "3,032,504")]
    [InlineData("-Format Speedscope -Weight Bytes", "Spans by bytes", "8.53 GB", "0 B", "fib_handler.fib_calculate")]
    public async Task By_weight_it_shows_the_sums(string parameters, string profile, string write, string handler, string? without = null)
    {
        string[][] rows = await RowsOf(parameters, profile);
        Assert.Equal(write, Number(rows.Single(r => r[2] == "download_handler.download_write")[1]));
        Assert.Equal(handler, Number(rows.Single(r => r[2] == "download_handler")[1]));
        Assert.Equal(s_tags.Where(t => t != without), rows.Select(r => r[2]).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task It_shows_hostile_text_as_text()
    {
        using SpeedscopeServer server = new(Folder.FullName);
        Folder.File("story.json", ExportedSpans.Write(static o => new SpeedscopeSpans(o, StackWeight.SelfTime, "<b>story</b>")));
        await using OpenPage page = await browser.OpenAsync(server.Opening("story.json"));
        await page.UntilAsync($"{Rows}.length > 20");
        string[] names = [.. (await page.EvaluateAsync<string[][]>(Rows)).Select(r => r[2])];
        Assert.Empty(ExportedSpans.Hostile.Except(names));
        Assert.Empty(ErrorsOf(page));
    }

    private static readonly string[] s_tags =
    [
        "download_handler", "download_handler.download_headers", "download_handler.download_write", "empty_handler", "empty_handler.empty_headers",
        "fib_handler", "fib_handler.fib_calculate", "fib_handler.fib_headers", "fib_handler.fib_write",
    ];

    private async Task<string[][]> RowsOf(string parameters, string profile)
    {
        using SpeedscopeServer server = new(Folder.FullName);
        Host.Run($"Export-TracerSpan $demo {parameters} -Destination $folder/stacks");
        await using OpenPage page = await browser.OpenAsync(server.Opening("stacks"));
        await page.UntilAsync($"{Rows}.length > 0");
        Assert.Contains(profile, await page.EvaluateAsync<string>("document.body.textContent"), StringComparison.Ordinal);
        Assert.Empty(ErrorsOf(page));
        return await page.EvaluateAsync<string[][]>(Rows);
    }

    // Chromium complains that it draws without a graphics card.
    private static IEnumerable<string> ErrorsOf(OpenPage page) => page.Errors.Where(static e => !e.Contains("WebGL", StringComparison.Ordinal));

    // Without the percents behind it.
    private static string Number(string cell) => cell.Split(" (")[0];
}
