using System.Management.Automation;
using Tracers.Marks;

namespace Tracers.Commands;

/// <summary>Runs a script block inside of a span.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TracerSpan")]
[OutputType(typeof(object))]
public sealed class InvokeTracerSpanCommand : BeginSpanCommand
{
    // In the scope of the caller, as ForEach-Object runs its block; and only a pipeline that is stepped through passes objects on at once.
    private static readonly ScriptBlock s_caller = ScriptBlock.Create(". $args[0]");

    /// <summary>What to run.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNull]
    public ScriptBlock ScriptBlock { get; set; } = s_caller;

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        using SteppablePipeline pipeline = s_caller.GetSteppablePipeline(CommandOrigin.Internal, [ScriptBlock]);
        using MarkedSpan span = BeginSpan();
        pipeline.Begin(this);
        pipeline.Process();
        pipeline.End();
    }
}
