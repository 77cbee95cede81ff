using System.Management.Automation;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>-Filter on every command that reads events, and what it says of a text that is none.</summary>
public sealed class FilterTests(ModuleHost host) : CommandTests(host)
{
    public static TheoryData<string> Commands =>
    [
        "Get-TracerEvent $sample", "Get-TracerSpan $sample", "Measure-TracerIO $sample", "Measure-TracerCall $sample", "Measure-TracerSpan $sample", "Compare-TracerCapture $sample $sample", "Export-TracerCapture $sample -Format Text -Destination $folder/out.txt",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_error_is_the_commands_own_and_shows_the_place(string command)
    {
        Assert.Empty(Host.Try($"{command} -Filter 'evt.num > 1 and proc.nme = web'"));

        ErrorRecord error = Assert.Single(Host.Errors);
        Assert.StartsWith("FilterNotValid,Tracers.Commands.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal("evt.num > 1 and proc.nme = web", error.TargetObject);
        string[] lines = error.Exception.Message.Split('\n');
        Assert.StartsWith("There is no field 'proc.nme'. Did you mean proc.name?", lines[0], StringComparison.Ordinal);
        Assert.Equal("  evt.num > 1 and proc.nme = web", lines[1]);
        Assert.Equal("                  ^^^^^^^^", lines[2]);
    }

    // PowerShell shows such an error as one line, where a caret is under nothing.
    [Fact]
    public void In_a_script_file_an_error_shows_the_place_within_one_line()
    {
        File.WriteAllText(FileName("ask.ps1"), "param($file)\nGet-TracerEvent $file -Filter 'evt.num > 1 and proc.nme = web'\n");
        Assert.Empty(Host.Try("& $folder/ask.ps1 $sample"));
        ErrorRecord error = Assert.Single(Host.Errors);
        Assert.StartsWith(
            "There is no field 'proc.nme'. Did you mean proc.name? The place is before <-- HERE: evt.num > 1 and proc.nme <-- HERE = web. ",
            error.ErrorDetails.Message,
            StringComparison.Ordinal);
        File.WriteAllText(FileName("ask.ps1"), "param($file)\nGet-TracerEvent $file -Filter '(evt.num > 1'\n");
        Assert.Empty(Host.Try("& $folder/ask.ps1 $sample"));
        Assert.Contains(" HERE: ( <-- HERE evt.num > 1. ", Host.Errors[^1].ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains("\n                  ^^^^^^^^\n", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("proc.name = web and evt.type = read", "5 6 7 8")]
    [InlineData("evt.type = tracer and evt.dir = < and proc.name = web", "10 18 20")]
    [InlineData("evt.num <= 2 or evt.num = 4", "1 2 4")]
    [InlineData("fd.type = ipv4", "11 12")]
    public void It_selects_events(string filter, string numbers) =>
        Assert.Equal(numbers, string.Join(' ', Lines($"Get-TracerEvent $sample -Filter '{filter}' | ForEach-Object Number")));

    [Fact]
    public void It_goes_with_the_other_parameters() => Assert.Equal(
        ["6"],
        Lines("Get-TracerEvent $sample -Filter 'proc.name = web' -Type read -Skip 1 -First 1 | ForEach-Object Number"));

    [Fact]
    public void It_selects_lines_of_text()
    {
        Assert.Equal(Lines("Get-TracerEvent $sample -Filter 'fd.type=file' | ForEach-Object ToString"), Lines("Get-TracerEvent $sample -Filter 'fd.type=file' -AsText"));
        Host.Run("Export-TracerCapture $sample -Format Text -Destination $folder/out.txt -Filter 'fd.type=file'");
        Assert.Equal(Lines("Get-TracerEvent $sample -Filter 'fd.type=file' -AsText"), File.ReadAllLines(FileName("out.txt")));
    }

    // Of a span the marker that closed it is asked; of one that is still open the marker that opened it.
    [Theory]
    [InlineData("proc.name = web", "request.read request request")]
    [InlineData("proc.name = web-worker", "hang")]
    [InlineData("evt.dir = >", "hang")]
    [InlineData("evt.dir = < and proc.name = tar", "tick.long tick.short lost slow slow")]
    [InlineData("evt.type = write", "")]
    public void It_selects_spans(string filter, string tags) =>
        Assert.Equal(tags, string.Join(' ', Lines($"Get-TracerSpan $sample -Filter '{filter}' | ForEach-Object Tag")));

    [Fact]
    public void A_filter_that_is_always_true_leaves_all_spans_as_they_are() => Assert.Equal(
        Host.Run("Get-TracerSpan $service").Select(span => string.Join(' ', Properties(span))),
        Host.Run("Get-TracerSpan $service -Filter 'evt.num exists'").Select(span => string.Join(' ', Properties(span))));

    [Fact]
    public void It_selects_what_is_summed() => Assert.Equal(
        ["request 300"],
        Host.Run("Measure-TracerIO $sample -Filter 'fd.type = ipv4 and evt.dir = <'").Select(r => Values(r, "SpanTag", "Bytes")));

    [Fact]
    public void It_goes_with_spans_from_the_pipeline()
    {
        Assert.Equal(["11", "12"], Lines("Get-TracerSpan $sample -Id 7 -Tag request | Get-TracerEvent -Filter 'fd.type = ipv4' | ForEach-Object Number"));
        Assert.Equal(["300"], Lines("Get-TracerSpan $sample -Id 7 -Tag request | Measure-TracerIO -By FdType -Filter 'fd.type = ipv4' | ForEach-Object Bytes"));
        Assert.Equal(["sendto"], Lines("Get-TracerSpan $sample -Id 7 -Tag request | Get-TracerEvent -Filter 'fd.type = ipv4 and evt.dir = <' -Property evt.type | ForEach-Object evt.type"));
    }

    [Fact]
    public void A_script_block_is_its_text() => Assert.Equal(
        ["11", "12"],
        Lines("Get-TracerEvent $sample -Filter { fd.type = ipv4 } | ForEach-Object Number"));

    [Fact]
    public void A_filter_can_be_read_once_and_used_several_times() => Assert.Equal(
        ["2", "2"],
        Lines("$f = [Tracers.FilterExpression]::Parse('fd.type = ipv4'); foreach ($i in 1, 2) { @(Get-TracerEvent $sample -Filter $f).Count }"));

    [Fact]
    public void Events_from_the_pipeline_are_for_Where_Object()
    {
        Host.Try("Get-TracerEvent $sample | Measure-TracerIO -Filter 'fd.type=ipv4'");
        Assert.Equal(["FilterOfInput"], ShortErrorIds);
        Assert.Contains("Where-Object", Host.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_selects_the_spans_of_a_summary()
    {
        Assert.Equal(["request.read 1", "request 2"], Host.Run("Measure-TracerSpan $sample -Filter 'proc.name = web'").Select(r => Values(r, "Tag", "Count")).OrderByDescending(r => r));
        Assert.Equal(
            Host.Run("Get-TracerSpan $sample -Filter 'proc.name = web' -IO | ForEach-Object Id").Select(o => o.ToString()),
            Lines("Get-TracerSpan $sample -Filter 'proc.name = web' | ForEach-Object Id"));
        Host.Try("Get-TracerSpan $sample | Measure-TracerSpan -Filter 'proc.name = web'");
        Assert.Equal(["FilterOfInput"], ShortErrorIds.Distinct());
    }

    [Fact]
    public void A_regular_expression_that_takes_too_long_is_an_error_that_names_it()
    {
        string path = FileName("long.scap");
        File.WriteAllBytes(path, Engine.CaptureBuilder.Typical().Write(100, 4, string.Concat(Enumerable.Repeat("ab1 ", 8_000))).ToArray());
        Assert.Empty(Host.Try($"Get-TracerEvent '{path}' -Filter 'evt.buffer regex \"(\\w*\\d*\\s*){{900}}x\"'"));

        ErrorRecord error = Assert.Single(Host.Errors);
        Assert.StartsWith("ExpressionTooSlow,Tracers.Commands.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.OperationTimeout, error.CategoryInfo.Category);
        Assert.Contains(@"(\w*\d*\s*){900}x", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Filter ''", "FilterNotValid")]
    [InlineData("-Filter $null", "ParameterArgumentValidationError")]
    [InlineData("-Filter 'evt.num contains 1'", "FilterNotValid")]
    public void What_is_no_filter_is_refused(string parameters, string id)
    {
        Assert.Empty(Host.Try($"Get-TracerEvent $sample {parameters}"));
        Assert.StartsWith(id, Assert.Single(Host.ErrorIds), StringComparison.Ordinal);
    }
}
