using System.Management.Automation;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class MeasureTracerIOInputTests(ModuleHost host) : CommandTests(host)
{
    private static readonly string[] s_row = ["SpanTag", "Calls", "Bytes", "Errors", "Time", "Fds"];

    [Fact]
    public void Several_files_accumulate_in_one_table()
    {
        SampleCapture.Write(FileName("b1.scap"));
        SampleCapture.Write(FileName("b2.scap"), compress: true);
        string[] twice = ["request.read 4 2000 2 600us 1", "request 4 680 0 120us 2", "hang 2 14 0 10us 1"];
        Assert.Equal(twice, Rows("Measure-TracerIO $folder/b1.scap, $folder/b2.scap"));
        Assert.Equal(twice, Rows("Measure-TracerIO $folder/b?.scap"));
        Assert.Equal(twice, Rows("\"$folder/b1.scap\", \"$folder/b2.scap\" | Measure-TracerIO"));
        Assert.Equal(twice, Rows("Get-TracerCapture $folder/b?.scap | Measure-TracerIO"));
        Assert.Equal(twice, Rows("Measure-TracerIO -LiteralPath $folder/b1.scap, $folder/b2.scap"));
        Assert.Equal(twice, Rows("Get-TracerEvent $folder/b?.scap | Measure-TracerIO"));
    }

    [Fact]
    public void Distinct_descriptors_of_several_files_are_told_apart_by_name()
    {
        CaptureScript.Write(FileName("a.scap"), script => script.Read(2000, CaptureScript.Web, CaptureScript.DataFd, 10), dataFile: "/a");
        CaptureScript.Write(FileName("b.scap"), script => script.Read(2000, CaptureScript.Web, CaptureScript.DataFd, 10), dataFile: "/b");
        Assert.Equal(["file 2"], Host.Run("Get-TracerEvent $folder/a.scap, $folder/b.scap | Measure-TracerIO -By FdType").Select(r => Values(r, "FdType", "Fds")));
        Assert.Equal(["file 2"], Host.Run("Measure-TracerIO $folder/a.scap, $folder/b.scap -By FdType").Select(r => Values(r, "FdType", "Fds")));
    }

    [Fact]
    public void Events_of_any_kind_may_come_and_only_reads_and_writes_count()
    {
        Assert.Equal(["request 300"], Host.Run("Get-TracerEvent $sample -Type sendto, tracer | Measure-TracerIO").Select(r => Values(r, "SpanTag", "Bytes")));
        Assert.Empty(Host.Run("Get-TracerEvent $sample -Type tracer | Measure-TracerIO"));
    }

    [Theory]
    [InlineData("@()")]
    [InlineData("Get-TracerEvent $sample -Type nosuch")]
    [InlineData("Get-TracerEvent $sample | Where-Object Number -gt 1000")]
    public void An_empty_pipeline_has_no_rows_and_is_no_error(string input) =>
        Assert.Empty(Host.Run($"Get-TracerSpan $sample > $null; {input} | Measure-TracerIO -By SpanTag"));

    [Fact]
    public void Without_path_and_input_the_last_capture_of_the_session_is_measured_and_named()
    {
        Host.Run("Get-TracerCapture $demo > $null; Get-TracerSpan $sample -Id 4711");
        Assert.Equal(Rows("Measure-TracerIO $sample"), Rows("Measure-TracerIO -By SpanTag -Verbose"));
        Assert.Contains($"Neither -Path nor input was given: measuring the session's last capture, '{Sample}'.", Host.Verbose);
        Host.Run("Get-TracerEvent $demo | Select-ProbeFirst");
        Assert.Equal(Rows("Measure-TracerIO $demo -By FdType"), Rows("Measure-TracerIO -By FdType"));
    }

    [Fact]
    public void A_relative_path_is_remembered_in_full()
    {
        Host.Run("Set-ProbeLocation $folder; Get-TracerSpan ./sample.scap > $null; Set-ProbeLocation /");
        Assert.Equal(3, Host.Run("Measure-TracerIO").Count);
    }

    [Fact]
    public void What_is_no_capture_does_not_become_the_last_capture_of_the_session()
    {
        Folder.File("notes.txt", "These are notes and no capture, long enough for a header.");
        Host.Run("Get-TracerSpan $sample > $null");
        Host.Try("Get-TracerSpan $folder/notes.txt; Get-TracerSpan $folder/missing.scap");
        Assert.Equal(["NotACapture", "CaptureNotFound"], ShortErrorIds);
        Assert.Equal(3, Host.Run("Measure-TracerIO").Count);
    }

    [Fact]
    public void In_a_session_that_read_nothing_there_is_one_error_that_says_what_to_type()
    {
        using ModuleHost fresh = new();
        Assert.Empty(fresh.Try("Measure-TracerIO -By SpanTag"));
        ErrorRecord error = Assert.Single(fresh.Errors);
        Assert.Equal("NoCapture,Tracers.Commands.MeasureTracerIOCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidOperation, error.CategoryInfo.Category);
        Assert.Contains("Measure-TracerIO -Path <file>", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_that_is_gone_meanwhile_is_one_error()
    {
        SampleCapture.Write(FileName("gone.scap"));
        Host.Run("Get-TracerSpan $folder/gone.scap > $null");
        File.Delete(FileName("gone.scap"));
        Assert.Empty(Host.Try("Measure-TracerIO"));
        Assert.Equal(["CaptureNotFound"], ShortErrorIds);
    }

    // Spans and events have a Path: bound by it, the whole capture would be read once for every one of them.
    [Theory]
    [InlineData("Get-TracerSpan $sample | Get-TracerSpan")]
    [InlineData("Get-TracerSpan $sample | Where-Object Duration -gt 500ms | Get-TracerCapture")]
    [InlineData("Get-TracerEvent $sample -First 3 | Get-TracerSpan")]
    [InlineData("Get-TracerEvent $sample -First 3 | Get-TracerCapture")]
    public void Objects_that_are_no_captures_are_refused_with_the_way_to_name_the_file(string pipeline)
    {
        Assert.Empty(Host.Try(pipeline));
        ErrorRecord error = Assert.Single(Host.Errors);
        Assert.StartsWith("NotACaptureObject,Tracers.Commands.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"-LiteralPath '{Sample}'", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hidden_parameters_of_refused_objects_are_not_completed() =>
        Assert.DoesNotContain(Host.Complete("Get-TracerSpan -"), match => match.CompletionText is "-Span" or "-Capture" or "-InputObject");

    // cap[1].scap is a wildcard that means cap1.scap: a capture that was described must be read by its very name.
    [Fact]
    public void A_described_capture_is_read_by_its_literal_path()
    {
        SampleCapture.Write(FileName("cap[1].scap"));
        File.WriteAllText(FileName("cap1.scap"), "the wrong file");
        Assert.Equal(9, Host.Run("Get-TracerCapture -LiteralPath \"$folder/cap[1].scap\" | Get-TracerSpan").Count);
        Assert.NotEmpty(Host.Run("Get-TracerCapture -LiteralPath \"$folder/cap[1].scap\" | Measure-TracerIO"));
    }

    private IEnumerable<string> Rows(string script) =>
        Host.Run(script).Select(row => Values(row, s_row.Where(name => row.Properties[name] is not null)));
}
