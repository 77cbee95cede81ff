using System.Management.Automation;
using Tracers.Commands;

namespace Tracers.Tests.PowerShell.Probes;

/// <summary>A command of the shape that accounting has: files, or objects from the pipeline, or neither.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Probe", DefaultParameterSetName = PathSet)]
[OutputType(typeof(string))]
public sealed class MeasureProbeCommand : CaptureFileCommand
{
    [Parameter(Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public override string[]? Path { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)]
    public ProbeRecord? InputObject { get; set; }

    protected override void OnInput()
    {
        if (InputObject is not null)
        {
            WriteObject($"record {InputObject.Duration}");
        }
        else
        {
            ProcessNamedCaptures();
        }
    }

    protected override void OnEnd() => WriteObject($"end {ParameterSetName}");

    protected override void ProcessCapture(string path) => WriteObject($"file {path}");
}
