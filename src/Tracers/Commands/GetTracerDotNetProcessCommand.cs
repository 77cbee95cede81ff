using System.Management.Automation;
using Tracers.Completion;
using Tracers.Runtimes;

namespace Tracers.Commands;

/// <summary>Lists the processes of this machine in which .NET runs, and says which can be listened to.</summary>
[Cmdlet(VerbsCommon.Get, "TracerDotNetProcess")]
[OutputType(typeof(TracerDotNetProcess))]
public sealed class GetTracerDotNetProcessCommand : CancellableCommand
{
    /// <summary>Only processes with these names, of the process or of its program's assembly, with wildcards.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(DotNetProcessNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Only the processes with these ids.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DotNetProcessIdCompleter))]
    [ValidateNotNullOrEmpty]
    public int[]? Id { get; set; }

    /// <inheritdoc/>
    protected override void OnInput()
    {
        if (!OperatingSystem.IsLinux())
            ThrowTerminatingError(TracerErrors.DotNetProcessesNotSupported());
        List<TracerDotNetProcess> all = Find();
        Func<string, bool>? named = Wildcards.Any(Name);
        foreach (TracerDotNetProcess process in all.Where(p => (named is null || p.IsNamed(named)) && (Id is null || Id.Contains(p.Id))))
            WriteObject(process);
        foreach (string name in Name ?? [])
        {
            if (!WildcardPattern.ContainsWildcardCharacters(name) && !all.Exists(p => p.IsNamed(n => n.Equals(name, StringComparison.OrdinalIgnoreCase))))
                WriteError(TracerErrors.DotNetProcessNotFound(name));
        }

        foreach (int id in Id ?? [])
        {
            if (!all.Exists(p => p.Id == id))
                WriteError(TracerErrors.DotNetProcessIdNotFound(id));
        }
    }

    private List<TracerDotNetProcess> Find()
    {
        try
        {
            return [.. RuntimeLibrary.Diagnostics.FindProcesses().Select(static p => new TracerDotNetProcess(p))];
        }
        catch (FileNotFoundException e)
        {
            ThrowTerminatingError(TracerErrors.RuntimeLibraryMissing(e));
            return [];
        }
    }
}
