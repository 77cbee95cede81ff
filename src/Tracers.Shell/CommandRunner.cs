using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace Tracers.Shell;

/// <summary>Runs commands and scripts in a session, shows what they write, and says with which code the process is to end.</summary>
internal sealed class CommandRunner(ShellSession session, ShellHost host, ShellHostUI ui, Interrupts interrupts)
{
    /// <summary>Runs a text of commands: 0 when the last one succeeded.</summary>
    public int RunCommand(string text)
    {
        // Without a history entry the engine puts $? back after the pipeline to what it was before.
        bool completed = Run(new Command(text, isScript: true, useLocalScope: false), text);
        return ExitCode(completed && session.Runspace.SessionStateProxy.GetVariable("?") is true);
    }

    /// <summary>Runs a script file: 0 when it came to its end, whatever its last command did, as with pwsh.</summary>
    public int RunFile(string path, IReadOnlyList<string> arguments)
    {
        string full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            ui.WriteErrorLine($"The script '{path}' was not found. Give the path of a .ps1 file after -File, or commands after -Command.");
            return ExitCodes.BadArguments;
        }

        var command = new Command(full, isScript: false, useLocalScope: false);
        ScriptArguments.AddTo(command, arguments);
        EngineInternals.LetExitEndTheProcess(session.Runspace);
        return ExitCode(Run(command, full));
    }

    private int ExitCode(bool succeeded) =>
        interrupts.ExitCode ?? host.RequestedExitCode ?? (succeeded ? ExitCodes.Success : ExitCodes.Failure);

    private bool Run(Command command, string history)
    {
        // Errors travel with the output so that both are shown in the order in which they happened.
        command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        using Pipeline pipeline = session.Runspace.CreatePipeline(history, addToHistory: true);
        pipeline.Commands.Clear();
        pipeline.Commands.Add(command);
        pipeline.Commands.Add("Out-Default");
        if (!interrupts.Watch(pipeline))
            return false;

        try
        {
            pipeline.Invoke();
            return true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (InvalidPipelineStateException) when (interrupts.ExitCode is not null)
        {
            // Stopped after it was watched and before it was started.
            return false;
        }
        catch (IncompleteParseException e)
        {
            // Carries no text of its own: it is meant for prompts that ask for the rest.
            interrupts.Unwatch();
            Report(new ParseException(ParseErrorsOf(command.CommandText, e)));
            return false;
        }
        catch (RuntimeException e)
        {
            interrupts.Unwatch();
            Report(e);
            return false;
        }
        finally
        {
            interrupts.Unwatch();
            ui.EraseProgress();
        }
    }

    private static ParseError[] ParseErrorsOf(string text, IncompleteParseException exception)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Length > 0 ? errors : exception.Errors;
    }

    // An error that ended the pipeline has not been shown yet. The engine's formatter renders it, and everything it writes belongs to standard error.
    private void Report(RuntimeException exception)
    {
        ErrorRecord record = exception.ErrorRecord ?? new ErrorRecord(exception, "Unhandled", ErrorCategory.OperationStopped, null);
        using Pipeline pipeline = session.Runspace.CreatePipeline();
        pipeline.Commands.Add("Out-Default");
        ui.SendEverythingToError = true;
        try
        {
            pipeline.Invoke(new[] { record });
        }
        finally
        {
            ui.SendEverythingToError = false;
        }
    }
}
