using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>Get-TracerSpan -IO.</summary>
public sealed class SpanIOTests(ModuleHost host) : CommandTests(host)
{
    private static readonly string[] s_counts =
        ["Calls", "IOCalls", "Errors", "UntimedCalls", "Bytes", "ReadBytes", "WriteBytes", "FileBytes", "NetworkBytes", "PipeBytes", "OtherBytes"];

    private static readonly string[] s_times = ["FileTime", "NetworkTime", "PipeTime", "WaitTime", "OtherTime", "RestTime", "CpuTime", "OffCpuTime"];

    [Fact]
    public void A_span_has_what_was_done_in_it_and_in_the_spans_inside() => Assert.Equal(
        [
            "2 2 1 0 1000 1000 0 1000 0 0 0", "3 3 1 0 1300 1000 300 1000 300 0 0", "1 1 0 0 40 0 40 40 0 0 0", "1 1 0 0 7 0 7 7 0 0 0",
        ],
        Host.Run("Get-TracerSpan $sample -IO -Id 7, 8, 10").Select(s => Values(s, s_counts)));

    [Fact]
    public void Its_time_is_taken_apart() => Assert.Equal(
        [
            "300us 0s 0s 0s 1us 2.699ms null null", "300us 50us 0s 0s 3us 499.647ms null null",
            "10us 0s 0s 0s 0s 499.990001ms null null", "5us 0s 0s 0s 0s 20.469995001s null null",
        ],
        Host.Run("Get-TracerSpan $sample -IO -Id 7, 8, 10").Select(s => Values(s, s_times)));

    [Fact]
    public void Its_own_part_is_without_the_spans_inside()
    {
        Assert.Equal(["1 1 0 0 300 0 300 0 300 0 0"], Host.Run("(Get-TracerSpan $sample -IO -Id 7 -MinDuration 500ms).Own").Select(s => Values(s, s_counts)));
        Assert.Equal(["0s 50us 0s 0s 2us 496.948ms null null"], Host.Run("(Get-TracerSpan $sample -IO -Id 7 -MinDuration 500ms).Own").Select(s => Values(s, s_times)));
        Assert.Equal(["497ms 497ms"], Lines("Get-TracerSpan $sample -IO -Id 7 -MinDuration 500ms | ForEach-Object { \"$($_.SelfTime) $($_.Own.Time)\" }"));
    }

    [Fact]
    public void The_numbers_do_not_depend_on_which_spans_are_asked_for() => Assert.Equal(
        Host.Run("Get-TracerSpan $service -IO").Where(s => Values(s, "Tag").Contains("fib", StringComparison.Ordinal)).Select(s => Values(s, [.. s_counts, .. s_times])),
        Host.Run("Get-TracerSpan $service -IO -Tag *fib*").Select(s => Values(s, [.. s_counts, .. s_times])));

    [Fact]
    public void The_parts_add_up_to_the_duration_for_every_span_of_the_demo() => Assert.Equal(
        ["0"],
        Lines("""
            $wrong = 0
            Get-TracerSpan $demo -IO -State Finished | ForEach-Object {
                if ($_.FileTime + $_.NetworkTime + $_.PipeTime + $_.WaitTime + $_.OtherTime + $_.RestTime -ne $_.Duration) { $wrong++ }
                $own = $_.Own
                if ($own.FileTime + $own.NetworkTime + $own.PipeTime + $own.WaitTime + $own.OtherTime + $own.RestTime -ne $_.SelfTime) { $wrong++ }
            }
            $wrong
            """));

    [Fact]
    public void An_orphan_has_nothing_of_it() =>
        Assert.Equal("null null null", Values(Host.Run("Get-TracerSpan $sample -IO -State Orphan").Single(), "Own", "Calls", "RestTime"));

    [Fact]
    public void The_spans_are_the_same_otherwise() => Assert.Equal(
        Host.Run("Get-TracerSpan $service").Select(s => Values(s, "Id", "Tag", "Start", "End", "State", "Depth", "ParentId", "ThreadId", "EndThreadId", "Arguments")),
        Host.Run("Get-TracerSpan $service -IO").Select(s => Values(s, "Id", "Tag", "Start", "End", "State", "Depth", "ParentId", "ThreadId", "EndThreadId", "Arguments")));

    [Fact]
    public void They_are_a_table_of_where_the_time_went() => Assert.Equal(
        """

        Tag                                    Duration     Self     File  Network     Pipe     Wait    Other     Rest   Bytes
        ---                                    --------     ----     ----  -------     ----     ----    -----     ----   -----
        request.read                                3ms      3ms    300us       0s       0s       0s      1us  2.699ms  1000 B
        request                                   500ms    497ms    300us     50us       0s       0s      3us  499.6ms 1.27 KB
        lost
        hang                                              20.47s      5us       0s       0s       0s       0s   20.47s     7 B


        """,
        Host.Text("Get-TracerSpan $sample -IO -Id 7, 9, 10"));

    [Fact]
    public void The_list_view_shows_all_of_it_with_the_own_part()
    {
        string view = File.ReadAllText(Repository.PathOf("module/Tracers.Format.ps1xml"));
        List<string> shown = [];
        foreach (string name in (string[])[.. s_counts, .. s_times])
        {
            Assert.Contains($"<ScriptBlock>$_.ToTextWithOwn('{name}')</ScriptBlock>", view, StringComparison.Ordinal);
            shown.AddRange(Lines($"(Get-TracerSpan $sample -IO -Id 7 -MinDuration 500ms).ToTextWithOwn('{name}')"));
        }

        Assert.Equal(
            [
                "3 (own 1)", "3 (own 1)", "1 (own 0)", "0 (own 0)", "1.27 KB (own 300 B)", "1000 B (own 0 B)", "300 B (own 300 B)", "1000 B (own 0 B)",
                "300 B (own 300 B)", "0 B (own 0 B)", "0 B (own 0 B)",
                "300us (own 0s)", "50us (own 50us)", "0s (own 0s)", "0s (own 0s)", "3us (own 2us)", "499.6ms (own 496.9ms)", "", "",
            ],
            shown);
    }
}
