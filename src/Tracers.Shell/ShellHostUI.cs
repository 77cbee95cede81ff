using System.Management.Automation;
using System.Management.Automation.Host;

namespace Tracers.Shell;

/// <summary>Writes what the engine has to say: output, warnings, verbose and debug text to standard output, errors to standard error, as pwsh does.</summary>
internal sealed partial class ShellHostUI(Terminal terminal, ShellOutput output, bool nonInteractive) : PSHostUserInterface
{
    private const string Reset = "\u001b[0m";

    private readonly ProgressLine _progress = new(terminal, output);
    private readonly Lock _lock = new();

    /// <summary>Gets or sets the session's $PSStyle; null until there is a session.</summary>
    public PSStyle? Style { get; set; }

    /// <summary>Gets or sets a value indicating whether all text goes to standard error: set while an error that ended a pipeline is shown.</summary>
    public bool SendEverythingToError { get; set; }

    /// <summary>Gets the terminal.</summary>
    public Terminal Terminal => terminal;

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUI(terminal, nonInteractive);

    // Also true when the output goes to a file: then the escape codes come here and are removed here, and the engine need not do it
    // with its regular expression.
    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => !terminal.Plain;

    /// <inheritdoc/>
    public override void Write(string value)
    {
        lock (_lock)
        {
            _progress.Remove();
            if (SendEverythingToError)
                output.Error.Write(Render(value, color: null, terminal.ErrorRedirected));
            else
                output.Out.Write(Render(value, color: null, terminal.OutputRedirected));
        }
    }

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        if (KeepsEscapes(terminal.OutputRedirected))
            Write(PSStyle.MapForegroundColorToEscapeSequence(foregroundColor) + value + Reset);
        else
            Write(value);
    }

    /// <inheritdoc/>
    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteLine() => Write(Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        Write(foregroundColor, backgroundColor, value);
        WriteLine();
    }

    /// <inheritdoc/>
    public override void WriteErrorLine(string value)
    {
        lock (_lock)
        {
            _progress.Remove();
            output.Error.WriteLine(Render(value, Style?.Formatting.Error, terminal.ErrorRedirected));
        }
    }

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WritePrefixed("WARNING: ", message, Style?.Formatting.Warning);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WritePrefixed("VERBOSE: ", message, Style?.Formatting.Verbose);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WritePrefixed("DEBUG: ", message, Style?.Formatting.Debug);

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_lock)
            _progress.Show(record);
    }

    /// <summary>Takes the progress line off the terminal.</summary>
    public void EraseProgress()
    {
        lock (_lock)
            _progress.Remove();
    }

    private void WritePrefixed(string prefix, string message, string? color)
    {
        lock (_lock)
        {
            _progress.Remove();
            output.Out.WriteLine(Render(prefix + message, color, terminal.OutputRedirected));
        }
    }

    private string Render(string text, string? color, bool redirected)
    {
        if (!KeepsEscapes(redirected))
            return EscapeCodes.Remove(text);

        // The engine's own error view is coloured already; text that is not gets the colour of its stream.
        return string.IsNullOrEmpty(color) || text.Contains('\u001b', StringComparison.Ordinal) ? text : color + text + Reset;
    }

    private bool KeepsEscapes(bool redirected) => Style?.OutputRendering switch
    {
        OutputRendering.PlainText => false,
        OutputRendering.Ansi => true,
        _ => !redirected && !terminal.Plain,
    };
}
