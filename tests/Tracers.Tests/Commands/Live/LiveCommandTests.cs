using System.Management.Automation;
using Tracers.Engine.Capture;
using Tracers.Live;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands.Live;

/// <summary>Tests of the commands for live captures, in a session of their own whose captures are scripted.</summary>
public abstract class LiveCommandTests : CommandTests
{
    protected LiveCommandTests(ModuleHost host)
        : base(host)
    {
        // The session is the class's: what the test before left in it must not run any more.
        SessionRecordings.Of(host.Runspace).EndAll();
        SessionRecordings.Of(host.Runspace).Source = (options, _) =>
        {
            if (Refusal is not null)
                throw Refusal;
            ScriptedCapture capture = new(options) { Progress = Progress };
            Captures.Add(capture);
            return capture;
        };
        host.Run("Set-ProbeLocation $folder");
    }

    /// <summary>The captures that the test has started.</summary>
    private protected List<ScriptedCapture> Captures { get; } = [];

    /// <summary>Why no capture can begin; null when one can.</summary>
    protected Exception? Refusal { get; set; }

    /// <summary>How far a capture is when it begins.</summary>
    protected CaptureProgress Progress { get; set; }

    private protected ScriptedCapture Capture => Captures[^1];

    /// <summary>Starts a capture into a file of the test's folder, and returns its object, which is also <c>$capture</c>.</summary>
    private protected TracerRecording Start(string name = "live.scap", string parameters = "")
    {
        Host.Run($"$capture = Start-TracerCapture $folder/{name} {parameters}");
        return Recording(Host.Run("$capture").Single());
    }

    /// <summary>Runs a script on another thread, and returns it when a command of it waits for a capture.</summary>
    private protected async Task<Task<IReadOnlyList<PSObject>>> RunUntilItWaits(string script, int captures = 1)
    {
        int expected = Captures.Count + captures;
        Task<IReadOnlyList<PSObject>> run = Task.Run(() => Host.Try(script));
        for (int i = 0; Captures.Count < expected && i < 2000; i++)
            await Task.Delay(10);
        Assert.Equal(expected, Captures.Count);
        Assert.True(Capture.Waited.Wait(TimeSpan.FromSeconds(20)), "Nothing waits for the capture.");
        return run;
    }

    private protected static TracerRecording Recording(PSObject output) => (TracerRecording)output.BaseObject;

    protected override void Dispose(bool disposing)
    {
        SessionRecordings.Of(Host.Runspace).EndAll();
        Host.Run("Set-ProbeLocation /");
        base.Dispose(disposing);
    }
}
