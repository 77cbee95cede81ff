using System.Management.Automation;
using Tracers.Engine.Capture;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands.Live;

public sealed class StopAndWaitTests(ModuleHost host) : LiveCommandTests(host)
{
    [Theory]
    [InlineData("Stop-TracerCapture")]
    [InlineData("$capture | Stop-TracerCapture")]
    [InlineData("Stop-TracerCapture $capture")]
    [InlineData("Stop-TracerCapture -InputObject $capture")]
    [InlineData("Stop-TracerCapture -Id $capture.Id")]
    [InlineData("Stop-TracerCapture $capture.Id")]
    [InlineData("Stop-TracerCapture -Path live.scap")]
    [InlineData("Stop-TracerCapture -Path $capture.Path")]
    [InlineData("Stop-TracerCapture -Path l*.scap")]
    [InlineData("Get-TracerCapture | Where-Object State -eq Running | Stop-TracerCapture")]
    public void A_capture_is_ended_once_and_its_object_given(string script)
    {
        TracerRecording started = Start();
        Assert.Same(started, Recording(Assert.Single(Host.Run(script))));
        Assert.Equal(TracerRecordingState.Ended, started.State);
        Assert.Equal(1, Capture.Stops);
        Assert.Equal(1, Capture.Disposals);
        Host.Run("$null = $capture | Stop-TracerCapture; $null = $capture | Wait-TracerCapture");
        Assert.Equal(1, Capture.Stops);
    }

    [Fact]
    public void A_name_with_brackets_is_a_name_first()
    {
        Host.Run("$null = Start-TracerCapture -Path 'a[1].scap'; $null = Start-TracerCapture -Path 'a1.scap'");
        Assert.Equal([FileName("a[1].scap")], Lines("Stop-TracerCapture -Path 'a[1].scap'"));
        Assert.Equal(0, Captures[1].Stops);
    }

    [Theory]
    [InlineData("Stop-TracerCapture -Id 4711", "CaptureIdNotFound")]
    [InlineData("Wait-TracerCapture -Id 4711", "CaptureIdNotFound")]
    [InlineData("Get-TracerCapture -Id 4711", "CaptureIdNotFound")]
    [InlineData("Stop-TracerCapture -Path other.scap", "NoCaptureWritesTo")]
    public void A_capture_that_is_not_there_is_one_error(string script, string id)
    {
        Start();
        Assert.Empty(Host.Try(script));
        Assert.Equal([id], ShortErrorIds);
        Assert.Equal(ErrorCategory.ObjectNotFound, Host.Errors[0].CategoryInfo.Category);
        Assert.Equal(0, Capture.Stops);
    }

    [Fact]
    public void The_only_one_that_runs_is_meant_and_of_several_each_must_be_named()
    {
        int[] ids = [Start("a.scap").Id, Start("b.scap").Id];
        foreach (string command in (string[])["Stop-TracerCapture", "Wait-TracerCapture"])
        {
            Assert.Empty(Host.Try(command));
            Assert.Equal(["SeveralCapturesRunning"], ShortErrorIds);
            Assert.Contains($"{command} -Id {ids[0]}, {ids[1]};", Host.Errors[0].Exception.Message, StringComparison.Ordinal);
        }

        Host.Run($"$null = Stop-TracerCapture -Id {ids[1]}");
        Assert.Equal([FileName("a.scap")], Lines("Stop-TracerCapture"));
    }

    [Theory]
    [InlineData("Stop-TracerCapture")]
    [InlineData("Wait-TracerCapture")]
    public void One_that_has_ended_by_itself_is_still_the_one_that_is_meant(string command)
    {
        Start("a.scap");
        Start("b.scap");
        foreach (ScriptedCapture capture in Captures) capture.ReachEnd();
        Assert.Equal([FileName("b.scap")], Lines(command));
    }

    [Fact]
    public void WhatIf_ends_nothing()
    {
        Start();
        Assert.Equal($"What if: Performing the operation \"End the capture\" on target \"{FileName("live.scap")}\".", Host.Text("Stop-TracerCapture -WhatIf").Trim());
        Assert.Equal(0, Capture.Stops);
    }

    [Fact]
    public void What_was_recorded_can_be_read_at_once()
    {
        Start();
        Assert.Equal(Lines("Get-TracerSpan $sample | ForEach-Object Tag"), Lines("Stop-TracerCapture | Get-TracerSpan | ForEach-Object Tag"));
        Host.Run("$null = Get-TracerCapture $demo");
        Start("again.scap");
        Host.Run("$null = Stop-TracerCapture; Measure-TracerIO -Verbose");
        Assert.Contains(Host.Verbose, line => line.Contains(FileName("again.scap"), StringComparison.Ordinal));
    }

