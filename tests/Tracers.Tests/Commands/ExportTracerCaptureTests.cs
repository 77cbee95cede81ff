using System.Management.Automation;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class ExportTracerCaptureTests(ModuleHost host) : CommandTests(host)
{
    private string Destination => FileName("events.txt");

    [Fact]
    public void The_file_has_the_lines_that_AsText_gives_and_nothing_else()
    {
        Assert.Empty(Host.Run("Export-TracerCapture $sample -Format Text -Destination $folder/events.txt"));
        string text = File.ReadAllText(Destination);
        Assert.Equal(string.Concat(Lines("Get-TracerEvent $sample -AsText").Select(l => l + "\n")), text);
        Assert.Equal(32, text.Count(c => c == '\n'));
    }

    [Fact]
    public void Hidden_events_are_written_when_asked_for()
    {
        Host.Run("Export-TracerCapture $sample -Format Text -Destination $folder/events.txt -IncludeHidden");
        Assert.Equal(Lines("Get-TracerEvent $sample -AsText -IncludeHidden"), File.ReadAllLines(Destination));
    }

    [Fact]
    public void Objects_show_the_same_lines() =>
        Assert.Equal(Lines("Get-TracerEvent $demo -AsText -First 500"), Lines("Get-TracerEvent $demo -First 500 | ForEach-Object ToString"));

    [Fact]
    public void Several_captures_are_written_one_behind_the_other()
    {
        Host.Run("Export-TracerCapture $sample, $sample -Format Text -Destination $folder/events.txt");
        string[] once = [.. Lines("Get-TracerEvent $sample -AsText")];
        Assert.Equal([.. once, .. once], File.ReadAllLines(Destination));
    }

    [Fact]
    public void PassThru_gives_the_file() =>
        Assert.Equal([Destination], Lines("(Export-TracerCapture $sample -Format Text -Destination $folder/events.txt -PassThru).FullName"));

    [Fact]
    public void A_relative_destination_lies_in_the_sessions_folder()
    {
        Host.Run("Set-ProbeLocation $folder; Export-TracerCapture $sample -Format Text -Destination here.txt");
        Assert.True(File.Exists(FileName("here.txt")));
    }

    [Fact]
    public void A_file_that_is_there_is_kept_unless_forced()
    {
        File.WriteAllText(Destination, "precious");
        Host.Try("Export-TracerCapture $sample -Format Text -Destination $folder/events.txt");
        Assert.Equal(["DestinationExists"], ShortErrorIds);
        Assert.Contains("-Force", Assert.Single(Host.Errors).Exception.Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(Destination));
        Host.Run("Export-TracerCapture $sample -Format Text -Destination $folder/events.txt -Force");
        Assert.Equal(32, File.ReadAllLines(Destination).Length);
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        File.WriteAllText(Destination, "precious");
        Host.Run("Export-TracerCapture $sample -Format Text -Destination $folder/events.txt -Force -WhatIf");
        Assert.Equal("precious", File.ReadAllText(Destination));
        Host.Run("Export-TracerCapture $sample -Format Text -Destination $folder/new.txt -WhatIf");
        Assert.False(File.Exists(FileName("new.txt")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Format Text")]
    public void The_events_of_other_captures_do_not_replace_a_capture_that_is_read(string format)
    {
        byte[] before = File.ReadAllBytes(Sample);
        Host.Try($"Export-TracerCapture $demo, $sample {format} -Destination $sample -Force");
        Assert.Equal(["DestinationIsSource"], ShortErrorIds);
        Assert.Equal(before, File.ReadAllBytes(Sample));
    }

    [Theory]
    [InlineData("$folder", "DestinationIsDirectory")]
    [InlineData("$sample", "DestinationIsSource")]
    [InlineData("$folder/no/such/folder.txt", "DestinationNotWritable")]
    [InlineData("Variable:x", "NotAFileSystemPath")]
    public void A_destination_that_cannot_be_written_is_one_error(string destination, string id)
    {
        byte[] before = File.ReadAllBytes(Sample);
        Host.Try($"Export-TracerCapture $sample -Format Text -Destination {destination} -Force");
        Assert.Equal([id], ShortErrorIds);
        Assert.NotEqual(ErrorCategory.NotSpecified, Assert.Single(Host.Errors).CategoryInfo.Category);
        Assert.Equal(before, File.ReadAllBytes(Sample));
    }

    [Fact]
    public void A_truncated_capture_gives_every_whole_event_and_then_one_error()
    {
        byte[] whole = File.ReadAllBytes(Sample);
        File.WriteAllBytes(FileName("cut.scap"), whole[..^20]);
        Host.Try("Export-TracerCapture $folder/cut.scap -Format Text -Destination $folder/events.txt");
        Assert.Equal(["CaptureDamaged"], ShortErrorIds);
        Assert.Equal(Lines("Get-TracerEvent $sample -AsText").SkipLast(1), File.ReadAllLines(Destination));
    }

    [Fact]
    public void A_wrong_path_leaves_no_file_behind()
    {
        Host.Try("Export-TracerCapture $folder/none.scap -Format Text -Destination $folder/events.txt");
        Assert.Equal(["CaptureNotFound"], ShortErrorIds);
        Assert.False(File.Exists(Destination));
    }

    [Fact]
    public void What_is_no_capture_leaves_no_file_behind()
    {
        File.WriteAllText(FileName("notes.txt"), "These are notes.");
        Host.Try("Export-TracerCapture $folder/notes.txt -Format Text -Destination $folder/events.txt");
        Assert.Equal(["NotACapture"], ShortErrorIds);
        Assert.False(File.Exists(Destination));
    }
}
