using System.Management.Automation;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class CompareTracerCaptureTests : CommandTests
{
    public CompareTracerCaptureTests(ModuleHost host)
        : base(host)
    {
        foreach ((string name, int seed, double by) in ((string, int, double)[])[("before", 1, 1), ("again", 2, 1), ("slower", 3, 1.3), ("little", 4, 1.2)])
            host.SetVariable(name, Capture(FileName($"{name}[1].scap"), seed, by));
        CaptureScript.Write(FileName("half.scap"), script =>
        {
            script.Mark(1 * CaptureScript.Millisecond, CaptureScript.Web, ">:7:request::");
            script.Send(2 * CaptureScript.Millisecond, CaptureScript.Web, CaptureScript.SocketFd, 340);
            script.Mark(3 * CaptureScript.Millisecond, CaptureScript.Web, "<:7:request::");
        });
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(10, 6)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Captures_of_one_distribution_are_the_same_in_all_rows(int seed)
    {
        Host.SetVariable("other", Capture(FileName($"{seed}.scap"), seed, 1));
        Assert.Equal(
            ["Same", "Same", "Same"],
            Lines("Compare-TracerCapture (Get-TracerCapture -LiteralPath $before) $other -FailOn 'p50 > 1.05x, p90 > 1.05x, p99 > 1.05x, mean > 1.05x' | ForEach-Object Change"));
    }

    [Fact]
    public void What_takes_1_3_times_as_long_is_slower_and_comes_first()
    {
        IReadOnlyList<PSObject> rows = Compare("$before", "$slower", "-By SpanTag");
        Assert.Equal(["query Slower 300 300", "page Same 300 300", "page.part Same 300 300"], rows.Select(r => Values(r, "Tag", "Change", "ReferenceCount", "DifferenceCount")).Order(StringComparer.Ordinal).OrderByDescending(r => r[0]));
        PSObject query = rows[0];
        Assert.Equal("query", query.Properties["Tag"].Value);
        Assert.InRange((double)query.Properties["P50Ratio"].Value, 1.2, 1.4);
        Assert.InRange((double)query.Properties["AverageRatio"].Value, 1.2, 1.4);
        Assert.InRange((double)query.Properties["ChanceSlower"].Value, 0.6, 1);
        Assert.True((double)query.Properties["PValue"].Value < 0.001);
        Assert.Equal(["Faster"], Compare("$slower", "$before").Take(1).Select(r => Values(r, "Change")));
    }

    [Fact]
    public void A_row_has_every_property() => Assert.Equal(
        [
            "Tag", "Process", "Change", "ReferenceCount", "DifferenceCount", "CountRatio", "ReferenceP50", "DifferenceP50", "P50Ratio", "ReferenceP99", "DifferenceP99", "P99Ratio",
            "ReferenceAverage", "DifferenceAverage", "AverageRatio", "ReferenceBytes", "DifferenceBytes", "BytesRatio", "ReferenceCalls", "DifferenceCalls", "CallsRatio",
            "ReferenceErrors", "DifferenceErrors", "ErrorsRatio", "ChanceSlower", "PValue", "Failed", "Reference", "Difference",
        ],
        Compare("$before", "$again", "-By Tag, Process")[0].Properties.Select(p => p.Name));

    [Fact]
    public void What_only_one_has_is_new_or_gone() => Assert.Equal(
        ["hang Gone 0 0", "lost Gone 1 0", "page New 0 300", "page.part New 0 300", "query New 0 300", "request Gone 2 0", "request.read Gone 1 0", "slow Gone 2 0", "tick.long Gone 1 0", "tick.short Gone 1 0"],
        Host.Run("Compare-TracerCapture $sample (Get-TracerCapture -LiteralPath $before)").Select(r => Values(r, "Tag", "Change", "ReferenceCount", "DifferenceCount")).Order(StringComparer.Ordinal));

    [Fact]
    public void Few_spans_tell_nothing() =>
        Assert.Equal(["TooFew"], Lines("Compare-TracerCapture $sample $sample | ForEach-Object Change").Distinct());

    [Fact]
    public void A_condition_that_holds_fails_after_the_rows_were_written_and_names_what_it_found()
    {
        IReadOnlyList<PSObject> rows = Try("$before", "$slower", "-FailOn 'p99 > 3x or mean > +15%', 'count < 50%'");
        Assert.Equal(3, rows.Count);
        ErrorRecord error = Assert.Single(Host.Errors);
        Assert.Equal("ComparisonFailed,Tracers.Commands.CompareTracerCaptureCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.LimitsExceeded, error.CategoryInfo.Category);
        Assert.Matches(@"^The difference breaks -FailOn in 1 of 3 rows: query: mean is 1\.\d+x \(mean > 1\.15x, p [<=] 0\.0\d+\)\. ", error.Exception.Message);
        Assert.Equal("query", ((IReadOnlyList<TracerComparison>)error.TargetObject)[0].ToText("Keys"));
        Assert.Matches(@"^\[mean is 1\.\d+x", Values(rows[0], "Failed"));
        Assert.All(rows.Skip(1), r => Assert.Equal("[]", Values(r, "Failed")));
    }

    [Fact]
    public void A_condition_that_does_not_hold_is_silent() =>
        Assert.Equal(3, Compare("$before", "$again", "-FailOn 'p50 > 1.2x, p99 > 1.5x, mean > 1.2x, count < 1x, total > 1.5x, max > 50x'").Count);

    [Fact]
    public void The_smallest_change_and_the_significance_are_for_the_user_to_say()
    {
        Assert.Equal(["Same"], Compare("$before", "$slower", "-MinChange 0.5").Select(r => Values(r, "Change")).Distinct());
        Assert.Equal(["Same"], Compare("$before", "$little", "-Significance 1e-9").Select(r => Values(r, "Change")).Distinct());
        Assert.Equal("Slower", Values(Compare("$before", "$little")[0], "Change"));
    }

    [Fact]
    public void With_IO_spans_are_compared_by_what_they_do_as_well()
    {
        Assert.Equal(
            ["request 670 340 0.507 2 1 0.5", "request.read 1000 null null 2 null null"],
            Host.Run("Compare-TracerCapture $sample (Get-TracerCapture -LiteralPath $folder/half.scap) -IO -Tag request*")
                .Select(r => Rounded(r, "Tag", "ReferenceBytes", "DifferenceBytes", "BytesRatio", "ReferenceCalls", "DifferenceCalls", "CallsRatio")).Order(StringComparer.Ordinal));
        Host.Try("Compare-TracerCapture $folder/half.scap $sample -Tag request* -FailOn 'bytes > 150%, errors > 1x, calls > 3x'");
        Assert.Contains("in 1 of 2 rows: request: bytes is 1.971x (bytes > 1.5x), errors is new (errors > 1x).", Assert.Single(Host.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_and_objects_stand_for_their_captures_on_both_sides()
    {
        string[] expected = [.. Compare("$before", "$slower").Select(r => Values(r, "Tag", "PValue"))];
        Host.SetVariable("file", new FileInfo(FileName("slower[1].scap")));
        Assert.Equal(expected, Host.Run("Get-TracerCapture -LiteralPath $slower | Compare-TracerCapture -Reference (Get-TracerCapture -LiteralPath $before)").Select(r => Values(r, "Tag", "PValue")));
        Assert.Equal(expected, Host.Run("Compare-TracerCapture (Get-TracerCapture -LiteralPath $before) $file").Select(r => Values(r, "Tag", "PValue")));
        Assert.Equal(expected, Host.Run("Compare-TracerCapture $folder/bef*.scap $folder/slo*.scap").Select(r => Values(r, "Tag", "PValue")));
        Assert.Equal(["600 300"], Host.Run("Compare-TracerCapture $folder/bef*.scap, $folder/aga*.scap $file -Tag query").Select(r => Values(r, "ReferenceCount", "DifferenceCount")));
    }

    [Theory]
    [InlineData("$folder/none.scap $sample", "CaptureNotFound")]
    [InlineData("$sample $folder/none.scap", "CaptureNotFound")]
    [InlineData("$sample $folder", "PathIsDirectory")]
    [InlineData("$sample $folder/*.none", "NoFileMatches")]
    public void A_side_that_cannot_be_read_is_one_error_and_no_comparison(string captures, string id)
    {
        Assert.Empty(Host.Try($"Compare-TracerCapture {captures}"));
        Assert.Equal([id], ShortErrorIds);
    }

    [Fact]
    public void A_condition_that_is_none_shows_the_place()
    {
        Assert.Empty(Host.Try("Compare-TracerCapture $sample $sample -FailOn 'p99 > 1.2'"));
        Assert.Equal(["ConditionNotValid"], ShortErrorIds);
        Assert.Equal("'1.2' is no ratio. Expected: a ratio such as 1.2x or 120%, or a change such as +20%.\n  p99 > 1.2\n        ^^^", Host.Errors[0].Exception.Message);
    }

    [Fact]
    public void A_filter_selects_the_spans_of_both_sides()
    {
        Assert.Equal(["page 300 300", "page.part 300 300"], Compare("$before", "$again", "-Filter 'span.tag[0] = page'").Select(r => Values(r, "Tag", "ReferenceCount", "DifferenceCount")).Order(StringComparer.Ordinal));
        Assert.Empty(Compare("$before", "$again", "-Filter 'proc.name = nobody'"));
    }

    private static string Rounded(PSObject row, params IEnumerable<string> properties) => string.Join(
        ' ', properties.Select(p => row.Properties[p].Value is double number ? Math.Round(number, 3).ToString(System.Globalization.CultureInfo.InvariantCulture) : row.Properties[p].Value ?? "null"));

    private IReadOnlyList<PSObject> Compare(string reference, string difference, string parameters = "") => Host.Run(Script(reference, difference, parameters));

    private IReadOnlyList<PSObject> Try(string reference, string difference, string parameters) => Host.Try(Script(reference, difference, parameters));

    // The names of the files have brackets: as text they would be patterns.
    private static string Script(string reference, string difference, string parameters) =>
        $"$r = Get-TracerCapture -LiteralPath {reference}; $d = Get-TracerCapture -LiteralPath {difference}; Compare-TracerCapture $r $d {parameters}";

    // Three hundred requests, each a page with a part, and a query that takes so much longer.
    private static string Capture(string path, int seed, double by) => CaptureScript.Write(path, script =>
    {
        Random random = new(seed);
        long now = 0;
        for (int i = 0; i < 300; i++)
        {
            now = Mark(now + 1000, ">:1:page::");
            now = Mark(now + Took(1), ">:1:page.part::");
            now = Mark(now + Took(2), "<:1:page.part::");
            now = Mark(now + Took(1), "<:1:page::");
            now = Mark(now + 1000, ">:2:query::");
            now = Mark(now + (long)(Took(3) * by), "<:2:query::");
        }

        long Mark(long at, string marker)
        {
            script.Mark(at, CaptureScript.Web, marker);
            return at + 2;
        }

        long Took(int milliseconds) =>
            (long)(milliseconds * CaptureScript.Millisecond * Math.Exp(0.4 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));
    });
}
