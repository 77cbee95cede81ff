using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class ExportTracerSpanTests(ModuleHost host) : CommandTests(host)
{
    private string Destination => FileName("spans.out");

    [Theory]
    [InlineData("$demo")]
    [InlineData("$service")]
    [InlineData("$sample")]
    public void The_lines_of_collapsed_stacks_add_up_to_what_Measure_TracerSpan_says(string capture)
    {
        Host.Run($"Export-TracerSpan {capture} -Format Collapsed -Destination $folder/spans.out");
        (string Stack, long Weight)[] lines = Collapsed();
        Dictionary<string, long> expected = Host.Run($"Measure-TracerSpan {capture}").Where(r => r.Properties["SelfTime"].Value is Duration { Nanoseconds: > 0 })
            .ToDictionary(r => (string)r.Properties["Tag"].Value, r => ((Duration)r.Properties["SelfTime"].Value).Nanoseconds);
        Assert.Equal(expected, lines.GroupBy(l => l.Stack.Split(';')[^1]).ToDictionary(g => g.Key, g => g.Sum(l => l.Weight)));
    }

    [Fact]
    public void By_bytes_they_add_up_to_what_the_spans_read_and_wrote_themselves()
    {
        Host.Run("Export-TracerSpan $demo -Format Collapsed -Weight Bytes -Destination $folder/spans.out");
        long bytes = Host.Run("Get-TracerSpan $demo -IO").Sum(s => ((TracerSpan)s.BaseObject).Own!.Bytes);
        Assert.Equal(bytes, Collapsed().Sum(l => l.Weight));
        Assert.Equal(bytes, Host.Run("Measure-TracerIO $demo -By SpanTag").Sum(r => (long)r.Properties["Bytes"].Value));
    }

    [Theory]
    [InlineData("Chrome", 532)]
    [InlineData("Json", 532)]
    public void Every_span_is_in_the_file(string format, int count)
    {
        Assert.Empty(Host.Run($"Export-TracerSpan $demo -Format {format} -Destination $folder/spans.out"));
        JsonElement root = JsonDocument.Parse(File.ReadAllBytes(Destination)).RootElement;
        JsonElement[] spans = [.. (format == "Json" ? root : root.GetProperty("traceEvents")).EnumerateArray()];
        Assert.Equal(Lines("@(Get-TracerSpan $demo).Count").Single(), count.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(count, spans.Count(s => format == "Json" || s.GetProperty("ph").GetString() is "X" or "b" or "i"));
    }

    [Fact]
    public void A_selection_is_written_alone_or_with_its_whole_traces()
    {
        Assert.Equal(["request.read"], Tags("Export-TracerSpan $sample -Tag request.read"));
        Assert.Equal(["request.read", "request"], Tags("Export-TracerSpan $sample -Tag request.read -WholeTrace"));
        Assert.Equal(["request.read"], Tags("Get-TracerSpan $sample -Tag request.read | Export-TracerSpan"));
        Assert.Equal(["request.read", "request"], Tags("Get-TracerSpan $sample -Tag request.read | Export-TracerSpan -WholeTrace"));
        Assert.Equal(["request.read"], Tags("Get-TracerSpan $sample | Export-TracerSpan -Tag request.read"));
        Assert.Equal(["request"], Tags("Get-TracerSpan $sample | Where-Object Id -eq 7 | Export-TracerSpan -MinDuration 10ms"));
        Assert.Equal(["hang"], Tags("Export-TracerSpan $sample -State Unfinished"));
        Assert.Equal(["request", "request"], Tags("Export-TracerSpan $sample -Filter 'span.tags = request'"));
    }

    [Fact]
    public void With_IO_the_file_has_what_was_done()
    {
        Host.Run("Export-TracerSpan $sample -Tag request.read -IO -Format Json -Destination $folder/spans.out");
        JsonElement span = JsonDocument.Parse(File.ReadAllBytes(Destination)).RootElement[0];
        Assert.Equal((1000, 2, 1), (span.GetProperty("Bytes").GetInt64(), span.GetProperty("Calls").GetInt64(), span.GetProperty("Errors").GetInt64()));
        Host.Run("Export-TracerSpan $sample -Tag request.read -Format Json -Destination $folder/spans.out -Force");
        Assert.False(JsonDocument.Parse(File.ReadAllBytes(Destination)).RootElement[0].TryGetProperty("Bytes", out _));

        // Piped spans have what they were read with.
        Host.Run("Get-TracerSpan $sample -Tag request.read -IO | Export-TracerSpan -Format Json -Destination $folder/spans.out -Force");
        Assert.Equal(1000, JsonDocument.Parse(File.ReadAllBytes(Destination)).RootElement[0].GetProperty("Bytes").GetInt64());
        Host.Run("Get-TracerSpan $sample -Tag request.read | Export-TracerSpan -WholeTrace -IO -Format Json -Destination $folder/spans.out -Force");
        Assert.Equal(1300, JsonDocument.Parse(File.ReadAllBytes(Destination)).RootElement[1].GetProperty("Bytes").GetInt64());
    }

    [Theory]
    [InlineData("-IO -Format Csv")]
    [InlineData("-Weight Bytes -Format Collapsed")]
    public void Piped_spans_without_what_was_done_are_an_error_where_it_is_asked_for(string parameters)
    {
        Host.Try($"Get-TracerSpan $sample | Export-TracerSpan {parameters} -Destination $folder/spans.out");
        Assert.Equal(["SpansWithoutIO"], ShortErrorIds);
        Assert.False(File.Exists(Destination));
    }

    [Theory]
    [InlineData("Collapsed", "Time")]
    [InlineData("Chrome", "Time")]
    [InlineData("Json", "SelfTime")]
    [InlineData("Csv", "Bytes")]
    public void A_weight_that_a_format_does_not_have_is_an_error(string format, string weight)
    {
        Host.Try($"Export-TracerSpan $sample -Format {format} -Weight {weight} -Destination $folder/spans.out");
        Assert.Equal(["WeightNotForFormat"], ShortErrorIds);
        Assert.False(File.Exists(Destination));
    }

    [Theory]
    [InlineData("Chrome")]
    [InlineData("Csv")]
    [InlineData("Speedscope")]
    public void Where_no_span_is_selected_no_file_is_written(string format)
    {
        Host.Try($"Export-TracerSpan $sample -Tag none -Format {format} -Destination $folder/spans.out");
        Assert.Equal(["NoSpansToExport"], ShortErrorIds);
        Assert.False(File.Exists(Destination));
        Host.Try($"Get-TracerSpan $sample -Tag none | Export-TracerSpan -Format {format} -Destination $folder/spans.out");
        Assert.DoesNotContain("CaptureNotFound", ShortErrorIds);
        Assert.False(File.Exists(Destination));
    }

    [Fact]
    public void A_file_that_is_there_is_kept_unless_forced()
    {
        File.WriteAllText(Destination, "precious");
        Host.Try("Export-TracerSpan $sample -Format Csv -Destination $folder/spans.out");
        Assert.Equal(["DestinationExists"], ShortErrorIds);
        Assert.Equal("precious", File.ReadAllText(Destination));
        Host.Run("Export-TracerSpan $sample -Format Csv -Destination $folder/spans.out -Force -WhatIf");
        Assert.Equal("precious", File.ReadAllText(Destination));
        Host.Run("Get-TracerSpan $sample | Export-TracerSpan -Format Csv -Destination $folder/spans.out -Force -WhatIf");
        Assert.Equal("precious", File.ReadAllText(Destination));
        Host.Run("Export-TracerSpan $sample -Format Csv -Destination $folder/spans.out -Force");
        Assert.StartsWith("Id,Tag,", File.ReadAllText(Destination), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Folder.FullName, "*.partial"));
    }

    [Theory]
    [InlineData("$folder", "DestinationIsDirectory")]
    [InlineData("$sample", "DestinationIsSource")]
    [InlineData("$folder/no/such/folder.json", "DestinationNotWritable")]
    [InlineData("Variable:x", "NotAFileSystemPath")]
    public void A_destination_that_cannot_be_written_is_one_error(string destination, string id)
    {
        byte[] before = File.ReadAllBytes(Sample);
        Host.Try($"Export-TracerSpan $sample -Format Json -Destination {destination} -Force");
        Assert.Equal([id], ShortErrorIds);
        Assert.NotEqual(ErrorCategory.NotSpecified, Assert.Single(Host.Errors).CategoryInfo.Category);
        Assert.Equal(before, File.ReadAllBytes(Sample));
    }

    [Fact]
    public void Piped_spans_do_not_replace_the_capture_that_they_came_from()
    {
        byte[] before = File.ReadAllBytes(Sample);
        Host.Try("Get-TracerSpan $sample | Export-TracerSpan -Format Json -Destination $sample -Force");
        Assert.Equal(["DestinationIsSource"], ShortErrorIds);
        Assert.Equal(before, File.ReadAllBytes(Sample));
    }

    [Theory]
    [InlineData("$demo, $sample")]
    [InlineData("$folder/other.scap, $folder/sample.scap")]
    [InlineData("$folder/*.scap")]
    public void The_spans_of_other_captures_do_not_replace_a_capture_that_is_read(string captures)
    {
        File.Copy(Demo, FileName("other.scap"));
        byte[] before = File.ReadAllBytes(Sample);
        Host.Try($"Export-TracerSpan {captures} -Format Json -Destination $sample -Force");
        Assert.Equal(["DestinationIsSource"], ShortErrorIds);
        Assert.Equal(before, File.ReadAllBytes(Sample));
    }

    [Theory]
    [InlineData(new[] { "Yes", "No" }, "sample.scap")]
    [InlineData(new[] { "No", "Yes" }, "demo.scap")]
    [InlineData(new[] { "No", "No" }, null)]
    public void A_no_is_about_the_capture_that_was_asked_about(string[] answers, string? written)
    {
        Host.Answer(answers);
        Host.Run("Export-TracerSpan $sample, $demo -Format Json -Destination $folder/spans.out -Confirm");
        Assert.Equal(written is not null, File.Exists(Destination));
        if (written is not null)
            Assert.All(JsonDocument.Parse(File.ReadAllBytes(Destination)).RootElement.EnumerateArray(), s => Assert.EndsWith(written, s.GetProperty("Path").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void PassThru_gives_the_file() =>
        Assert.Equal([Destination], Lines("(Export-TracerSpan $sample -Format Json -Destination $folder/spans.out -PassThru).FullName"));

    [Fact]
    public void Several_captures_stand_in_one_file()
    {
        Host.Run("Export-TracerSpan $sample, $demo -Format Json -Destination $folder/spans.out");
        IEnumerable<string?> paths = [.. JsonDocument.Parse(File.ReadAllBytes(Destination)).RootElement.EnumerateArray().Select(s => s.GetProperty("Path").GetString()).Distinct()];
        Assert.Equal<string?>([Sample, Demo], paths);
    }

    [Fact]
    public void A_truncated_capture_gives_every_whole_span_and_then_one_error()
    {
        byte[] whole = File.ReadAllBytes(Service);
        File.WriteAllBytes(FileName("cut.scap"), whole[..(whole.Length / 2)]);
        Host.Try("Export-TracerSpan $folder/cut.scap -Format Json -Destination $folder/spans.out");
        Assert.Equal(["CaptureDamaged"], ShortErrorIds);
        Assert.Equal(TryLines("(Get-TracerSpan $folder/cut.scap).Tag"), JsonDocument.Parse(File.ReadAllBytes(Destination)).RootElement.EnumerateArray().Select(s => s.GetProperty("Tag").GetString()));
    }

    [Fact]
    public void Piped_spans_of_a_capture_that_changed_leave_no_file()
    {
        File.Copy(Sample, FileName("copy.scap"));
        Host.Run("$spans = Get-TracerSpan $folder/copy.scap");
        File.Copy(Service, FileName("copy.scap"), overwrite: true);
        Host.Try("$spans | Export-TracerSpan -WholeTrace -Format Json -Destination $folder/spans.out");
        Assert.Equal(["CaptureChanged"], ShortErrorIds);
        Assert.False(File.Exists(Destination));
    }

    [Theory]
    [InlineData("Speedscope", "Orphan")]
    [InlineData("Collapsed", "Orphan")]
    [InlineData("Collapsed", "Unfinished")]
    public void Where_no_span_can_be_drawn_there_is_an_error_and_no_empty_file(string format, string state)
    {
        Host.Try($"Export-TracerSpan $sample -State {state} -Format {format} -Destination $folder/spans.out");
        Assert.Equal(["NoSpansToDraw"], ShortErrorIds);
        Assert.Equal(["sample.scap"], Directory.EnumerateFiles(Folder.FullName).Select(Path.GetFileName));
        Host.Run($"Export-TracerSpan $sample -State {state} -Format Chrome -Destination $folder/spans.out");
        Assert.True(File.Exists(Destination));
    }

    [Fact]
    public void What_cannot_be_drawn_is_told()
    {
        Host.Run("Export-TracerSpan $sample -Format Collapsed -Destination $folder/spans.out");
        Assert.Contains(Host.Warnings, w => w.StartsWith("2 spans not drawn", StringComparison.Ordinal));
    }

    [Fact]
    public void Tab_offers_the_formats_and_the_weights()
    {
        Assert.Equal(["Chrome", "Speedscope", "Collapsed", "Csv", "Json"], Host.Complete("Export-TracerSpan x -Format ").Select(c => c.CompletionText));
        Assert.Equal(["Time", "SelfTime", "Bytes"], Host.Complete("Export-TracerSpan x -Weight ").Select(c => c.CompletionText));
        Assert.All(Host.Complete("Export-TracerSpan x -Format "), c => Assert.True(c.ToolTip.Length > 30));
    }

    private string[] Tags(string script)
    {
        Host.Run($"{script} -Format Json -Destination $folder/spans.out -Force");
        return [.. JsonDocument.Parse(File.ReadAllBytes(Destination)).RootElement.EnumerateArray().Select(s => s.GetProperty("Tag").GetString()!)];
    }

    private (string Stack, long Weight)[] Collapsed() =>
        [.. File.ReadAllLines(Destination).Select(l => (l[..l.LastIndexOf(' ')], long.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)))];
}
