using System.Management.Automation;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>Spans from the pipeline: the events and the I/O that lie in them.</summary>
public sealed class SpanDrillTests(ModuleHost host) : CommandTests(host)
{
    private const string Slow = "Get-TracerSpan $sample | Where-Object Duration -gt 500ms";
    private const string Requests = "Get-TracerSpan $sample -Tag request | Where-Object Depth -eq 0";

    private static readonly string[] s_event = ["ThreadId", "Type", "Direction"];

    [Fact]
    public void Get_TracerEvent_gives_the_events_inside_the_spans_that_are_piped_to_it() => Assert.Equal(
        ["101 write >", "101 write <", "200 tracer <", "200 tracer <"], Events($"{Slow} | Get-TracerEvent"));

    [Fact]
    public void The_scope_says_whose_events() => Assert.Equal(
        ["101 write >", "101 write <", "100 tracer <", "100 tracer <", "200 tracer <", "200 tracer <"], Events($"{Slow} | Get-TracerEvent -Scope Process"));

    [Fact]
    public void The_other_parameters_select_among_them()
    {
        Assert.Equal(["200 tracer <", "200 tracer <"], Events($"{Slow} | Get-TracerEvent -Type tracer"));
        Assert.Equal(["101 write <"], Events($"{Slow} | Get-TracerEvent -Skip 1 -First 1"));
        Assert.Equal(2, Lines($"{Slow} | Get-TracerEvent -AsText -ThreadId 200").Count);
        Assert.Equal(["101 write >", "101 write <", "200 write >", "200 tracer <", "200 write >", "200 tracer <"], Events($"{Slow} | Get-TracerEvent -IncludeHidden"));
    }

    [Theory]
    [InlineData(Slow + " | Measure-TracerIO -By FdName", "/srv/data.bin 40 1")]
    [InlineData(Requests + " | Measure-TracerIO -By SpanTag", "request 1340 4")]
    [InlineData(Requests + " | Measure-TracerIO -By SpanTag -Nesting Innermost", "request 340 2")]
    [InlineData(Requests + " | Measure-TracerIO -By SpanId", "7 1300 3;8 40 1")]
    [InlineData(Requests + " | Measure-TracerIO -By SpanId -Tag request.read", "7 1000 2")]
    [InlineData("Get-TracerSpan $sample -Tag request | Measure-TracerIO -By SpanTag", "request.read 1000 2;request 340 2")]
    [InlineData("Get-TracerSpan $sample -Id 7 | Measure-TracerIO -By SpanId -Scope Machine", "7 1340 4")]
    [InlineData("Get-TracerSpan $sample -State Unfinished | Measure-TracerIO -By SpanTag -Scope Machine", "hang 5067 3")]
    [InlineData("Get-TracerSpan $sample -State Unfinished | Measure-TracerIO -By SpanTag -Scope Children", "hang 7 1")]
    [InlineData("Measure-TracerIO -Span (Get-TracerSpan $sample -Id 7, 8) -By ProcessName", "web 1300 3;web-worker 40 1")]
    [InlineData("Measure-TracerIO $sample -By SpanTag -Scope Machine", "hang 5067 3;request.read 1000 2;request 340 2")]
    [InlineData("Measure-TracerIO $sample -By SpanTag -Scope Process", "request.read 1000 2;request 340 2;hang 7 1")]
    [InlineData("Get-TracerSpan $sample -Tag nosuch | Measure-TracerIO", "")]
    public void Measure_TracerIO_sums_what_lies_in_them(string script, string rows) => Assert.Equal(
        rows, string.Join(';', Host.Run(script).Select(row => $"{row.Properties.OfType<PSNoteProperty>().Single().Value} {Values(row, "Bytes", "Calls")}")));

