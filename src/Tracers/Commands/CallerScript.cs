using System.Management.Automation;
using System.Management.Automation.Language;

namespace Tracers.Commands;

/// <summary>Runs a script block of the user in the middle of a command.</summary>
/// <remarks>
/// In the scope of the caller, as ForEach-Object runs its block. A pipeline that is stepped through passes objects on at once, and has the other
/// streams of the command too.
/// </remarks>
internal static class CallerScript
{
    /// <summary>Everything but running it.</summary>
    public static SteppablePipeline Prepare(ScriptBlock block)
    {
        // ". <the block>", with the block itself as a constant: of a pipeline to be stepped through, $args[0] would be evaluated in the caller's scope.
        IScriptExtent place = block.Ast.Extent;
        CommandAst dot = new(place, [new ConstantExpressionAst(place, block)], TokenKind.Dot, redirections: null);
        StatementBlockAst statements = new(place, [new PipelineAst(place, dot)], traps: null);
        ScriptBlock script = new ScriptBlockAst(place, paramBlock: null, statements, isFilter: false).GetScriptBlock();
        return script.GetSteppablePipeline(CommandOrigin.Internal);
    }

    /// <summary>Runs it; its output is the command's.</summary>
    public static void Run(this SteppablePipeline pipeline, PSCmdlet command)
    {
        pipeline.Begin(command);
        pipeline.Process();
        pipeline.End();
    }
}
