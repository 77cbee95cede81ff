using System.Management.Automation;

namespace Tracers.Tests.PowerShell.Probes;

/// <summary>Adds a note property named by its parameters to what comes in, as a provider does: the object stays wrapped in a PSObject.</summary>
[Cmdlet(VerbsCommon.Add, "ProbeNote")]
[OutputType(typeof(PSObject))]
public sealed class AddProbeNoteCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public string Name { get; set; } = "Note";

    [Parameter]
    public string Value { get; set; } = "";

    protected override void ProcessRecord()
    {
        InputObject!.Properties.Add(new PSNoteProperty(Name, Value));
        WriteObject(InputObject);
    }
}
