using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class GetTracerCaptureTests(ModuleHost host) : CommandTests(host)
{
    [Fact]
    public void A_capture_has_every_property() => Assert.Equal(
        [
            $"Path={Sample}", $"Length={new FileInfo(Sample).Length}", "Format=scap", "FormatVersion=1.2", "Compressed=False", "HostName=sample", "Cpus=2",
            "Start=999000", "End=21000000001", "Duration=20.999001001s", "Events=47",
            "Categories=[other 16,file 12,ipc 2,net 2]",
            "Types=[tracer (other) 16,read (file) 6,write (file) 6,sendto (net) 2,write (ipc) 2]", "SkippedEvents=0", "SkippedBlocks=0", "SkippedEntries=0",
            "DropIntervals=0", "LostEvents=null", "Markers=16", "BadMarkers=0", "UnfinishedMarkers=0", "FinishedSpans=7", "UnfinishedSpans=1", "OrphanSpans=1", "Threads=3", "OpenFds=6", "Sections=1", "BeingWritten=False", "Complete=True", "Damage=null",
        ],
        Properties(Host.Run("Get-TracerCapture $sample").Single()));

    [Fact]
    public void A_capture_of_a_service_is_what_its_events_say() => Assert.Equal(
        "demo 2 8.019862816s 7436 780 0 7 1 True",
        Values(Host.Run("Get-TracerCapture $service").Single(), "HostName", "Cpus", "Duration", "Events", "Markers", "BadMarkers", "Threads", "Sections", "Complete"));

    [Fact]
    public void Compression_is_told_and_the_length_is_that_of_the_file()
    {
        string file = SampleCapture.Write(FileName("zip.scap"), compress: true);
        Assert.Equal($"True {new FileInfo(file).Length} 47", Values(Host.Run("Get-TracerCapture $folder/zip.scap").Single(), "Compressed", "Length", "Events"));
    }

    [Fact]
    public void Lost_events_are_a_property_and_a_warning_of_every_command()
    {
        string file = CaptureScript.Write(FileName("lossy.scap"), script =>
        {
            script.Read(2000, CaptureScript.Web, CaptureScript.DataFd, 10);
            script.Drop(3000);
            script.Read(6000, CaptureScript.Web, CaptureScript.DataFd, 10);
            script.Drop(7000);
            script.Read(9000, CaptureScript.Web, CaptureScript.DataFd, 10);
        });
        foreach (string command in DamagedCaptureTests.Commands)
        {
            Host.Run($"{command} $folder/lossy.scap");
            string warning = Assert.Single(Host.Warnings);
            Assert.StartsWith($"'{file}' lost events in 2 intervals ", warning, StringComparison.Ordinal);
            Assert.EndsWith("Record again with a larger buffer.", warning, StringComparison.Ordinal);
        }

        Assert.Equal("2", Values(Host.Run("Get-TracerCapture $folder/lossy.scap").Single(), "DropIntervals"));
        Host.Run("Get-TracerCapture $sample");
        Assert.Empty(Host.Warnings);
    }

    [Fact]
    public void Unknown_events_are_a_property_and_a_verbose_message_of_every_command()
    {
        string file = CaptureScript.Write(FileName("new.scap"), script =>
        {
            script.Read(2000, CaptureScript.Web, CaptureScript.DataFd, 10);
            script.Unknown(3000);
            script.Unknown(4000);
            script.Mark(6000, CaptureScript.Web, ">:unclosed");
        });
        foreach (string command in DamagedCaptureTests.Commands)
        {
            Host.Run($"{command} $folder/new.scap -Verbose");
            Assert.Contains($"'{file}': skipped 2 events, 0 blocks and 0 entries of lists of types that this version does not know.", Host.Verbose);
            Assert.Contains(Host.Verbose, line => line.StartsWith($"'{file}': 1 writes to /dev/null begin like a marker and are none", StringComparison.Ordinal));
            Host.Run($"{command} $folder/new.scap");
            Assert.Empty(Host.Verbose);
        }

        Assert.Equal("4 2 0 1", Values(Host.Run("Get-TracerCapture $folder/new.scap").Single(), "Events", "SkippedEvents", "Markers", "BadMarkers"));
    }

    [Fact]
    public void A_file_of_two_sections_forgets_open_spans_between_them()
    {
        CaptureScript.Write(FileName("two.scap"), script =>
        {
            script.Mark(1000, CaptureScript.Web, ">:1:a::");
            script.BeginSection();
            script.Mark(3000, CaptureScript.Web, "<:1:a::");
        });
        Assert.Equal("2 4 2", Values(Host.Run("Get-TracerCapture $folder/two.scap").Single(), "Sections", "Events", "Markers"));
        Assert.Equal(["Unfinished", "Orphan"], Lines("Get-TracerSpan $folder/two.scap | ForEach-Object State"));
    }

    [Fact]
    public void Types_and_categories_count_what_a_listing_shows()
    {
        string[] listed = [.. Lines("Get-TracerEvent $demo | ForEach-Object { \"$($_.Type) ($($_.Category))\" }")];
        Assert.Equal(
            listed.CountBy(type => type).Select(t => $"{t.Key} {t.Value}").Order(),
            Lines("(Get-TracerCapture $demo).Types").Order());
        Assert.Equal($"{listed.Length}", Lines("$sum = 0; foreach ($c in (Get-TracerCapture $demo).Categories) { $sum += $c.Count }; $sum").Single());
    }
}
