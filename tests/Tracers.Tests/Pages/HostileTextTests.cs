using Xunit;

namespace Tracers.Tests.Pages;

/// <summary>Whoever writes a marker or names a file chooses what stands on the page; it must stand there as text.</summary>
[Collection(BrowserCollection.Name)]
public sealed class HostileTextTests(Browser browser) : ReportTests(browser)
{
    private const string Script = "<script>alert(1)</script>";
    private const string Image = "\"><img src=x onerror=alert(2)>";

    [SkippableFact]
    public async Task Texts_of_a_capture_are_shown_as_text_and_nothing_of_them_runs()
    {
        SampleReport report = Hostile();
        await using ReportView view = await OpenAsync(report);
        await OpenEverythingAsync(view);
        view.AssertQuiet();
        Assert.Equal(0, await view.Page.EvaluateAsync<int>("document.querySelectorAll('img, iframe, main script, svg').length"));
        Assert.Contains(Script, await view.TextAsync("#name"), StringComparison.Ordinal);
        Assert.Contains(Image, await view.TextAsync("#facts"), StringComparison.Ordinal);
        Assert.Contains("'`javascript:alert(3)", await view.TextAsync("#notices"), StringComparison.Ordinal);
        string[] row = (await view.SpansAsync())[0];
        Assert.Equal(Script, row[0]);
        Assert.Equal(Image, row[16]);
        Assert.Contains(Script, await view.TextAsync("#tags"), StringComparison.Ordinal);
        Assert.Contains(Image, await view.TextAsync("#files"), StringComparison.Ordinal);
        Assert.Contains(Script, await view.TextAsync("#flame-table"), StringComparison.Ordinal);
        Assert.Contains(Script, await view.TextAsync("#trace-title"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Control_characters_and_what_turns_text_around_can_be_seen()
    {
        SampleReport report = new();
        report.Spans.Add(new SampleSpan(1000, 2000, "a\u001b[31mred\u0007\nb") { Name = "x\u202etxt.exe", Args = "zero\u200bwidth=\u2066iso\u2069 c1=\u009b31m arabic=\u0645\u0631\u062d\u0628\u0627" });
        await using ReportView view = await OpenAsync(report);
        string[] row = (await view.SpansAsync())[0];
        Assert.Equal("a␛[31mred␇␊b", row[0]);
        Assert.Equal("x⟨U+202E⟩txt.exe", row[16]);
        Assert.Equal("zero⟨U+200B⟩width=⟨U+2066⟩iso⟨U+2069⟩ c1=⟨U+009B⟩31m arabic=\u0645\u0631\u062d\u0628\u0627", row[20]);
        string all = await view.Page.EvaluateAsync<string>("document.documentElement.innerText + document.title");
        Assert.DoesNotMatch(@"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", all);
        // Right-to-left text cannot move what is beside it.
        Assert.Equal("isolate", await view.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('#spans tbody td.text')).unicodeBidi"));
        Assert.Equal("isolate", await view.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('#tags td.text')).unicodeBidi"));
    }

    [SkippableFact]
    public async Task A_text_of_64_KB_is_cut_and_shown_whole_on_demand()
    {
        string text = new string('x', 65_535) + "!";
        SampleReport report = new();
        report.Spans.Add(new SampleSpan(1000, 2000, "t" + new string('w', 65_535)) { Args = text });
        await using ReportView view = await OpenAsync(report);
        string[] row = (await view.SpansAsync())[0];
        Assert.InRange(row[0].Length, 50, 300);
        Assert.EndsWith("…", row[20], StringComparison.Ordinal);
        Assert.InRange((await view.TextAsync("#span")).Length, 100, 2000);
        Assert.True(await view.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));

        // The pointer shows as much of a cell that is cut as there is of it.
        Assert.Equal(row[0], await view.Page.EvaluateAsync<string>("document.querySelector('#spans tbody td.text').title"));
        Assert.Equal(row[0], await view.Page.EvaluateAsync<string>("document.querySelector('#tags td.text').title"));

        await view.Page.Page.ClickAsync("#span button");
        Assert.Contains(text, await view.Page.EvaluateAsync<string>("document.getElementById('span').textContent"), StringComparison.Ordinal);
        Assert.True(await view.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        view.AssertQuiet();
    }

    [SkippableFact]
    public async Task A_filter_finds_hostile_texts_as_they_are()
    {
        await using ReportView view = await OpenAsync(Hostile());
        await view.FilterAsync("\"<script>alert(1)\"");
        Assert.Equal("1 span selected", await view.TextAsync("#selected"));
        view.AssertQuiet();
    }

    private static SampleReport Hostile()
    {
        SampleReport report = new() { Name = Script + ".scap", Filter = Image, Problem = "'`javascript:alert(3)//" };
        report.Spans.Add(new SampleSpan(1000, 9000, Script) { Name = Image, Args = Image, EndArgs = Script, Id = 7 });
        report.Spans.Add(new SampleSpan(2000, 2000, "constructor") { Parent = 0, Depth = 1, Args = "__proto__={{data}}", Id = 8 });
        report.Calls.Add(new SampleCall(0, 1100, 100, "read", Image, "file", 10, Script));
        report.Calls.Add(new SampleCall(1, 2100, 100, "sendto", Script, "ipv4", 10));
        return report;
    }

    private static async Task OpenEverythingAsync(ReportView view)
    {
        await view.Page.EvaluateAsync<int>("document.querySelectorAll('details').forEach(one => one.open = true)");
        await view.DrawnAsync();
        var box = await view.BoxAsync("#flame");
        await view.Page.Page.Mouse.MoveAsync(box.X + 30, box.Y + 10);
        await view.Page.Page.Mouse.ClickAsync(box.X + 30, box.Y + 10);
        await view.DrawnAsync();
    }
}
