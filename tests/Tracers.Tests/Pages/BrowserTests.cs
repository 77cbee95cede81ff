using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Pages;

/// <summary>The tests of pages can fail: what a page does wrong is seen.</summary>
[Collection(BrowserCollection.Name)]
public sealed class BrowserTests(Browser browser) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task A_page_that_does_nothing_wrong_has_nothing_to_report()
    {
        await using OpenPage page = await OpenAsync("<title>quiet</title><p id=p>text</p><script>console.log('said')</script>");
        Assert.Equal("text", await page.EvaluateAsync<string>("document.getElementById('p').textContent"));
        Assert.Empty(page.Errors);
        Assert.Empty(page.Requests);
        Assert.Equal(["said"], page.Messages);
    }

    [SkippableFact]
    public async Task A_script_that_throws_and_a_message_of_the_console_are_errors()
    {
        await using OpenPage page = await OpenAsync("<script>console.error('told')</script><script>throw new Error('thrown')</script>");
        Assert.Contains("told", page.Errors);
        Assert.Contains(page.Errors, error => error.Contains("thrown", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Whatever_a_page_asks_for_is_seen()
    {
        await using OpenPage page = await OpenAsync("<link rel=stylesheet href=missing.css><img src=missing.png>");
        Assert.Contains(page.Requests, url => url.EndsWith("/missing.css", StringComparison.Ordinal));
        Assert.Contains(page.Requests, url => url.EndsWith("/missing.png", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_dialog_is_an_error_and_does_not_stop_the_page()
    {
        await using OpenPage page = await OpenAsync("<script>alert('here')</script><p id=after>");
        Assert.Contains(page.Errors, error => error.Contains("here", StringComparison.Ordinal));
        Assert.True(await page.EvaluateAsync<bool>("!!document.getElementById('after')"));
    }

    [SkippableFact]
    public async Task The_system_asks_for_dark_colours_where_a_test_says_so()
    {
        string path = _folder.File("page.html", "<!doctype html><title>dark</title>");
        await using OpenPage page = await browser.OpenAsync(path, width: 400, dark: true);
        Assert.True(await page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches"));
        Assert.Equal(400, await page.EvaluateAsync<int>("innerWidth"));
    }

    private Task<OpenPage> OpenAsync(string body) => browser.OpenAsync(_folder.File("page.html", "<!doctype html><meta charset=utf-8>" + body));
}
