using System.Globalization;
using System.Management.Automation;
using Tracers.Live;
using Tracers.Tests.Engine.Capture;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands.Live;

/// <summary>The commands over the engine's own captures of this machine.</summary>
[Collection(ProbeTestGroup.Name)]
public sealed class RealCaptureTests : CommandTests
{
    public RealCaptureTests(ModuleHost host)
        : base(host)
    {
        LiveMachine.Require();
        host.Run("Set-ProbeLocation $folder");
    }

    [SkippableFact]
    public void What_a_script_block_reads_inside_a_span_is_charged_to_the_span()
    {
        File.WriteAllBytes(FileName("data.bin"), new byte[54_321]);
        Host.Run("""
            $null = Invoke-TracerCapture { Invoke-TracerSpan live.read { $null = [System.IO.File]::ReadAllBytes("$folder/data.bin") } } -Path live.scap -ProcessId $PID
            """);
        Assert.Equal(["Finished"], Lines("Get-TracerSpan live.scap -Tag live.read | ForEach-Object State"));
        PSObject row = Host.Run("Measure-TracerIO -By SpanTag, FdName -Tag live.read | Where-Object FdName -like */data.bin").Single();
        Assert.Equal("live.read 54321 54321 0", Values(row, "SpanTag", "Bytes", "ReadBytes", "WriteBytes"));
    }

    [SkippableFact]
    public void A_capture_can_be_read_while_it_runs_and_is_whole_when_it_has_ended()
    {
        Host.Run("$capture = Start-TracerCapture live.scap");
        for (int i = 0; i < 200 && Recording("$capture").Events < 1000; i++)
            Thread.Sleep(10);
        Assert.True(Recording("Get-TracerCapture | Where-Object State -eq Running").Events >= 1000, "Nothing is recorded.");
        Assert.Empty(Host.Run("$capture | Get-TracerSpan -Tag no.such.tag"));
        Assert.Equal("False True", Values(Host.Run("$capture | Get-TracerCapture").Single(), "Complete", "BeingWritten"));
        TracerRecording ended = Recording("Stop-TracerCapture");
        Assert.Equal(TracerRecordingState.Ended, ended.State);
        Assert.Equal("True False", Values(Host.Run("$capture | Get-TracerCapture").Single(), "Complete", "BeingWritten"));
    }

    [SkippableFact]
    public async Task Ctrl_C_while_Start_waits_leaves_a_whole_file()
    {
        Task<IReadOnlyList<PSObject>> script = Task.Run(() => Host.Try("Start-TracerCapture live.scap -Wait; 'never'"));
        SessionRecordings recordings = SessionRecordings.Of(Host.Runspace);
        for (int i = 0; i < 1000 && !recordings.All.Any(IsRunning); i++)
            await Task.Delay(10);
        await Task.Delay(100);
        TimeSpan took = Host.Stop();
        Assert.Empty(await script);
        Assert.Empty(Host.Errors);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.DoesNotContain(recordings.All, IsRunning);
        Assert.Equal("True False", Values(Host.Run("Get-TracerCapture live.scap").Single(), "Complete", "BeingWritten"));
        static bool IsRunning(TracerRecording recording) => recording.State == TracerRecordingState.Running;
    }

    [SkippableFact]
    public void It_ends_by_itself_at_its_duration_and_at_its_size()
    {
        TracerRecording byTime = Recording("Start-TracerCapture time.scap -Duration 300ms -Wait -PassThru");
        Assert.Equal(TracerRecordingState.Ended, byTime.State);
        Assert.InRange(byTime.Elapsed, (Duration)TimeSpan.FromMilliseconds(250), (Duration)TimeSpan.FromSeconds(30));
        Host.Run("$capture = Start-TracerCapture size.scap -MaxSize 100KB");
        for (int i = 0; i < 2000 && Recording("$capture").State == TracerRecordingState.Running; i++)
            File.ReadAllBytes("/proc/self/status");
        Assert.Equal(TracerRecordingState.Ended, Recording("Wait-TracerCapture -Timeout 10s").State);
    }

    [SkippableFact]
    public void Removing_the_module_leaves_a_whole_file()
    {
        Host.Run("$null = Start-TracerCapture live.scap");
        try
        {
            Host.Run("Remove-Module Tracers");
        }
        finally
        {
            Host.Run("Import-Module -Name $ModuleUnderTest");
        }

        Assert.Equal("True False", Values(Host.Run("Get-TracerCapture live.scap").Single(), "Complete", "BeingWritten"));
    }

    [SkippableTheory]
    [InlineData("nosuchfolder/live.scap", "CapturePathNotWritable")]
    [InlineData("/dev/full -Force", "CapturePathNotWritable")]
    [InlineData("live.scap -ContainerId ffffffffffff", "CaptureOptionNotPossible")]
    public void What_the_engine_refuses_is_one_error_and_leaves_no_file(string arguments, string id)
    {
        Assert.Empty(Host.Try($"Start-TracerCapture {arguments}"));
        Assert.Equal([id], ShortErrorIds);
        Assert.False(File.Exists(FileName("live.scap")), string.Create(CultureInfo.InvariantCulture, $"{arguments} left a file."));
    }

    protected override void Dispose(bool disposing)
    {
        SessionRecordings.Of(Host.Runspace).EndAll();
        Host.Run("Set-ProbeLocation /");
        base.Dispose(disposing);
    }

    private TracerRecording Recording(string script) => (TracerRecording)Host.Run(script).Single().BaseObject;
}
