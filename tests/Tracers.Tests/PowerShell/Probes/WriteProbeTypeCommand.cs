using System.Management.Automation;

namespace Tracers.Tests.PowerShell.Probes;

/// <summary>Writes the name of the type that its argument arrived as.</summary>
[Cmdlet(VerbsCommunications.Write, "ProbeType")]
[OutputType(typeof(string))]
public sealed class WriteProbeTypeCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public object? Value { get; set; }

    protected override void EndProcessing() =>
        WriteObject((Value is PSObject wrapped ? wrapped.BaseObject : Value)!.GetType().Name);
}
