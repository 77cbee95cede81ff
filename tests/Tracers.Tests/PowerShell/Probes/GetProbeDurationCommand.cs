using System.Management.Automation;

namespace Tracers.Tests.PowerShell.Probes;

/// <summary>Writes back what its parameters were bound to.</summary>
[Cmdlet(VerbsCommon.Get, "ProbeDuration")]
[OutputType(typeof(Duration), typeof(Timestamp))]
public sealed class GetProbeDurationCommand : PSCmdlet
{
    [Parameter]
    public Duration MinDuration { get; set; }

    [Parameter]
    public Timestamp After { get; set; }

    protected override void EndProcessing()
    {
        foreach (string name in MyInvocation.BoundParameters.Keys)
        {
            WriteObject(name == nameof(MinDuration) ? MinDuration : After);
        }
    }
}
