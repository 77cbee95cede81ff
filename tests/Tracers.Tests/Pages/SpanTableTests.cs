using Xunit;

namespace Tracers.Tests.Pages;

[Collection(BrowserCollection.Name)]
public sealed class SpanTableTests(Browser browser) : ReportTests(browser)
{
    [SkippableFact]
    public async Task The_longest_span_comes_first()
    {
        SampleReport report = SampleReport.OfRequests(400);
        await using ReportView view = await OpenAsync(report);
        Assert.Equal(report.Spans.Select((span, i) => (span, i)).OrderByDescending(x => x.span.Duration).ThenBy(x => x.i).Select(x => ReportView.NameOf(x.span)), await view.SpanNamesAsync());
    }

    [SkippableTheory]
    [InlineData("Duration", "duration")]
    [InlineData("Start (s)", "start")]
    [InlineData("Read", "read")]
    [InlineData("Tag", "tag")]
    [InlineData("Id", "id")]
    [InlineData("Arguments", "args")]
    public async Task A_click_on_a_column_sorts_by_it_and_another_one_the_other_way(string column, string key)
    {
        SampleReport report = SampleReport.OfRequests(200);
        await using ReportView view = await OpenAsync(report, fragment: "#sort=calls");
        await view.Page.Page.ClickAsync($"#spans th[data-key={key}] button");
        await view.DrawnAsync();
        bool isText = column is "Tag" or "Arguments";
        Assert.Equal(Sorted(report, column, descending: !isText), await view.SpanNamesAsync());
        Assert.Equal(isText ? "ascending" : "descending", await view.Page.EvaluateAsync<string>($"document.querySelector('#spans th[data-key={key}]').getAttribute('aria-sort')"));

        await view.Page.Page.ClickAsync($"#spans th[data-key={key}] button");
        await view.DrawnAsync();
        Assert.Equal(Sorted(report, column, descending: isText), await view.SpanNamesAsync());
        Assert.Single(await view.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#spans th[aria-sort]')].map(cell => cell.dataset.key)"));
    }

    [SkippableFact]
    public async Task Every_number_of_a_row_is_that_of_the_span_with_its_unit()
    {
        SampleReport report = new();
        report.Spans.Add(new SampleSpan(1_234_567_890, 1_973_004_512, "request.read")
        {
            Id = 2_640_706_402_000_000_077,
            Self = 62_090,
            Own = [270_400, 1_556_000_000, 0, 3_405, 999, 143_000_000],
            Read = 4_294_967_296,
            Written = 40,
            Calls = 1034,
            Errors = 3,
            Depth = 2,
            Thread = 22094,
            Process = 22041,
            Name = "nginx",
            Args = "path=/a",
            EndArgs = "status=200",
        });
        await using ReportView view = await OpenAsync(report);
        Assert.Equal(
            ["request.read", "1.973s", "1.234567", "62.09us", "270.4us", "1.556s", "0s", "3.405us", "999ns", "143ms", "4.00 GB", "40 B", "1,034", "3", "2", "finished", "nginx", "22041", "22094", "2640706402000000077", "path=/a → status=200"],
            Assert.Single(await view.SpansAsync()));
    }

    [SkippableFact]
    public async Task What_is_not_known_is_empty_and_not_zero()
    {
        SampleReport report = new();
        report.Spans.Add(new SampleSpan(1000, -1, "open") { Self = -1, Own = [-1, -1, -1, -1, -1, -1], Read = -1, Written = -1, Calls = -1, Errors = -1 });
        await using ReportView view = await OpenAsync(report);
        string[] row = Assert.Single(await view.SpansAsync());
        Assert.Equal(["", "", "", "", "", "", "", "", "", "", "", "unfinished"], [row[1], .. row[3..13], row[15]]);
    }

    [SkippableFact]
    public async Task A_span_before_the_first_event_has_its_time_and_an_orphan_has_none()
    {
        SampleReport report = new();
        report.Spans.Add(new SampleSpan(-1_500_000_000, 1_000_000, "before"));
        report.Spans.Add(new SampleSpan(-1, -1, "orphan") { State = 2, Self = -1, Depth = -1 });
        report.Spans.Add(new SampleSpan(1_500_000, 1_000_000, "after"));
        await using ReportView view = await OpenAsync(report, fragment: "#sort=start");
        Assert.Equal(["before -1.500000 finished", "after 0.001500 finished", "orphan  orphan"], (await view.SpansAsync()).Select(row => $"{row[0]} {row[2]} {row[15]}"));
        await view.Page.Page.FocusAsync("#spans");
        await view.PressAsync("End", "Enter");
        Assert.StartsWith("orphan, 1 span", await view.TextAsync("#trace-text"), StringComparison.Ordinal);
        view.AssertQuiet();
    }

    [SkippableTheory]
    [InlineData("duration>500ms")]
    [InlineData("duration>=1us duration<1ms")]
    [InlineData("read>=64KB")]
    [InlineData("errors>0 depth=1")]
    [InlineData("tag=download")]
    [InlineData("tag~.read -login")]
    [InlineData("user=u7")]
    [InlineData("\"user=u7\" DOWNLOAD")]
    [InlineData("state=unfinished")]
    [InlineData("thread=105 wait>10us")]
    [InlineData("2640706402000000000")]
    public async Task A_filter_leaves_the_spans_that_it_describes(string filter)
    {
        SampleReport report = SampleReport.OfRequests(600);
        await using ReportView view = await OpenAsync(report);
        await view.FilterAsync(filter);
        SampleSpan[] expected = [.. report.Spans.Where(Expected(filter))];
        Assert.NotEmpty(expected);
        Assert.True(expected.Length < report.Spans.Count);
        AssertSame(expected.Select(ReportView.NameOf), await view.SpanNamesAsync());
        Assert.Equal(expected.Length == 1 ? "1 span selected" : $"{PageNumbers.Count(expected.Length)} spans selected", await view.TextAsync("#selected"));
        Assert.Equal("", await view.TextAsync("#filter-error"));
    }

    [SkippableTheory]
    [InlineData("duration>500", "a time has a unit")]
    [InlineData("read>lots", "a size is written")]
    [InlineData("errors>1ms", "a whole number")]
    [InlineData("speed>5", "there is no speed")]
    [InlineData("tag>a", "texts are compared")]
    public async Task A_filter_that_cannot_be_read_is_explained_and_changes_nothing(string filter, string message)
    {
        SampleReport report = SampleReport.OfRequests(50);
        await using ReportView view = await OpenAsync(report);
        await view.FilterAsync(filter);
        Assert.Contains(message, await view.TextAsync("#filter-error"), StringComparison.Ordinal);
        Assert.Equal(report.Spans.Count, (await view.SpansAsync()).Length);
    }

    [SkippableFact]
    public async Task The_table_is_walked_with_the_keys_and_Enter_shows_the_trace()
    {
        SampleReport report = SampleReport.OfRequests(3000);
        await using ReportView view = await OpenAsync(report, fragment: "#sort=start");
        await view.Page.Page.FocusAsync("#spans");
        await view.PressAsync("ArrowDown", "ArrowDown", "Enter");
        Assert.Contains($"trace={Root(report, 2)}&span=2", await view.FragmentAsync(), StringComparison.Ordinal);
        await view.PressAsync("End", "Enter");
        int last = report.Spans.Count - 1;
        Assert.Contains($"trace={Root(report, last)}&span={last}", await view.FragmentAsync(), StringComparison.Ordinal);
        await view.PressAsync("PageUp", "Home", "Enter");
        Assert.Contains("trace=0&span=0", await view.FragmentAsync(), StringComparison.Ordinal);
        Assert.Equal(report.Spans[0].Tag, (await view.TextAsync("#span-title")));
    }

    [SkippableFact]
    public async Task Only_the_rows_in_sight_are_elements()
    {
        await using ReportView view = await OpenAsync(SampleReport.OfRequests(20_000));
        await view.Page.EvaluateAsync<int>("document.getElementById('spans').scrollTop = 200000");
        await view.DrawnAsync();
        Assert.InRange(await view.Page.EvaluateAsync<int>("document.querySelectorAll('#spans tr').length"), 10, 60);
        Assert.NotEqual("", await view.Page.EvaluateAsync<string>("document.elementFromPoint(60, document.getElementById('spans').getBoundingClientRect().top + 100).textContent"));
    }

    private static int Root(SampleReport report, int span) => report.Spans[span].Parent < 0 ? span : report.Spans[span].Parent;

    private static IEnumerable<string> Sorted(SampleReport report, string column, bool descending)
    {
        Comparison<SampleSpan> compare = column switch
        {
            "Duration" => (a, b) => Known(a.Duration, b.Duration, descending),
            "Start (s)" => (a, b) => Known(a.Start, b.Start, descending),
            "Read" => (a, b) => Known(a.Read, b.Read, descending),
            "Id" => (a, b) => Known(a.Id, b.Id, descending),
            "Tag" => (a, b) => (descending ? -1 : 1) * string.CompareOrdinal(a.Tag, b.Tag),
            _ => (a, b) => (descending ? -1 : 1) * string.CompareOrdinal(a.Args, b.Args),
        };
        return report.Spans.Order(Comparer<SampleSpan>.Create(compare)).Select(ReportView.NameOf);

        // What is not known comes last, whatever the order.
        static int Known(long a, long b, bool descending) => a < 0 || b < 0 ? b.CompareTo(a) : descending ? b.CompareTo(a) : a.CompareTo(b);
    }

    private static Func<SampleSpan, bool> Expected(string filter) => filter switch
    {
        "duration>500ms" => static span => span.Duration > 500_000_000,
        "duration>=1us duration<1ms" => static span => span.Duration is >= 1000 and < 1_000_000,
        "read>=64KB" => static span => span.Read >= 65_536,
        "errors>0 depth=1" => static span => span is { Errors: > 0, Depth: 1 },
        "tag=download" => static span => span.Tag == "download",
        "tag~.read -login" => static span => span.Tag.Contains(".read", StringComparison.Ordinal) && !span.Tag.Contains("login", StringComparison.Ordinal),
        "user=u7" => static span => span.Args.Contains("user=u7", StringComparison.Ordinal),
        "\"user=u7\" DOWNLOAD" => static span => span.Args.Contains("user=u7", StringComparison.Ordinal) && span.Tag.Contains("download", StringComparison.Ordinal),
        "state=unfinished" => static span => span.Duration < 0,
        "thread=105 wait>10us" => static span => span.Thread == 105 && span.Own[3] > 10_000,
        "2640706402000000000" => static span => span.Id == 2_640_706_402_000_000_000,
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };
}
