using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Tracers.Shell;

/// <summary>The one thing that pwsh sets on the engine and that has no public way.</summary>
internal static class EngineInternals
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>
    /// Makes exit in the next script file reach the host. Otherwise the engine ends the script, keeps the code in $LASTEXITCODE, and nobody can tell it
    /// from the code of a native command. The engine's version is fixed by the package; a test runs such a script.
    /// </summary>
    public static void LetExitEndTheProcess(Runspace runspace)
    {
        object? context = typeof(Runspace).GetProperty("ExecutionContext", Hidden)?.GetValue(runspace);
        PropertyInfo property = context?.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Hidden)
            ?? throw new NotSupportedException("This version of System.Management.Automation does not let -File pass on a script's exit code.");
        property.SetValue(context, true);
    }
}
