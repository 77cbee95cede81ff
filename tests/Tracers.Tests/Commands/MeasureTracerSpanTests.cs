using System.Management.Automation;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class MeasureTracerSpanTests(ModuleHost host) : CommandTests(host)
{
    private static readonly string[] s_work =
    [
        "Own", "Calls", "IOCalls", "Errors", "Bytes", "ReadBytes", "WriteBytes", "FileBytes", "NetworkBytes", "PipeBytes",
        "FileTime", "NetworkTime", "PipeTime", "WaitTime", "OtherTime", "RestTime",
    ];

    // Keys, then count, unfinished, orphans, total, own time, least, average, p50, p99, longest, child hits; most time first.
    public static TheoryData<string, string[]> Tables => new()
    {
        {
            "Tag",
            [
                "slow 2 0 0 20.000000001s 20.000000001s 10s 10s 10s 10.000000001s 10.000000001s 0",
                "request 2 0 0 1.000000001s 997.000001ms 500ms 500ms 500ms 500.000001ms 500.000001ms 1",
                "request.read 1 0 0 3ms 3ms 3ms 3ms 3ms 3ms 3ms 0",
                "tick.long 1 0 0 500us 500us 500us 500us 500us 500us 500us 0",
                "tick.short 1 0 0 499.999us 499.999us 499.999us 499.999us 499.999us 499.999us 499.999us 0",
                "lost 1 0 1 null null null null null null null 0",
                "hang 0 1 0 null null null null null null null 0",
            ]
        },
        {
            "Root -Tag request, tick*",
            [
                "request 3 0 0 1.003000001s 1.000000001s 3ms 334.333333ms 500ms 500.000001ms 500.000001ms 1",
                "tick 2 0 0 999.999us 999.999us 499.999us 499.999us 499.999us 500us 500us 0",
            ]
        },
        {
            "ProcessId, ThreadId -MinDuration 500ms",
            [
                "200 200 2 0 0 20.000000001s 20.000000001s 10s 10s 10s 10.000000001s 10.000000001s 0",
                "100 101 1 0 0 500.000001ms 500.000001ms 500.000001ms 500.000001ms 500.000001ms 500.000001ms 500.000001ms 0",
                "100 100 1 0 0 500ms 497ms 500ms 500ms 500ms 500ms 500ms 1",
            ]
        },
        { "State -State Unfinished, Orphan", ["Orphan 1 0 1 null null null null null null null 0", "Unfinished 0 1 0 null null null null null null null 0"] },
        { "Args.user -Id 7", ["me 1 0 0 500ms 497ms 500ms 500ms 500ms 500ms 500ms 1", "null 1 0 0 3ms 3ms 3ms 3ms 3ms 3ms 3ms 0"] },
        { "Args.bytes -Tag read", ["1000 1 0 0 3ms 3ms 3ms 3ms 3ms 3ms 3ms 0"] },
        { "Process, Depth -Top 1", ["tar 0 4 0 0 20.001s 20.001s 499.999us 5.00025s 500us 10.000000001s 10.000000001s 0"] },
        { "Tag -Depth 0 -Top 2", ["slow 2 0 0 20.000000001s 20.000000001s 10s 10s 10s 10.000000001s 10.000000001s 0", "request 2 0 0 1.000000001s 997.000001ms 500ms 500ms 500ms 500.000001ms 500.000001ms 1"] },
        { "SpanTag -Depth 1 -Top 1", ["request.read 1 0 0 3ms 3ms 3ms 3ms 3ms 3ms 3ms 0"] },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_row_has_its_keys_first_and_then_the_sums(string by, string[] rows) => Assert.Equal(rows, Rows($"Measure-TracerSpan $sample -By {by}"));

    [Theory]
    [MemberData(nameof(Tables))]
    public void Spans_from_the_pipeline_give_the_same_rows_as_their_file(string by, string[] rows)
    {
        Assert.Equal(rows, Rows($"Get-TracerSpan $sample | Measure-TracerSpan -By {by}"));
        Assert.Equal(AsText($"Measure-TracerSpan $demo -By {by}"), AsText($"Get-TracerSpan $demo | Measure-TracerSpan -By {by}"));
    }

    [Fact]
    public void What_lies_inside_of_a_span_counts_also_when_it_is_filtered_out() => Assert.Equal(
        ["request 1.000000001s 997.000001ms 1"],
        Host.Run("Get-TracerSpan $sample | Where-Object Duration -gt 10ms | Where-Object Duration -lt 1s | Measure-TracerSpan").Select(r => Values(r, "Tag", "Total", "SelfTime", "ChildHits")));

    [Fact]
    public void Without_a_key_rows_are_by_tag_and_without_a_path_of_the_last_capture()
    {
        Host.Run("Get-TracerSpan $sample > $null");
        Assert.Equal(Rows("Measure-TracerSpan $sample -By Tag"), Rows("Measure-TracerSpan"));
        Assert.Empty(Host.Run("Get-TracerSpan $sample | Where-Object Id -eq 99 | Measure-TracerSpan"));
    }

    [Fact]
    public void Files_and_objects_of_captures_add_up()
    {
        Assert.Equal(["14"], Lines("Measure-TracerSpan $sample, $sample -By Process -Tag request*, slow, tick* | ForEach-Object Count | ForEach-Object { $script:sum = 0 } { $script:sum += $_ } { $script:sum }"));
        Assert.Equal(["4"], Lines("Get-TracerCapture $sample, $sample | Measure-TracerSpan -Tag slow | ForEach-Object Count"));
    }

    [Fact]
    public void A_row_has_every_property()
    {
        PSObject row = Host.Run("Measure-TracerSpan $sample -Tag slow")[0];
        Assert.Equal(
            ["Tag", "Count", "Unfinished", "Orphans", "Total", "SelfTime", "Minimum", "Average", "P50", "P90", "P99", "P999", "Maximum", "ChildHits", "IsExact", .. s_work],
            row.Properties.Select(p => p.Name));
        Assert.Equal("10.000000001s 10.000000001s true", Values(row, "P90", "P999", "IsExact").ToLowerInvariant());
    }

    [Fact]
    public void Without_IO_nothing_is_said_of_what_was_done() =>
        Assert.All(Host.Run("Measure-TracerSpan $sample; Get-TracerSpan $sample | Measure-TracerSpan"), r => Assert.All(s_work, name => Assert.Null(r.Properties[name].Value)));

    [Fact]
    public void With_IO_there_is_what_was_done_in_the_spans_and_where_their_time_went()
    {
        const string Script = "-Tag request* | ForEach-Object { \"$($_.Tag) $($_.Calls) $($_.Bytes) $($_.NetworkBytes) $($_.Errors) $($_.Own.Calls) $($_.Own.Bytes)\" }";
        string[] rows = ["request 4 1340 300 1 2 340", "request.read 2 1000 0 1 2 1000"];
        Assert.Equal(rows, Lines($"Measure-TracerSpan $sample -IO {Script}"));
        Assert.Equal(rows, Lines($"Get-TracerSpan $sample -IO | Measure-TracerSpan {Script}"));
        foreach (PSObject row in Host.Run("Measure-TracerSpan $demo -IO -By Root, Depth"))
        {
            TracerSpanSummary summary = (TracerSpanSummary)row.BaseObject;
            Assert.Equal(summary.Total, summary.FileTime + summary.NetworkTime + summary.PipeTime + summary.WaitTime + summary.OtherTime + summary.RestTime);
            Assert.Equal(summary.SelfTime, summary.Own!.Time);
        }
    }

    // What is read and written inside of spans without a parent is all that is charged to any span.
    [Fact]
    public void Bytes_of_the_outermost_spans_are_those_that_Measure_TracerIO_charges_to_spans() => Assert.Equal(
        Lines("$bytes = 0; Measure-TracerIO $demo -By SpanTag | ForEach-Object { $bytes += $_.Bytes }; $bytes"),
        Lines("Measure-TracerSpan $demo -IO -By Depth | Where-Object Depth -eq 0 | ForEach-Object Bytes"));

    [Fact]
    public void Of_very_many_spans_the_percentiles_are_close_and_the_rest_is_exact()
    {
        string path = CaptureScript.Write(FileName("many.scap"), script =>
        {
            for (int i = 1; i <= 10_000; i++)
            {
                script.Mark(i * CaptureScript.Millisecond, CaptureScript.Web, ">:1:many::");
                script.Mark((i * CaptureScript.Millisecond) + (i * 50), CaptureScript.Web, "<:1:many::");
            }
        });
        Host.SetVariable("many", path);
        PSObject row = Host.Run("Measure-TracerSpan $many").Single();
        Assert.Equal("False 10000 50ns 500us 250.025us", Values(row, "IsExact", "Count", "Minimum", "Maximum", "Average"));
        Assert.InRange(((Duration)row.Properties["P50"].Value).Nanoseconds, 250_000 * 0.996, 250_000 * 1.004);
        Assert.InRange(((Duration)row.Properties["P99"].Value).Nanoseconds, 495_000 * 0.996, 495_000 * 1.004);
    }

    [Theory]
    [InlineData("-By Color", "CannotConvertArgument")]
    [InlineData("-By @()", "ParameterArgumentValidationError")]
    [InlineData("-Depth -1", "ParameterArgumentValidationError")]
    [InlineData("-Top 0", "ParameterArgumentValidationError")]
    [InlineData("-MinDuration 5", "CannotConvertArgument")]
    public void A_value_that_means_nothing_is_refused(string parameters, string id)
    {
        Assert.Empty(Host.Try($"Measure-TracerSpan $sample {parameters}"));
        Assert.StartsWith(id, Assert.Single(Host.ErrorIds), StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_capture_is_summed_as_far_as_it_is_whole()
    {
        File.WriteAllBytes(FileName("cut.scap"), File.ReadAllBytes(Sample)[..^20]);
        Assert.NotEmpty(TryLines("Measure-TracerSpan $folder/cut.scap"));
        Assert.Equal(["CaptureDamaged"], ShortErrorIds);
    }

    private string[] Rows(string script) =>
    [
        .. Host.Run(script).Select(row => Values(
            row,
            [
                .. row.Properties.TakeWhile(p => p.Name != "Count").Select(p => p.Name), "Count", "Unfinished", "Orphans", "Total", "SelfTime", "Minimum", "Average", "P50", "P99",
                "Maximum", "ChildHits",
            ])),
    ];

    // Rows of equal times come in no promised order.
    private IEnumerable<string> AsText(string script) => Host.Run(script).Select(row => string.Join(' ', Properties(row))).Order(StringComparer.Ordinal);
}
