using System.Management.Automation;

namespace Tracers.Commands;

/// <summary>Runs a script block of the user in the middle of a command.</summary>
/// <remarks>
/// In the scope of the caller, as ForEach-Object runs its block. A pipeline that is stepped through passes objects on at once, and has the other
/// streams of the command too.
/// </remarks>
internal static class CallerScript
{
    private static readonly ScriptBlock s_dot = ScriptBlock.Create(". $args[0]");

    /// <summary>Everything but running it.</summary>
    public static SteppablePipeline Prepare(ScriptBlock block) => s_dot.GetSteppablePipeline(CommandOrigin.Internal, [block]);

    /// <summary>Runs it; its output is the command's.</summary>
    public static void Run(this SteppablePipeline pipeline, PSCmdlet command)
    {
        pipeline.Begin(command);
        pipeline.Process();
        pipeline.End();
    }
}
