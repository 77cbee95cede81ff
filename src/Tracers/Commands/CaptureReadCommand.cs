using System.Management.Automation;

namespace Tracers.Commands;

/// <summary>A command that reads captures which are named, or piped as objects of this module.</summary>
public abstract class CaptureReadCommand : CaptureFileCommand
{
    /// <summary>The name of the parameter set of <see cref="InputObject"/>.</summary>
    protected const string InputObjectSet = "InputObject";

    /// <summary>The name of the parameter set of <see cref="Span"/>.</summary>
    protected const string SpanSet = "Span";

    /// <summary>The name of the parameter set of <see cref="Capture"/>.</summary>
    protected const string CaptureSet = "Capture";

    /// <summary>The name of the parameter set of <see cref="Recording"/>.</summary>
    protected const string RecordingSet = "Recording";

    // The objects of this module have a Path too. By that property they would bind to -Path: as a wildcard, and once for every object.
    /// <summary>A capture that Get-TracerCapture described; its file is read.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CaptureSet, ValueFromPipeline = true, DontShow = true)]
    [ValidateNotNull]
    public TracerCapture? Capture { get; set; }

    /// <summary>A live capture, while it runs or after its end; its files are read.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RecordingSet, ValueFromPipeline = true, DontShow = true)]
    [ValidateNotNull]
    public TracerRecording? Recording { get; set; }

    /// <summary>Only there to say that spans are not captures.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SpanSet, ValueFromPipeline = true, DontShow = true)]
    [ValidateNotNull]
    public virtual TracerSpan[]? Span { get; set; }

    /// <summary>Only there to say that events are not captures.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputObjectSet, ValueFromPipeline = true, DontShow = true)]
    [ValidateNotNull]
    public virtual TracerEvent? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void OnInput()
    {
        if (Capture is not null)
            ReadCapture(Capture.Path);
        else if (Recording is not null)
            ReadRecording(Recording);
        else if (Span is [var span, ..])
            ThrowTerminatingError(TracerErrors.NotACaptureObject(span, span.Path, MyInvocation.MyCommand.Name));
        else if (InputObject is not null)
            ThrowTerminatingError(TracerErrors.NotACaptureObject(InputObject, InputObject.Path, MyInvocation.MyCommand.Name));
        else
            ProcessNamedCaptures();
    }

    /// <summary>Whether the command was given neither a path nor an object, which some commands allow.</summary>
    private protected bool NamesNoCapture => ParameterSetName == PathSet && Path is null;

    /// <summary>For the end of a command that needs no capture to be named: reads the one that the session read or recorded last.</summary>
    /// <remarks>An empty pipeline is an answer of nothing; no pipeline and no path means the capture at hand.</remarks>
    /// <returns>False, with an error, when there is none.</returns>
    private protected bool ReadSessionCaptureIfNoneIsNamed()
    {
        if (!NamesNoCapture || MyInvocation.ExpectingInput)
            return true;
        if (SessionCapture.Path is not { } path)
        {
            WriteError(TracerErrors.NoCapture(MyInvocation.MyCommand.Name));
            return false;
        }

        WriteVerbose($"Neither -Path nor input was given: measuring the session's last capture, '{path}'.");
        ReadCapture(path);
        return true;
    }

    /// <summary>Why the capture that piped spans were read from cannot be read again; null where it can.</summary>
    private protected static ErrorRecord? ProblemOfSpans(string path) =>
        path == Engine.Scap.StandardInput.Path ? TracerErrors.SpansOfStandardInput()
        : File.Exists(path) ? null
        : TracerErrors.CaptureOfSpansGone(path);

    private void ReadRecording(TracerRecording recording)
    {
        TellFailure(recording);
        foreach (string file in recording.Files)
        {
            StopToken.ThrowIfCancellationRequested();
            ReadCapture(file);
        }
    }
}