    [Fact]
    public void A_capture_is_measured_without_a_path_also_while_it_runs()
    {
        Host.Run("$null = Get-TracerCapture $demo");
        Start();
        Host.Run("Measure-TracerIO -Verbose");
        Assert.Contains(Host.Verbose, line => line.Contains(FileName("live.scap"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-TracerSpan")]
    [InlineData("Get-TracerEvent")]
    [InlineData("Measure-TracerIO -By FdName")]
    [InlineData("Export-TracerCapture -Format Text -Force -Destination out.txt")]
    public void A_live_captures_object_is_read_by_its_file(string command)
    {
        Start("live[1].scap");
        Assert.Equal(
            Host.Run($"Get-TracerCapture $sample | {command}").SelectMany(Properties).Where(Comparable),
            Host.Run($"$capture | {command}").SelectMany(Properties).Where(Comparable));
        static bool Comparable(string property) => !property.StartsWith("Path=", StringComparison.Ordinal);
    }

    [Fact]
    public void All_files_of_a_capture_are_read_that_it_has_kept()
    {
        TracerRecording recording = Start();
        Capture.Files = [SampleCapture.Write(FileName("live2.scap")), SampleCapture.Write(FileName("live3.scap"))];
        Assert.Equal(Capture.Files, Lines("$capture | Get-TracerCapture | ForEach-Object Path"));
        Assert.Equal(FileName("live3.scap"), recording.Path);
        Assert.Equal([recording.Path], Lines("Stop-TracerCapture -Path live2.scap"));
    }

    [Fact]
    public void Each_file_of_a_capture_has_a_report_of_its_own()
    {
        Start();
        Capture.Files = [SampleCapture.Write(FileName("live.scap1")), SampleCapture.Write(FileName("live.scap2"))];
        Assert.Equal(["live.scap1.html", "live.scap2.html"], Lines("$capture | Export-TracerReport -Destination $folder -PassThru | ForEach-Object Name"));
    }

    [Fact]
    public async Task Waiting_gives_the_capture_when_it_has_ended()
    {
        TracerRecording recording = Start();
        Task<IReadOnlyList<PSObject>> script = await RunUntilItWaits("Wait-TracerCapture", captures: 0);
        Assert.False(script.IsCompleted);
        Capture.ReachEnd();
        Assert.Same(recording, Recording(Assert.Single(await script)));
        Assert.Equal(1, Capture.Disposals);
    }

    [Fact]
    public void Waiting_no_longer_than_said_is_an_error_and_ends_nothing()
    {
        int id = Start().Id;
        Start("b.scap");
        Assert.Empty(Host.Try("Get-TracerCapture | Where-Object State -eq Running | Wait-TracerCapture -Timeout 50ms"));
        Assert.Equal(["CaptureStillRunning", "CaptureStillRunning"], ShortErrorIds);
        Assert.Equal(ErrorCategory.OperationTimeout, Host.Errors[0].CategoryInfo.Category);
        Assert.Equal($"Capture {id} into '{FileName("live.scap")}' still runs after 50ms. Wait longer, or end it: Stop-TracerCapture -Id {id}.", Host.Errors[0].Exception.Message);
        Assert.All(Captures, capture => Assert.Equal(0, capture.Stops));
    }

    [Fact]
    public void A_wait_shorter_than_nothing_is_an_error_of_its_own()
    {
        Start();
        Host.Try("Wait-TracerCapture -Timeout '-1s'");
        Assert.Equal(["TimeoutNegative"], ShortErrorIds);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_waiting_and_not_the_capture()
    {
        Start();
        Task<IReadOnlyList<PSObject>> script = await RunUntilItWaits("Wait-TracerCapture; 'never'", captures: 0);
        TimeSpan took = Host.Stop();
        Assert.Empty(await script);
        Assert.Empty(Host.Errors);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(0, Capture.Stops);
    }

    [Fact]
    public void Lost_events_are_warned_about_at_the_end()
    {
        Start();
        Capture.Progress = new CaptureProgress(100_000, 1 << 20, 1, 0, default, TimeSpan.FromSeconds(1));
        Host.Run("Stop-TracerCapture");
        Assert.StartsWith($"The capture into '{FileName("live.scap")}' lost 1 event beside the 100,000 that it has", Assert.Single(Host.Warnings), StringComparison.Ordinal);
    }
}