    [Fact]
    public void Each_capture_is_read_once_however_many_spans_come_and_in_the_order_of_its_first_span()
    {
        string[] files = [.. Host.Run("@(Get-TracerSpan $service -Tag download_handler) + @(Get-TracerSpan $sample) + @(Get-TracerSpan $service) | Get-TracerEvent -Verbose")
            .Select(e => (string)e.Properties["Path"].Value)];
        Assert.Equal([Service, Sample], files.Where((path, i) => i == 0 || path != files[i - 1]));
        Assert.Equal(2, Host.Verbose.Count(line => line.Contains(": read ", StringComparison.Ordinal)));
        Assert.Contains($"'{Sample}': reading what lies in 8 spans.", Host.Verbose);
        Assert.Single(Host.Warnings);
    }

    [Fact]
    public void What_is_behind_the_last_span_is_not_read()
    {
        Host.Run("Get-TracerSpan $sample -Id 7 | Get-TracerEvent -Verbose");
        Assert.Contains(Host.Verbose, line => line.EndsWith("read 18 events and 5 markers.", StringComparison.Ordinal));
    }

    [Fact]
    public void Orphans_are_left_out_with_a_word_why()
    {
        Assert.Empty(Host.Run("Get-TracerSpan $sample -State Orphan | Get-TracerEvent"));
        Assert.StartsWith("1 of the spans are orphans: where they began is not in the capture", Assert.Single(Host.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_that_has_changed_since_is_one_error_and_the_next_one_follows()
    {
        SampleCapture.Write(FileName("changed.scap"));
        Assert.Equal(4, Host.Try("$spans = Get-TracerSpan $folder/changed.scap; [IO.File]::Copy($service, \"$folder/changed.scap\", $true); $spans + @(" + Slow + ") | Get-TracerEvent").Count);
        ErrorRecord error = Assert.Single(Host.Errors);
        Assert.Equal("CaptureChanged,Tracers.Commands.GetTracerEventCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Equal(FileName("changed.scap"), error.TargetObject);
        Assert.Contains("has changed since the spans were read: span 1, 'request' with the id 7, is not there any more. Read the spans again", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_that_is_gone_since_is_one_error()
    {
        SampleCapture.Write(FileName("gone.scap"));
        Host.Try("$spans = Get-TracerSpan $folder/gone.scap; [IO.File]::Delete(\"$folder/gone.scap\"); $spans | Measure-TracerIO");
        Assert.Equal(["CaptureOfSpansGone"], ShortErrorIds);
    }

    // More spans than there were, and a longer last one: what was read before is still there.
    [Fact]
    public void A_capture_that_has_grown_since_is_no_error()
    {
        byte[] all = File.ReadAllBytes(Sample);
        File.WriteAllBytes(FileName("growing.scap"), all[..(all.Length * 2 / 3)]);
        Host.SetVariable("all", all);
        Assert.NotEmpty(Host.Try("$spans = Get-TracerSpan $folder/growing.scap 2> $null; [IO.File]::WriteAllBytes(\"$folder/growing.scap\", $all); $spans | Get-TracerEvent"));
        Assert.DoesNotContain("CaptureChanged", ShortErrorIds);
    }

    [Theory]
    [InlineData("Get-TracerEvent $sample -Scope Process", "NoSpans")]
    [InlineData("Get-TracerEvent $sample -Nesting Innermost", "NoSpans")]
    [InlineData("Measure-TracerIO $sample -Nesting Any", "NoSpans")]
    [InlineData("Get-TracerEvent $sample | Measure-TracerIO -Nesting Any", "NoSpans")]
    [InlineData("Get-TracerEvent $sample | Measure-TracerIO -Scope Process", "ScopeOfEvents")]
    [InlineData("Get-TracerSpan $sample | Get-TracerEvent -Scope Nobody", "CannotConvertArgumentNoMessage")]
    [InlineData("Get-TracerSpan $sample | Get-TracerEvent -Scope Thread, Process", "ParameterArgumentValidationError")]
    public void What_means_nothing_is_one_error(string script, string id)
    {
        Assert.Empty(Host.Try(script));
        Assert.Equal([id], ShortErrorIds);
    }

    private IEnumerable<string> Events(string script) => Host.Run(script).Select(e => Values(e, s_event));
}
