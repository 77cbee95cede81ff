using System.Management.Automation;
using Tracers.Commands;

namespace Tracers.Tests.PowerShell.Probes;

/// <summary>Writes one object and then waits for Ctrl+C.</summary>
[Cmdlet(VerbsLifecycle.Wait, "Probe")]
[OutputType(typeof(string))]
public sealed class WaitProbeCommand : CancellableCommand
{
    /// <summary>Set when the command has been disposed of.</summary>
    [Parameter]
    public ManualResetEventSlim? Disposed { get; set; }

    /// <summary>Ends with a cancellation that nobody asked for.</summary>
    [Parameter]
    public SwitchParameter CancelledByItself { get; set; }

    protected override void OnEnd()
    {
        WriteObject("waiting");
        if (CancelledByItself)
        {
            throw new OperationCanceledException("by itself");
        }

        StopToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(30));
        StopToken.ThrowIfCancellationRequested();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Disposed?.Set();
    }
}
