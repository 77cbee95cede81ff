using System.Management.Automation;

namespace Tracers.Tests.PowerShell.Probes;

/// <summary>Set-Location, which the engine alone does not have.</summary>
[Cmdlet(VerbsCommon.Set, "ProbeLocation")]
public sealed class SetProbeLocationCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    protected override void EndProcessing() => SessionState.Path.SetLocation(Path);
}
