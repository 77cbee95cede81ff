using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace Tracers.Tests.PowerShell;

/// <summary>Collects the text that a console would show; asks nobody anything, and answers what a test has said.</summary>
internal sealed partial class TextHostInterface : PSHostUserInterface
{
    private readonly StringBuilder _text = new();

    /// <summary>The labels of the choices to take, in the order in which they will be asked for.</summary>
    public Queue<string> Answers { get; } = [];

    public override PSHostRawUserInterface RawUI { get; } = new TextHostRawInterface();

    public void Clear()
    {
        lock (_text)
        {
            _text.Clear();
        }
    }

    public string ToPlainText()
    {
        lock (_text)
        {
            string plain = EscapeCode().Replace(_text.ToString(), "").ReplaceLineEndings("\n");
            return string.Join('\n', plain.Split('\n').Select(line => line.TrimEnd()));
        }
    }

    public override void Write(string value)
    {
        lock (_text)
        {
            _text.Append(value);
        }
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + "\n");

    public override void WriteErrorLine(string value) => WriteLine(value);

    public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);

    public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);

    public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);

    // The records are in the stream; a console shows them apart from the text.
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override string ReadLine() => throw new NotSupportedException();

    public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new NotSupportedException($"A script asked for: {string.Join(", ", descriptions.Select(description => description.Name))}");

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        string answer = Answers.TryDequeue(out string? next) ? next : throw new NotSupportedException($"A script asked: {message}");
        return choices.ToList().FindIndex(choice => choice.Label.Replace("&", "", StringComparison.Ordinal) == answer);
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        throw new NotSupportedException();

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex EscapeCode();
}
