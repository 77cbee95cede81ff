using System.Management.Automation;
using Tracers.Engine.Scap;

namespace Tracers.Commands;

/// <summary>Tells what a capture file is and holds.</summary>
[Cmdlet(VerbsCommon.Get, "TracerCapture", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TracerCapture))]
public sealed class GetTracerCaptureCommand : CaptureReadCommand
{
    /// <inheritdoc/>
    protected override void ProcessCapture(string path) => Read(path, keepArguments: false, file =>
    {
        try
        {
            file.Summarize();
        }
        catch (Exception e) when (e is ScapFormatException or IOException && file.Statistics.Sections > 0)
        {
            // What the file holds up to the damage is worth knowing; the error follows.
            WriteObject(new TracerCapture(path, file.Statistics, e.Message));
            throw;
        }

        WriteObject(new TracerCapture(path, file.Statistics, WhyNotToItsEnd(path, file.Statistics)));
    });
}
