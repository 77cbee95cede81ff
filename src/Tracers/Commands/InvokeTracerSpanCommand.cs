using System.Management.Automation;
using Tracers.Marks;

namespace Tracers.Commands;

/// <summary>Runs a script block inside of a span.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TracerSpan")]
[OutputType(typeof(object))]
public sealed class InvokeTracerSpanCommand : BeginSpanCommand
{
    /// <summary>What to run.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNull]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        using SteppablePipeline pipeline = CallerScript.Prepare(ScriptBlock);
        using MarkedSpan span = BeginSpan();
        pipeline.Run(this);
    }
}
