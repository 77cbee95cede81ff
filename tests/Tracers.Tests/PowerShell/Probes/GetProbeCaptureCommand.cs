using System.Management.Automation;
using Tracers.Commands;

namespace Tracers.Tests.PowerShell.Probes;

/// <summary>Writes the path of each capture that it is given, or throws as reading it might.</summary>
[Cmdlet(VerbsCommon.Get, "ProbeCapture", DefaultParameterSetName = PathSet)]
[OutputType(typeof(string))]
public sealed class GetProbeCaptureCommand : CaptureFileCommand
{
    /// <summary>Thrown by the test's own reading of a file, after its path is written.</summary>
    [Parameter]
    public Exception? Throw { get; set; }

    protected override void ProcessCapture(string path)
    {
        WriteObject(path);
        if (Throw is not null)
        {
            throw Throw;
        }
    }
}
