using System.Management.Automation;

namespace Tracers.Commands;

/// <summary>Records the system calls of this machine while a script block runs.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TracerCapture", SupportsShouldProcess = true)]
[OutputType(typeof(object), typeof(TracerRecording))]
public sealed class InvokeTracerCaptureCommand : RecordCommand
{
    /// <summary>What is run while the capture records. Its output is passed on.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>Gives the capture's object behind the output of the script block.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        using SteppablePipeline pipeline = CallerScript.Prepare(ScriptBlock);
        if (Begin() is not { } recording)
            return;
        try
        {
            pipeline.Run(this);
        }
        finally
        {
            // Whatever ended the block: its end, an error, break, Ctrl+C.
            End(recording);
            if (StopToken.IsCancellationRequested)
                TellOnHost(recording);
            else
                Tell(recording);
        }

        if (PassThru)
            WriteObject(recording);
    }
}
