using System.Management.Automation;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands.Live;

/// <summary>Captures that something ends before their time.</summary>
public sealed class FailedCaptureTests(ModuleHost host) : LiveCommandTests(host)
{
    [Theory]
    [InlineData("Stop-TracerCapture")]
    [InlineData("Wait-TracerCapture")]
    [InlineData("Get-TracerCapture -Id $capture.Id")]
    public void Who_asks_for_it_gets_the_capture_and_one_error_that_names_the_file(string script)
    {
        Fail();
        TracerRecording recording = Recording(Assert.Single(Host.Try(script)));
        Assert.Equal(TracerRecordingState.Failed, recording.State);
        Assert.Equal("No space left on device.", recording.Error?.Message);
        ErrorRecord error = Assert.Single(Host.Errors);
        Assert.Equal(["CaptureFailed"], ShortErrorIds);
        Assert.Equal(ErrorCategory.WriteError, error.CategoryInfo.Category);
        Assert.Same(recording, error.TargetObject);
        Assert.Equal(
            $"The capture into '{recording.Path}' ended before its time: No space left on device. What was written until then stays readable: Get-TracerCapture -LiteralPath '{recording.Path}'",
            error.Exception.Message);
        Assert.NotEmpty(Host.Run("Get-TracerSpan -LiteralPath $capture.Path"));
    }

    [Theory]
    [InlineData("Get-TracerCapture")]
    [InlineData("$capture | Get-TracerSpan")]
    public void A_list_and_a_reader_tell_it_once(string script)
    {
        Fail();
        Assert.NotEmpty(Host.Try(script));
        Assert.Equal(["CaptureFailed"], ShortErrorIds);
        Assert.NotEmpty(Host.Run(script));
    }

    [Fact]
    public void Waiting_tells_it_each_time_so_that_no_script_goes_on_by_mistake()
    {
        Fail();
        Host.Try("Get-TracerCapture");
        for (int i = 0; i < 2; i++)
        {
            Host.Try("Wait-TracerCapture");
            Assert.Equal(["CaptureFailed"], ShortErrorIds);
        }
    }

    [Fact]
    public async Task It_ends_the_waiting_of_Start()
    {
        Task<IReadOnlyList<PSObject>> script = await RunUntilItWaits("Start-TracerCapture live.scap -Wait -PassThru");
        Capture.ReachEnd(new IOException("No space left on device."));
        Assert.Equal(TracerRecordingState.Failed, Recording(Assert.Single(await script)).State);
        Assert.Equal(["CaptureFailed"], ShortErrorIds);
    }

    private void Fail()
    {
        Start();
        Capture.ReachEnd(new IOException("No space left on device."));
    }
}
