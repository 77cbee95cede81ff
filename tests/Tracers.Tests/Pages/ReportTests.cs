using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Pages;

/// <summary>Tests of reports in the browser: a folder for them, and how they are opened.</summary>
public abstract class ReportTests(Browser browser) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal string PathOf(SampleReport report) => report.Write(Path.Join(_folder.FullName, "report.html"));

    internal Task<ReportView> OpenAsync(SampleReport report, int width = 1400, bool dark = false, string fragment = "")
        => ReportView.OpenAsync(browser, PathOf(report), width, dark, fragment);

    internal Task<OpenPage> OpenTextAsync(string page) => browser.OpenAsync(_folder.File("page.html", page));

    internal Browser Browser => browser;

    internal static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual)
        => Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
}
