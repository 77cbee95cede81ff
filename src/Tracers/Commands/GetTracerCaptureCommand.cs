using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Scap;
using Tracers.Live;

namespace Tracers.Commands;

/// <summary>Tells what a capture file is and holds; without a file, which captures this session records.</summary>
[Cmdlet(VerbsCommon.Get, "TracerCapture", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TracerCapture), typeof(TracerRecording))]
public sealed class GetTracerCaptureCommand : CaptureReadCommand
{
    private const string IdSet = "Id";

    /// <inheritdoc/>
    [Parameter(Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[]? Path { get; set; }

    /// <summary>The live captures of this session with these ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(RecordingIdCompleter))]
    [ValidateNotNullOrEmpty]
    public int[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnInput()
    {
        if (ParameterSetName == IdSet)
            WriteRecordings(Id);
        else if (NamesNoCapture)
            WriteRecordings([.. SessionRecordings.Current?.All.Select(static r => r.Id) ?? []]);
        else
            base.OnInput();
    }

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

    private void WriteRecordings(IEnumerable<int> ids)
    {
        foreach (int id in ids)
        {
            if (SessionRecordings.Current?.Find(id) is not { } recording)
            {
                WriteError(TracerErrors.CaptureIdNotFound(id));
                continue;
            }

            WriteObject(recording);
            TellFailure(recording);
        }
    }
}
