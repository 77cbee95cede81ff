using System.Management.Automation;

namespace Tracers.Commands;

/// <summary>Begins to record the system calls of this machine, and goes on with it in the background.</summary>
[Cmdlet(VerbsLifecycle.Start, "TracerCapture", SupportsShouldProcess = true)]
[OutputType(typeof(TracerRecording))]
public sealed class StartTracerCaptureCommand : RecordCommand
{
    /// <inheritdoc/>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public override string? Path { get; set; }

    /// <summary>Gives the capture's object also with <see cref="Wait"/>, when it has ended.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Waits for the end of the capture; Ctrl+C is its end.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (Begin() is not { } recording)
            return;
        if (!Wait)
        {
            WriteObject(recording);
            return;
        }

        try
        {
            WaitForEnd(recording, patience: null, "Ctrl+C ends it");
        }
        finally
        {
            End(recording);
            if (StopToken.IsCancellationRequested)
                TellOnHost(recording);
        }

        Tell(recording);
        if (PassThru)
            WriteObject(recording);
    }
}
