using System.Management.Automation;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class GetTracerSpanTests(ModuleHost host) : CommandTests(host)
{
    private static readonly string[] s_work =
    [
        "Own", "Calls", "IOCalls", "Errors", "UntimedCalls", "Bytes", "ReadBytes", "WriteBytes", "FileBytes", "NetworkBytes", "PipeBytes", "OtherBytes",
        "FileTime", "NetworkTime", "PipeTime", "WaitTime", "OtherTime", "RestTime", "CpuTime", "OffCpuTime",
    ];

    private static readonly string[] s_withoutIO = Array.ConvertAll(s_work, static name => name + "=null");

    [Fact]
    public void Spans_come_when_they_end_and_the_unfinished_ones_last() => Assert.Equal(
        [
            "request.read 3ms", "request 500ms", "request 500.000001ms", "tick.long 500us", "tick.short 499.999us",
            "lost (Orphan)", "slow 10s", "slow 10.000000001s", "hang (Unfinished)",
        ],
        Host.Run("Get-TracerSpan $sample").Select(span => span.ToString()));

    [Fact]
    public void A_finished_span_inside_another_has_every_property() => Assert.Equal(
        [
            "Id=7", "Tag=request.read", "Tags=[request,read]", "Arguments={}", "EndArguments={bytes=1000}",
            "Start=2000000", "End=5000000", "Duration=3ms", "SelfTime=3ms", "State=Finished", "Depth=1", "ParentId=7", "ParentTag=request", "ParentEvidence=Tags",
            "ThreadId=100", "ProcessId=100", "ProcessName=web", "EndThreadId=100", "EndProcessId=100", "EndProcessName=web", "ChildHits=0", $"Path={Sample}", .. s_withoutIO,
        ],
        Properties(Host.Run("Get-TracerSpan $sample")[0]));

    [Fact]
    public void A_span_closed_by_another_thread_belongs_to_the_one_that_opened_it() => Assert.Equal(
        [
            "Id=8", "Tag=request", "Tags=[request]", "Arguments={}", "EndArguments={}",
            "Start=7000000", "End=507000001", "Duration=500.000001ms", "SelfTime=500.000001ms", "State=Finished", "Depth=0", "ParentId=null", "ParentTag=null", "ParentEvidence=None",
            "ThreadId=101", "ProcessId=100", "ProcessName=web-worker", "EndThreadId=100", "EndProcessId=100", "EndProcessName=web", "ChildHits=0", $"Path={Sample}", .. s_withoutIO,
        ],
        Properties(Host.Run("Get-TracerSpan $sample -Id 8").Single()));

    [Fact]
    public void An_orphan_has_an_end_and_no_beginning() => Assert.Equal(
        [
            "Id=9", "Tag=lost", "Tags=[lost]", "Arguments={}", "EndArguments={}",
            "Start=null", "End=520000000", "Duration=null", "SelfTime=null", "State=Orphan", "Depth=null", "ParentId=null", "ParentTag=null", "ParentEvidence=None",
            "ThreadId=200", "ProcessId=200", "ProcessName=tar", "EndThreadId=200", "EndProcessId=200", "EndProcessName=tar", "ChildHits=0", $"Path={Sample}", .. s_withoutIO,
        ],
        Properties(Host.Run("Get-TracerSpan $sample -State Orphan").Single()));

    [Fact]
    public void An_unfinished_span_has_a_beginning_and_no_end() => Assert.Equal(
        [
            "Id=10", "Tag=hang", "Tags=[hang]", "Arguments={}", "EndArguments={}",
            "Start=530000000", "End=null", "Duration=null", "SelfTime=null", "State=Unfinished", "Depth=0", "ParentId=null", "ParentTag=null", "ParentEvidence=None",
            "ThreadId=101", "ProcessId=100", "ProcessName=web-worker", "EndThreadId=null", "EndProcessId=null", "EndProcessName=null", "ChildHits=0", $"Path={Sample}", .. s_withoutIO,
        ],
        Properties(Host.Run("Get-TracerSpan $sample -State Unfinished").Single()));

    [Fact]
    public void Arguments_are_of_the_marker_that_carries_them() => Assert.Equal(
        ["{path=/a,user=me} {status=200}", "{} {bytes=1000}"],
        Host.Run("Get-TracerSpan $sample -Id 7").Reverse().Select(s => Values(s, "Arguments", "EndArguments")));

    [Fact]
    public void Arguments_are_read_by_name() => Assert.Equal(
        ["me /a 200", "null"],
        Lines("""
            Get-TracerSpan $sample -Id 7 -Tag request -MinDuration 500ms | ForEach-Object { "$($_.Arguments.user) $($_.Arguments.path) $($_.EndArguments.status)" }
            if ($null -eq (Get-TracerSpan $sample -Id 7 -Tag read).Arguments.user) { 'null' }
            """));

    [Fact]
    public void The_last_of_two_arguments_with_one_name_counts_and_parents_can_be_named()
    {
        CaptureScript.Write(FileName("named.scap"), script =>
        {
            script.Mark(1, CaptureScript.Web, ">:1:job::");
            script.Mark(2, CaptureScript.Backup, """[">", 2, ["part", "x.y"], [{"parent":"1"}, {"k":"a"}, {"k":"b"}]]""");
            script.Mark(3, CaptureScript.Backup, ">:2:");
            script.Mark(4, CaptureScript.Backup, "split::");
            script.Mark(5, CaptureScript.Backup, ">:2:cut");
        });
        Assert.Equal(
            [
                "job null null None 0 {}", "part.x.y job 1 Argument 1 {parent=1,k=b}", "split part.x.y 2 Thread 2 {}",
            ],
            Host.Run("Get-TracerSpan $folder/named.scap").Select(s => Values(s, "Tag", "ParentTag", "ParentId", "ParentEvidence", "Depth", "Arguments")));
        Assert.Equal(["3 0 1"], Host.Run("Get-TracerCapture $folder/named.scap").Select(c => Values(c, "Markers", "BadMarkers", "UnfinishedMarkers")));
        Assert.Equal(["job"], Lines("(Get-TracerSpan $folder/named.scap | Where-Object ParentEvidence -eq Argument).ParentTag"));
        Assert.Contains("1 markers were begun", string.Join('\n', Lines("Get-TracerSpan $folder/named.scap -Verbose 4>&1")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Tag request", "7 7 8")]
    [InlineData("-Tag request.read", "7")]
    [InlineData("-Tag REQUEST.R*", "7")]
    [InlineData("-Tag read", "7")]
    [InlineData("-Tag r*d", "7")]
    [InlineData("-Tag tick.*", "1 2")]
    [InlineData("-Tag l?st, *.short", "2 9")]
    [InlineData("-Tag '[st]*'", "1 2 11 12")]
    [InlineData("-Tag equest", "")]
    [InlineData("-Id 7", "7 7")]
    [InlineData("-Id 12, 9, 4711", "9 12")]
    [InlineData("-Id 7 -Tag *.read", "7")]
    [InlineData("-MinDuration 500ms", "7 8 11 12")]
    [InlineData("-MinDuration 500.000001ms", "8 11 12")]
    [InlineData("-MinDuration 0.5s", "7 8 11 12")]
    [InlineData("-MinDuration 10s", "11 12")]
    [InlineData("-MinDuration 10.000000001s", "12")]
    [InlineData("-MinDuration 500us", "7 7 8 1 11 12")]
    [InlineData("-MinDuration 499.999us -Tag tick.*", "1 2")]
    [InlineData("-MinDuration 0", "7 7 8 1 2 11 12")]
    [InlineData("-MinDuration 1h", "")]
    [InlineData("-State Finished", "7 7 8 1 2 11 12")]
    [InlineData("-State orphan, unfinished", "9 10")]
    [InlineData("-State Unfinished -MinDuration 0", "")]
    public void A_parameter_selects_spans(string parameters, string ids) => Assert.Equal(
        ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(),
        Lines($"Get-TracerSpan $sample {parameters} | ForEach-Object Id").Order());

    [Theory]
    [InlineData("Duration -gt 500ms", "8 11 12")]
    [InlineData("Duration -ge 500ms", "7 8 11 12")]
    [InlineData("Duration -eq 500ms", "7")]
    [InlineData("Duration -gt 0.5s", "8 11 12")]
    [InlineData("Duration -gt 0.500000001s", "11 12")]
    [InlineData("Duration -gt 10s", "12")]
    [InlineData("Duration -ge 10s", "11 12")]
    [InlineData("Duration -gt 499.999us", "7 7 8 1 11 12")]
    [InlineData("{ $_.Duration -gt '500ms' }", "8 11 12")]
    [InlineData("{ $null -ne $_.Duration -and $_.Duration -lt '500us' }", "2")]
    [InlineData("Depth -eq 1", "7")]
    [InlineData("Tags -contains read", "7")]
    [InlineData("ProcessName -like *worker", "8 10")]
    [InlineData("Duration -eq $null", "9 10")]
    public void Where_Object_selects_spans_exactly(string condition, string ids) => Assert.Equal(
        ids.Split(' ').Order(), Lines($"Get-TracerSpan $sample | Where-Object {condition} | ForEach-Object Id").Order());

    // PowerShell itself says that null is less than anything.
    [Fact]
    public void Less_than_also_takes_the_spans_that_have_no_duration()
    {
        Assert.Equal(["2", "9", "10"], Lines("Get-TracerSpan $sample | Where-Object Duration -lt 500us | ForEach-Object Id"));
        Assert.Equal(["1", "2", "9", "10"], Lines("Get-TracerSpan $sample | Where-Object Duration -le 500us | ForEach-Object Id"));
        Assert.Equal(["2"], Lines("Get-TracerSpan $sample -State Finished | Where-Object Duration -lt 500us | ForEach-Object Id"));
    }

    [Fact]
    public void Written_spans_do_not_change_when_more_are_read()
    {
        IReadOnlyList<PSObject> spans = Host.Run("Get-TracerSpan $sample, $demo");
        string[] before = [.. spans.Select(s => string.Join(';', Properties(s)))];
        Host.Run("Get-TracerSpan $demo");
        Assert.Equal(before, spans.Select(s => string.Join(';', Properties(s))));
        Assert.Equal(before.Length, before.Distinct().Count());
    }

    [Theory]
    [InlineData("-MinDuration 10", "CannotConvertArgument")]
    [InlineData("-MinDuration soon", "CannotConvertArgument")]
    [InlineData("-State Done", "CannotConvertArgument")]
    [InlineData("-Tag ''", "ParameterArgumentValidationError")]
    [InlineData("-Id x", "CannotConvertArgument")]
    public void A_value_that_means_nothing_is_refused(string parameters, string id)
    {
        Assert.Empty(Host.Try($"Get-TracerSpan $sample {parameters}"));
        Assert.StartsWith(id, Assert.Single(Host.ErrorIds), StringComparison.Ordinal);
    }
}
