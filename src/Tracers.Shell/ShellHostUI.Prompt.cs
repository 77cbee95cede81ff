using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Tracers.Shell;

/// <summary>Asks: for missing parameters, for a choice, for a line.</summary>
internal sealed partial class ShellHostUI
{
    /// <summary>Gets or sets how a line is read from a terminal; without it, lines are read plainly.</summary>
    public Func<string, string?>? TerminalLine { get; set; }

    /// <inheritdoc/>
    public override string ReadLine() => Ask("", "a line of input");

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString()
    {
        RefuseWhenNonInteractive("a secret");
        if (terminal.InputRedirected)
            throw new HostException("A secret cannot be read: standard input is not a terminal.");

        var secret = new SecureString();
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
                break;
            if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
                secret.RemoveAt(secret.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                secret.AppendChar(key.KeyChar);
        }

        WriteLine();
        secret.MakeReadOnly();
        return secret;
    }

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        ArgumentNullException.ThrowIfNull(descriptions);
        RefuseWhenNonInteractive(string.Join(", ", descriptions.Select(d => $"'{d.Name}'")));
        WriteCaption(caption, message);

        var answers = new Dictionary<string, PSObject>(StringComparer.OrdinalIgnoreCase);
        foreach (FieldDescription field in descriptions)
            answers[field.Name] = PSObject.AsPSObject(AskForField(field));
        return answers;
    }

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        ArgumentNullException.ThrowIfNull(choices);
        RefuseWhenNonInteractive("a choice");
        WriteCaption(caption, message);
        ChoiceLabel[] labels = [.. choices.Select(ChoiceLabel.Parse)];
        string question = string.Join("  ", labels.Select(l => $"[{l.Key}] {l.Text}")) + "  [?] Help"
            + (defaultChoice >= 0 ? $" (default is \"{labels[defaultChoice].Key}\"): " : ": ");

        while (true)
        {
            string answer = Ask(question, "a choice").Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;

            if (answer == "?")
            {
                for (int i = 0; i < labels.Length; i++)
                    WriteLine($"{labels[i].Key} - {choices[i].HelpMessage}");
                continue;
            }

            int chosen = Array.FindIndex(labels, l => l.IsChosenBy(answer));
            if (chosen >= 0)
                return chosen;
        }
    }

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        RefuseWhenNonInteractive("a credential");
        WriteCaption(caption, message);
        string name = string.IsNullOrEmpty(userName) ? Ask("User: ", "a user name") : userName;
        Write($"Password for user {name}: ");
        return new PSCredential(name, ReadLineAsSecureString());
    }

    private object AskForField(FieldDescription field)
    {
        Type? type = Type.GetType(field.ParameterAssemblyFullName) ?? Type.GetType(field.ParameterTypeFullName);
        if (type == typeof(SecureString))
        {
            Write($"{field.Name}: ");
            return ReadLineAsSecureString();
        }

        if (type is not { IsArray: true })
            return Ask($"{field.Name}: ", $"'{field.Name}'");

        // A list is asked for item by item; an empty line ends it.
        var items = new List<string>();
        while (true)
        {
            string item = Ask(string.Create(CultureInfo.InvariantCulture, $"{field.Name}[{items.Count}]: "), $"'{field.Name}'");
            if (item.Length == 0)
                return items.ToArray();
            items.Add(item);
        }
    }

    private string Ask(string question, string what)
    {
        RefuseWhenNonInteractive(what);
        EraseProgress();
        string? line;
        if (TerminalLine is not null && !terminal.InputRedirected)
        {
            line = TerminalLine(question);
        }
        else
        {
            Write(question);
            line = Console.In.ReadLine();
        }

        return line ?? throw new HostException($"The shell asked for {what}, but standard input has ended. Give it as a parameter.");
    }

    private void RefuseWhenNonInteractive(string what)
    {
        if (nonInteractive)
        {
            throw new HostException(
                $"The shell needs {what}, but was started with -NonInteractive and cannot ask. Give it as a parameter, or leave -NonInteractive out.");
        }
    }

    private void WriteCaption(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption))
            WriteLine(caption);
        if (!string.IsNullOrEmpty(message))
            WriteLine(message);
    }
}
