using System.Globalization;
using PuppeteerSharp;
using PuppeteerSharp.Input;

namespace Tracers.Benchmarks;

/// <summary>A report in Chromium: how long until it can be used, and how long a drag on its spectrogram takes to be answered.</summary>
internal static class PageRun
{
    private const int Drags = 5;

    /// <summary>
    /// Opens a report some times, each time in a new browser, and writes one line for each: milliseconds from the beginning of the navigation until
    /// the page is drawn and answers, then of each drag from the moment the button is released until a frame with the new table is drawn; at last the
    /// spans that it shows.
    /// </summary>
    public static async Task RunAsync(string path, int runs)
    {
        for (int run = 0; run < runs; run++)
        {
            await using IBrowser browser = await Puppeteer.LaunchAsync(new LaunchOptions
            {
                ExecutablePath = "/usr/bin/chromium",
                Headless = true,
                Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run"],
            });
            await using IPage page = await browser.NewPageAsync();
            await page.SetViewportAsync(new ViewPortOptions { Width = 1400, Height = 1000 });
            await page.EvaluateExpressionOnNewDocumentAsync("""
                const drawn = then => requestAnimationFrame(() => { const after = new MessageChannel(); after.port1.onmessage = then; after.port2.postMessage(0); });
                window.dragged = [];
                addEventListener('pointerup', e => drawn(() => dragged.push(performance.now() - e.timeStamp)), true);
                addEventListener('DOMContentLoaded', () => new MutationObserver((_, observer) => {
                  if (document.documentElement.dataset.state !== 'ready') return;
                  observer.disconnect();
                  drawn(() => window.usable = performance.now());
                }).observe(document.documentElement, { attributes: true }));
                """);
            await page.GoToAsync(new Uri(Path.GetFullPath(path)).AbsoluteUri);
            await page.WaitForExpressionAsync("window.usable > 0");
            double usable = await page.EvaluateExpressionAsync<double>("usable");
            string spans = await page.EvaluateExpressionAsync<string>("document.getElementById('spans-count').textContent");

            IElementHandle spectrogram = await page.QuerySelectorAsync("#spectrogram");
            BoundingBox box = await spectrogram.BoundingBoxAsync();
            for (int drag = 0; drag < Drags; drag++)
            {
                string before = await page.EvaluateExpressionAsync<string>("document.getElementById('selected').textContent");
                await page.Mouse.MoveAsync(box.X + box.Width / 10 + drag * 20, box.Y + 30);
                await page.Mouse.DownAsync();
                await page.Mouse.MoveAsync(box.X + box.Width / 2 + drag * 40, box.Y + 250 + drag * 10, new MoveOptions { Steps = 4 });
                await page.Mouse.UpAsync();
                await page.WaitForExpressionAsync($"dragged.length > {drag}");
                if (await page.EvaluateExpressionAsync<string>("document.getElementById('selected').textContent") == before)
                    throw new InvalidOperationException("A drag has not changed what is selected.");
            }

            double[] answers = await page.EvaluateExpressionAsync<double[]>("dragged");
            Console.WriteLine(string.Join(' ', ((double[])[usable, .. answers]).Select(static ms => ms.ToString("F1", CultureInfo.InvariantCulture))) + ' ' + spans.Replace(",", "", StringComparison.Ordinal));
        }
    }
}
