using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Tracers.Shell;

/// <summary>One runspace with the module imported.</summary>
internal sealed class ShellSession : IDisposable
{
    private ShellSession(Runspace runspace) => Runspace = runspace;

    /// <summary>Gets the runspace.</summary>
    public Runspace Runspace { get; }

    /// <summary>Opens a session for a host and imports the module into it.</summary>
    /// <exception cref="ModuleImportException">The manifest is not there, cannot be imported, or brings no command.</exception>
    public static ShellSession Open(ShellHost host, ShellHostUI ui)
    {
        string manifest = ModuleManifest.Find(AppContext.BaseDirectory)
            ?? throw new ModuleImportException(
                $"Tracers.psd1 was not found beside the shell in {AppContext.BaseDirectory} or at the top of a checkout around it. Install the tool again.");

        QuietTheEngine();
        var state = InitialSessionState.CreateDefault2();
        Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        var session = new ShellSession(runspace);
        try
        {
            ui.Style = runspace.SessionStateProxy.GetVariable("PSStyle") as PSStyle;
            if (ui.Terminal.Plain && ui.Style is not null)
                ui.Style.OutputRendering = OutputRendering.PlainText;
            session.ImportModule(manifest);
            new MissingCommandNote(ui).Watch(runspace);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Runspace.Dispose();

    // Each costs start-up time, and none is this shell's business: it is not a release of PowerShell. The diagnostics are a socket on which another
    // PowerShell can enter the process: a tenth of the start-up. Programs that it starts inherit this.
    private static void QuietTheEngine()
    {
        Environment.SetEnvironmentVariable("POWERSHELL_DIAGNOSTICS_OPTOUT", "1");
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");
    }

    private void ImportModule(string manifest)
    {
        Collection<PSObject> imported;
        try
        {
            using Pipeline pipeline = Runspace.CreatePipeline();
            var import = new Command("Import-Module");
            import.Parameters.Add("Name", manifest);
            import.Parameters.Add("PassThru", true);
            import.Parameters.Add("ErrorAction", ActionPreference.Stop);
            pipeline.Commands.Add(import);
            imported = pipeline.Invoke();
        }
        catch (RuntimeException e)
        {
            throw new ModuleImportException($"The module {manifest} cannot be imported: {e.Message}", e);
        }

        // A manifest whose assembly is another one of the same name imports without an error and without a command.
        if (imported is not [{ BaseObject: PSModuleInfo { ExportedCmdlets.Count: > 0 } }])
        {
            throw new ModuleImportException(
                $"The module {manifest} was imported but brings no command. Build it again: dotnet build -c Release.");
        }
    }
}
