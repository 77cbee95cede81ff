using System.Collections.Concurrent;
using PuppeteerSharp;
using Xunit;

namespace Tracers.Tests.Pages;

/// <summary>A page in the browser, with all that it said and asked for since it was opened.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _messages = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentQueue<string> _requests = new();

    public OpenPage(IPage page)
    {
        Page = page;
        page.Console += (_, e) => (e.Message.Type is ConsoleType.Error or ConsoleType.Warning ? _errors : _messages).Enqueue(e.Message.Text);
        page.PageError += (_, e) => _errors.Enqueue(e.Message);
        page.Error += (_, e) => _errors.Enqueue(e.Error);
        page.Dialog += async (_, e) =>
        {
            // Only a script that should not run opens one.
            _errors.Enqueue($"{e.Dialog.DialogType}: {e.Dialog.Message}");
            await e.Dialog.Dismiss();
        };
        page.Request += (_, e) =>
        {
            if (!(e.Request.IsNavigationRequest && e.Request.Frame == page.MainFrame))
                _requests.Enqueue(e.Request.Url);
        };
    }

    /// <summary>The page, to drive.</summary>
    public IPage Page { get; }

    /// <summary>What it wrote to the console, but for warnings and errors.</summary>
    public IReadOnlyCollection<string> Messages => _messages;

    /// <summary>Warnings and errors in the console, scripts' errors, breaches of the content security policy, dialogs.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>The addresses that it asked for, but for the page itself.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>The value of a JavaScript expression in the page.</summary>
    public Task<T> EvaluateAsync<T>(string expression) => Page.EvaluateExpressionAsync<T>(expression);

    /// <summary>Waits until a JavaScript expression is true in the page; the test fails where it does not become so.</summary>
    public async Task UntilAsync(string expression)
    {
        try
        {
            await Page.WaitForExpressionAsync(expression, new WaitForFunctionOptions { Timeout = 60_000 });
        }
        catch (WaitTaskTimeoutException)
        {
            Assert.Fail($"Never true: {expression}. The page's errors: {string.Join(" | ", Errors)}");
        }
    }

    /// <summary>What the system asks for from now on: dark or light colours.</summary>
    public Task PreferAsync(bool dark)
        => Page.EmulateMediaFeaturesAsync([new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = dark ? "dark" : "light" }]);

    public async ValueTask DisposeAsync() => await Page.DisposeAsync();
}
