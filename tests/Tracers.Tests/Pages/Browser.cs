using PuppeteerSharp;
using Xunit;

namespace Tracers.Tests.Pages;

/// <summary>
/// Debian's Chromium without a window: one for all tests of pages. Where it is not installed the tests that open a page are skipped.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    private IBrowser? _browser;

    /// <summary>Opens a file as a person does who double-clicks it, and waits until it is loaded.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="width">The window's width in CSS pixels.</param>
    /// <param name="height">The window's height in CSS pixels.</param>
    /// <param name="dark">Whether the system asks for dark colours.</param>
    /// <param name="fragment">What follows the path, with its <c>#</c>.</param>
    internal Task<OpenPage> OpenAsync(string path, int width = 1400, int height = 1000, bool dark = false, string fragment = "") =>
        GoToAsync(new Uri(Path.GetFullPath(path)).AbsoluteUri + fragment, width, height, dark);

    /// <summary>Opens what a server on this machine has, and waits until it is loaded.</summary>
    internal Task<OpenPage> OpenAsync(Uri address) => GoToAsync(address.AbsoluteUri, 1400, 1000, dark: false);

    private async Task<OpenPage> GoToAsync(string address, int width, int height, bool dark)
    {
        Skip.If(_browser is null, $"{Program} is not installed: apt-get install chromium");
        IPage page = await _browser.NewPageAsync();
        OpenPage open = new(page);
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = height });
        await open.PreferAsync(dark);
        await page.GoToAsync(address);
        return open;
    }

    public async Task InitializeAsync()
    {
        if (!File.Exists(Program))
            return;
        _browser = await Puppeteer.LaunchAsync(new LaunchOptions
        {
            ExecutablePath = Program,
            Headless = true,
            // Chromium refuses to run as root inside its sandbox; the pages are ours. Pixels are the same size on every machine.
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--force-device-scale-factor=1", "--no-first-run"],
            Timeout = 120_000,
            ProtocolTimeout = 120_000,
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
    }
}
