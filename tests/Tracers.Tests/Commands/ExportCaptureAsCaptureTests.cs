using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class ExportCaptureAsCaptureTests(ModuleHost host) : CommandTests(host)
{
    [Fact]
    public void A_capture_is_written_unless_the_name_says_text()
    {
        Host.Run("Export-TracerCapture $sample -Destination $folder/out.scap; Export-TracerCapture $sample -Destination $folder/out.txt; Export-TracerCapture $sample -Format Scap -Destination $folder/scap.txt");
        Assert.Equal(Lines("Get-TracerEvent $sample -AsText"), Lines("Get-TracerEvent $folder/out.scap -AsText"));
        Assert.Equal(Lines("Get-TracerEvent $sample -AsText"), File.ReadAllLines(FileName("out.txt")));
        Assert.Equal(File.ReadAllBytes(FileName("out.scap")), File.ReadAllBytes(FileName("scap.txt")));
    }

    [Theory]
    [InlineData("-Type read, open*")]
    [InlineData("-Category net")]
    [InlineData("-ProcessName '.NET*' -First 50")]
    [InlineData("-After +1s -Before +1.2s")]
    [InlineData("-Skip 1000 -First 20")]
    public void What_is_selected_is_what_is_listed(string selection)
    {
        Host.Run($"Export-TracerCapture $demo {selection} -Destination $folder/part.scap");
        Assert.Equal(
            Lines($"Get-TracerEvent $demo {selection} | ForEach-Object {{ \"$($_.Time) $($_.ThreadId) $($_.Type) $($_.Fd) $($_.FdName) $($_.Latency) $($_.SpanTag) $($_.Info)\" }}"),
            Lines("Get-TracerEvent $folder/part.scap | ForEach-Object { \"$($_.Time) $($_.ThreadId) $($_.Type) $($_.Fd) $($_.FdName) $($_.Latency) $($_.SpanTag) $($_.Info)\" }"));
    }

    [Fact]
    public void The_options_are_for_the_text_as_well()
    {
        Host.Run("Export-TracerCapture $demo -Type read -First 5 -Destination $folder/reads.txt");
        Assert.Equal(Lines("Get-TracerEvent $demo -Type read -First 5 -AsText"), File.ReadAllLines(FileName("reads.txt")));
    }

    [Fact]
    public void Spans_from_the_pipeline_are_taken_over_with_what_lies_in_them()
    {
        Host.Run("Get-TracerSpan $demo | Where-Object Tag -eq download_handler | Export-TracerCapture -Destination $folder/slow.scap");
        string[] spans = [.. Lines(Spans("$demo", "download_handler*"))];
        Assert.NotEmpty(spans);
        Assert.Equal(spans, Lines(Spans("$folder/slow.scap", "*")));
        Assert.Equal(
            Lines("Measure-TracerIO $demo -By SpanTag | Where-Object SpanTag -like download_handler* | ForEach-Object { \"$($_.SpanTag) $($_.Bytes) $($_.Calls)\" }"),
            Lines("Measure-TracerIO $folder/slow.scap -By SpanTag | ForEach-Object { \"$($_.SpanTag) $($_.Bytes) $($_.Calls)\" }"));
    }

    [Fact]
    public void Several_captures_become_one_with_a_section_for_each()
    {
        Host.Run("Export-TracerCapture $sample, $sample -Destination $folder/both.scap -PassThru | Out-Null");
        Assert.Equal(["2"], Lines("(Get-TracerCapture $folder/both.scap).Sections"));
        Assert.Equal(2 * Lines("Get-TracerEvent $sample -AsText").Count, Lines("Get-TracerEvent $folder/both.scap -AsText").Count);
    }

    [Fact]
    public void A_compressed_capture_is_smaller_and_says_the_same()
    {
        Host.Run("Export-TracerCapture $demo -Type read -Destination $folder/a.scap; Export-TracerCapture $demo -Type read -Compress -Destination $folder/b.scap");
        Assert.Equal([0x1F, 0x8B], File.ReadAllBytes(FileName("b.scap"))[..2]);
        Assert.True(new FileInfo(FileName("b.scap")).Length < new FileInfo(FileName("a.scap")).Length / 2);
        Assert.Equal(Lines("Get-TracerEvent $folder/a.scap -AsText"), Lines("Get-TracerEvent $folder/b.scap -AsText"));
    }

    [Fact]
    public void An_anonymous_capture_has_the_same_sums_and_other_names()
    {
        Host.Run("Export-TracerCapture $demo -Anonymize -Destination $folder/a.scap; Export-TracerCapture $demo -AnonymizeKey k -Destination $folder/b.scap; Export-TracerCapture $demo -AnonymizeKey k -Destination $folder/c.scap");
        Assert.Equal(
            Lines("Measure-TracerIO $demo -By SpanTag | ForEach-Object { \"$($_.SpanTag) $($_.Bytes) $($_.Calls) $($_.Time)\" }"),
            Lines("Measure-TracerIO $folder/a.scap -By SpanTag | ForEach-Object { \"$($_.SpanTag) $($_.Bytes) $($_.Calls) $($_.Time)\" }"));
        Host.Run("Export-TracerCapture $demo -Destination $folder/whole.scap");
        foreach (string secret in (string[])["/srv/demo", "HTTP/1.1"])
        {
            Assert.Contains(secret, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(FileName("whole.scap"))), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(FileName("a.scap"))), StringComparison.Ordinal);
        }

        Assert.NotEqual(File.ReadAllBytes(FileName("a.scap")), File.ReadAllBytes(FileName("b.scap")));
        Assert.Equal(File.ReadAllBytes(FileName("b.scap")), File.ReadAllBytes(FileName("c.scap")));
    }

    [Theory]
    [InlineData("-Type none -Destination $folder/x.scap", "NothingToExport")]
    [InlineData("-Compress -Destination $folder/x.txt", "OnlyForCaptures")]
    [InlineData("-Format Text -Anonymize -Destination $folder/x.scap", "OnlyForCaptures")]
    [InlineData("-AnonymizeKey k -Destination $folder/x.txt", "OnlyForCaptures")]
    [InlineData("-Scope Process -Destination $folder/x.scap", "NoSpans")]
    [InlineData("-Destination /dev/full -Force", "DestinationIsNoFile")]
    [InlineData("-Destination /dev/full -Force -Format Text", "DestinationNotWritable")]
    public void What_cannot_be_is_one_error_and_leaves_nothing_behind(string arguments, string id)
    {
        Host.Try($"Export-TracerCapture $sample {arguments}");
        Assert.Equal([id], ShortErrorIds);
        Assert.Equal(["sample.scap"], Directory.GetFiles(Folder.FullName).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_that_is_there_stays_until_the_new_one_is_whole()
    {
        File.WriteAllText(FileName("out.scap"), "precious");
        Host.Try("Export-TracerCapture $sample -Type none -Destination $folder/out.scap -Force");
        Assert.Equal("precious", File.ReadAllText(FileName("out.scap")));
        Host.Run("Export-TracerCapture $sample -Destination $folder/out.scap -Force");
        Assert.Equal(["out.scap", "sample.scap"], Directory.GetFiles(Folder.FullName).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void The_file_behind_a_link_is_replaced()
    {
        File.WriteAllText(FileName("real.scap"), "old");
        File.CreateSymbolicLink(FileName("link.scap"), FileName("real.scap"));
        Host.Run("Export-TracerCapture $sample -Destination $folder/link.scap -Force");
        Assert.NotNull(new FileInfo(FileName("link.scap")).LinkTarget);
        Assert.Equal(Lines("Get-TracerEvent $sample -AsText"), Lines("Get-TracerEvent $folder/real.scap -AsText"));
        File.CreateSymbolicLink(FileName("own.scap"), Sample);
        Host.Try("Export-TracerCapture $sample -Destination $folder/own.scap -Force");
        Assert.Equal(["DestinationIsSource"], ShortErrorIds);
    }

    private static string Spans(string path, string tag) =>
        $"Get-TracerSpan {path} | Where-Object Tag -like '{tag}' | ForEach-Object {{ \"$($_.Tag) $($_.Id) $($_.Start) $($_.Duration) $($_.State) $($_.Depth) $($_.ParentTag)\" }}";
}
