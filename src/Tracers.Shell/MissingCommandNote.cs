using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Tracers.Shell;

/// <summary>Says once that a command which everybody expects comes with PowerShell and not with its engine.</summary>
internal sealed class MissingCommandNote(ShellHostUI ui)
{
    private const string Text =
        "Sort-Object, Group-Object, Format-Table and their like come with PowerShell 7.6: start pwsh there and Import-Module ./Tracers.psd1.";

    private bool _said;

    /// <summary>Starts to watch a session's command look-ups.</summary>
    public void Watch(Runspace runspace) => runspace.SessionStateProxy.InvokeCommand.CommandNotFoundAction += OnNotFound;

    private void OnNotFound(object? sender, CommandLookupEventArgs e)
    {
        // Look-ups of the engine itself, for completion or for a module, are nobody's mistake.
        if (_said || e.CommandOrigin != CommandOrigin.Runspace || !PowerShellCommands.Contains(e.CommandName))
            return;

        _said = true;
        ui.WriteErrorLine(Text);
    }
}
