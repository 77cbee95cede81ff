using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace Tracers.Shell;

/// <summary>Reads commands and runs them until exit or the end of input.</summary>
internal sealed class InteractiveLoop(ShellSession session, ShellHost host, ShellHostUI ui, ShellOutput output, Interrupts interrupts, CommandRunner runner)
{
    private const string DefaultPrompt = "PS> ";

    private readonly LineReader _reader = new(ui.Terminal, output);

    private bool AtTerminal => !ui.Terminal.InputRedirected && !ui.Terminal.OutputRedirected && !ui.Terminal.Plain;

    /// <summary>Runs the loop and gives the process's exit code.</summary>
    public int Run(bool greet)
    {
        interrupts.HasPrompt = true;
        if (AtTerminal)
        {
            // A question of a command is not part of the history and has nothing to complete.
            ui.TerminalLine = question => _reader.Read(question, remember: false, out string answer) switch
            {
                LineEnd.Entered => answer,
                LineEnd.Cancelled => throw new PipelineStoppedException(),
                _ => null,
            };
        }

        if (greet && !ui.Terminal.InputRedirected)
            ui.WriteLine(ShellTexts.Version + Environment.NewLine + "Get-Command -Module Tracers lists the commands; exit or Ctrl+D ends the shell.");

        while (host.RequestedExitCode is null && ReadCommand() is { } text)
        {
            interrupts.Forget();
            if (!string.IsNullOrWhiteSpace(text))
                runner.RunCommand(text);
            interrupts.Forget();
            if (interrupts.ExitCode is { } code)
                return code;
        }

        return host.RequestedExitCode ?? ExitCodes.Success;
    }

    private string? ReadCommand()
    {
        string? text = null;
        while (true)
        {
            switch (ReadLine(text is null, out string line))
            {
                case LineEnd.EndOfInput:
                    return text;
                case LineEnd.Cancelled:
                    return "";
            }

            text = text is null ? line : text + "\n" + line;

            // A line left empty ends the continuation, so that the error can be seen.
            if (line.Length == 0 || !IsIncomplete(text))
                return text;
        }
    }

    private LineEnd ReadLine(bool first, out string line)
    {
        if (AtTerminal)
        {
            _reader.Completer = new LineCompleter(session.Runspace);
            LineEnd end = _reader.Read(first ? Prompt() : ">> ", remember: true, out line);
            _reader.Completer = null;
            return end;
        }

        if (!ui.Terminal.InputRedirected)
            ui.Write(first ? Prompt() : ">> ");
        string? read = Console.In.ReadLine();
        line = read ?? "";
        return read is null ? LineEnd.EndOfInput : LineEnd.Entered;
    }

    // The prompt function is the user's to define; what it must not do is end the shell.
    private string Prompt()
    {
        using Pipeline pipeline = session.Runspace.CreatePipeline();
        pipeline.Commands.Add("prompt");
        if (!interrupts.Watch(pipeline))
            return DefaultPrompt;

        try
        {
            return string.Concat(pipeline.Invoke());
        }
        catch (RuntimeException)
        {
            return DefaultPrompt;
        }
        catch (InvalidPipelineStateException) when (interrupts.ExitCode is not null)
        {
            return DefaultPrompt;
        }
        finally
        {
            interrupts.Unwatch();
            interrupts.Forget();
        }
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return Array.Exists(errors, e => e.IncompleteInput);
    }
}
