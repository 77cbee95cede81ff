using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class MeasureTracerCallTests(ModuleHost host) : CommandTests(host)
{
    // Calls, failed ones, time, average, maximum, events.
    [Fact]
    public void Calls_are_counted_by_their_names_and_those_with_most_time_come_first() => Assert.Equal(
        ["read 3 1 1.3ms 433.333us 1ms 6", "sendto 1 0 50us 50us 50us 2", "write 3 0 35us 11.666us 20us 8"],
        Host.Run("Measure-TracerCall $sample").Select(r => Values(r, "Syscall", "Calls", "Failed", "Time", "Average", "Maximum", "Events")));

    [Theory]
    [InlineData("-By ErrorName", "null 6, EIO 1")]
    [InlineData("-By ErrorName -Filter 'evt.num < 9' -OrderBy Failed", "EIO 1, null 1")]
    [InlineData("-By Category", "file 5, net 1, ipc 1")]
    [InlineData("-By proc.name -OrderBy Calls", "web 3, tar 2, web-worker 2")]
    [InlineData("-By proc.name -OrderBy Calls -Top 1", "web 3")]
    [InlineData("-By SpanTag", "request.read 2, request 2, hang 1")]
    [InlineData("-By SpanTag -IncludeUnattributed", "null 2, request.read 2, request 2, hang 1")]
    [InlineData("-By FdType -Filter 'evt.dir = < and fd.type = file'", "file 5")]
    public void A_key_and_a_filter_and_an_order_can_be_chosen(string parameters, string rows) =>
        Assert.Equal(rows, string.Join(", ", Host.Run($"Measure-TracerCall $sample {parameters}").Select(r => $"{Values(r, r.Properties.First().Name, "Calls")}")));

    [Fact]
    public void Intervals_have_the_beginning_first() => Assert.Equal(
        ["999000 read", "500999000 read"],
        Host.Run("Measure-TracerCall $sample -Interval 500ms -Top 1").Select(r => Values(r, "IntervalStart", "Syscall")));

    [Fact]
    public void Several_captures_are_one_table() => Assert.Equal(
        ["read 6", "sendto 2", "write 6"],
        Host.Run("Measure-TracerCall $sample, $sample").Select(r => Values(r, "Syscall", "Calls")));

    [Fact]
    public void Spans_from_the_pipeline_select_the_calls_inside_of_them()
    {
        Assert.Equal(["read 2", "sendto 1"], Host.Run("Get-TracerSpan $sample -Tag request -Id 7 | Measure-TracerCall").Select(r => Values(r, "Syscall", "Calls")));
        Assert.Equal(["request.read 2"], Host.Run("Get-TracerSpan $sample -Tag request.read | Measure-TracerCall -By SpanTag").Select(r => Values(r, "SpanTag", "Calls")));
    }

    [Fact]
    public void What_lies_in_no_span_is_told_in_verbose()
    {
        Host.Run("Measure-TracerCall $sample -By SpanTag -Verbose");
        Assert.Contains("2 calls lie in no span and are in no row; -IncludeUnattributed shows them.", Host.Verbose);
    }

    [Theory]
    [InlineData("-By Nothing", "FieldNotValid")]
    [InlineData("-Filter 'x'", "FilterNotValid")]
    [InlineData("-Top 0", "ParameterArgumentValidationError")]
    [InlineData("-OrderBy Nothing", "CannotConvertArgument")]
    public void What_means_nothing_is_refused(string parameters, string id)
    {
        Assert.Empty(Host.Try($"Measure-TracerCall $sample {parameters}"));
        Assert.StartsWith(id, Assert.Single(Host.ErrorIds), StringComparison.Ordinal);
    }
}
