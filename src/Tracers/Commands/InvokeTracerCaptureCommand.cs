using System.Management.Automation;

namespace Tracers.Commands;

/// <summary>Records the system calls of this machine while a script block runs.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TracerCapture", SupportsShouldProcess = true)]
[OutputType(typeof(object), typeof(TracerRecording))]
public sealed class InvokeTracerCaptureCommand : RecordCommand
{
    // With a dot, as in Measure-Command: what the block sets is set in the caller's scope.
    private static readonly ScriptBlock s_run = ScriptBlock.Create(". $args[0]");

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
        if (Begin() is not { } recording)
            return;
        try
        {
            Run();
        }
        finally
        {
            // Whatever ended the block: its end, an error, break, Ctrl+C.
            End(recording);
        }

        Tell(recording);
        if (PassThru)
            WriteObject(recording);
    }

    // A pipeline that writes into this command's: the output comes while the block runs, and all streams are where they belong.
    private void Run()
    {
        using SteppablePipeline pipeline = s_run.GetSteppablePipeline(MyInvocation.CommandOrigin, [ScriptBlock]);
        pipeline.Begin(this);
        pipeline.Process();
        pipeline.End();
    }
}
