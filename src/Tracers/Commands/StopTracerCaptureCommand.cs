using System.Management.Automation;

namespace Tracers.Commands;

/// <summary>Ends live captures: takes what is still in the buffers, and leaves whole files.</summary>
[Cmdlet(VerbsLifecycle.Stop, "TracerCapture", DefaultParameterSetName = DefaultSet, SupportsShouldProcess = true)]
[OutputType(typeof(TracerRecording))]
public sealed class StopTracerCaptureCommand : SelectedCaptureCommand
{
    /// <inheritdoc/>
    private protected override void Process(TracerRecording recording)
    {
        if (!ShouldProcess(recording.Path, "End the capture"))
            return;
        End(recording);
        Tell(recording);
        WriteObject(recording);
    }
}
