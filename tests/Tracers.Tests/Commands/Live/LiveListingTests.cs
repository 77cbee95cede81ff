using System.Xml.Linq;
using Tracers.Engine.Capture;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Commands.Live;

/// <summary>What a session sees of its live captures: lists, views and completion.</summary>
public sealed class LiveListingTests(ModuleHost host) : LiveCommandTests(host)
{
    private static readonly CaptureProgress s_progress = new(101_234_567, 5 << 20, 89, 12, TimeSpan.FromMilliseconds(4), TimeSpan.FromSeconds(10));

    [Fact]
    public void A_running_capture_has_every_property()
    {
        TracerRecording recording = Start("live.scap", "-Mode ExitOnly");
        Capture.Progress = s_progress;
        Assert.Equal(
            [
                $"Id={recording.Id}", $"Path={FileName("live.scap")}", $"Files=[{FileName("live.scap")}]", "State=Running",
                $"Started={new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1_000_000 - CaptureScript.Epoch}",
                "Elapsed=10s", "Events=101234567", "Rate=10123456.7", $"Size={5 << 20}", "LostEvents=89", "Lag=4ms", "Spans=12", "Mode=ExitOnly", "Error=null", "Problems=[]",
            ],
            Properties(Host.Run($"Get-TracerCapture -Id {recording.Id}").Single()));
    }

    [Fact]
    public void Its_object_follows_the_capture()
    {
        TracerRecording recording = Start();
        Assert.Null(recording.Rate);
        Assert.Equal(0, recording.Events);
        Capture.Progress = s_progress;
        Assert.Equal(101_234_567, recording.Events);
        Capture.ReachEnd();
        Assert.Equal(TracerRecordingState.Ended, recording.State);
        Assert.Null(recording.Lag);
    }

    [Fact]
    public void Without_a_path_the_captures_of_the_session_are_listed_oldest_first()
    {
        int[] ids = [Start("a.scap").Id, Start("b.scap").Id];
        Host.Run("$null = Stop-TracerCapture -Path a.scap");
        Assert.Equal([$"{ids[0]} Ended", $"{ids[1]} Running"], Lines("Get-TracerCapture | ForEach-Object { \"$($_.Id) $($_.State)\" }").TakeLast(2));
        Assert.Empty(Host.Run("@() | Get-TracerCapture"));
    }

    [Fact]
    public void Captures_are_a_table()
    {
        TracerRecording recording = Start();
        Capture.Progress = s_progress;
        string id = $"{recording.Id}".PadLeft(3);
        Assert.Equal(
            $"""

             Id State   Started                   Events         Rate     Size LostEvents     Lag   Spans File
             -- -----   -------                   ------         ----     ---- ----------     ---   ----- ----
            {id} Running {recording.Started:T}   101,234,567 10,123,457/s  5.00 MB         89     4ms      12 live.scap


            """,
            Host.Text($"Get-TracerCapture -Id {recording.Id}"));
    }

    [Fact]
    public void A_list_has_every_property()
    {
        Start();
        Capture.ReachEnd(new IOException("No space left on device."));
        XElement list = XDocument.Load(Repository.PathOf("module/Tracers.Format.ps1xml")).Descendants("View").Single(view => view.Element("Name")!.Value == "TracerRecordingList");
        XElement[] items = [.. list.Descendants("ListItem")];
        string[] labels = [.. items.Select(item => item.Element("Label")!.Value)];
        Assert.Equal(typeof(TracerRecording).GetProperties().Select(p => p.Name).Order(), labels.Order());
        Host.Try("Get-TracerCapture");
        Assert.Equal(["No space left on device.", "", "0 B"], items.Elements("ScriptBlock").OrderBy(block => block.Value).SelectMany(block => Lines($"$capture | ForEach-Object {{ {block.Value} }}")));
    }

    [Theory]
    [InlineData("Start-TracerCapture -Syscall openat", "openat openat2")]
    [InlineData("Start-TracerCapture -Syscall read, pwrite", "pwrite64 pwritev pwritev2")]
    [InlineData("Start-TracerCapture -Mode ", "ExitOnly Full MarkersOnly")]
    [InlineData("Invoke-TracerCapture -Mode M", "MarkersOnly")]
    [InlineData("Start-TracerC", "Start-TracerCapture")]
    public void Tab_offers_the_values(string text, string values) =>
        Assert.Equal(values.Split(' '), Host.Complete(text).Select(match => match.CompletionText).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Start-TracerCapture -Syscall openat2", "openat2: file")]
    [InlineData("Start-TracerCapture -Syscall readv", "readv: reads")]
    [InlineData("Start-TracerCapture -Mode F", "The beginning and the end of each call: latencies, and every reader of captures understands the file.")]
    public void A_value_has_a_word_about_it(string text, string toolTip) => Assert.Equal(toolTip, Assert.Single(Host.Complete(text)).ToolTip);

    [SkippableFact]
    public void Tab_offers_running_processes()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Processes are found in /proc.");
        string name = File.ReadAllText($"/proc/{Environment.ProcessId}/comm").Trim();
        var id = Assert.Single(Host.Complete($"Start-TracerCapture -ProcessId {Environment.ProcessId}"), match => match.CompletionText == $"{Environment.ProcessId}");
        Assert.StartsWith($"{name}: ", id.ToolTip, StringComparison.Ordinal);
        Assert.Contains(Host.Complete("Start-TracerCapture -ProcessName "), match => match.ListItemText == name);
    }

    [Theory]
    [InlineData("Stop-TracerCapture -Id ")]
    [InlineData("Stop-TracerCapture ")]
    [InlineData("Wait-TracerCapture -Id ")]
    [InlineData("Get-TracerCapture -Id ")]
    public void Tab_offers_the_ids_of_captures_the_running_ones_first(string text)
    {
        int first = Start("a.scap").Id;
        int second = Start("b.scap").Id;
        Host.Run($"$null = Stop-TracerCapture -Id {first}");
        var matches = Host.Complete(text);
        Assert.Equal($"{second}", matches[0].CompletionText);
        Assert.Equal($"Running: {FileName("b.scap")}, 0 events", matches[0].ToolTip);
        Assert.Contains(matches, match => match.CompletionText == $"{first}" && match.ToolTip.StartsWith("Ended: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Tab_offers_the_files_of_captures()
    {
        TracerRecording recording = Start("a[1].scap");
        string text = Host.Complete("Stop-TracerCapture -Path ")[0].CompletionText;
        Assert.Equal($"'{FileName("a`[1`].scap")}'", text);
        Assert.Same(recording, Recording(Host.Run($"Stop-TracerCapture -Path {text}").Single()));
    }
}
