using System.Management.Automation;
using Tracers.Engine;
using Tracers.Engine.Scap;

namespace Tracers.Commands;

/// <summary>A command that makes one pass over each capture: with progress, and a word about what the capture lost.</summary>
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

    /// <summary>Tells that a live capture has failed, if nobody has been told yet.</summary>
    private protected void TellFailure(TracerRecording recording)
    {
        if (recording.MustTellFailure() && recording.Error is { } error)
            WriteError(TracerErrors.CaptureFailed(recording, error));
    }

    /// <summary>Opens a capture, asks it one question, and tells what the user must know of it.</summary>
    /// <param name="path">The full path of a file, or <c>-</c> for standard input.</param>
    /// <param name="keepArguments">Whether the arguments of markers, parents and depth of spans are wanted.</param>
    /// <param name="ask">The question.</param>
    private protected void Read(string path, bool keepArguments, Action<CaptureFile> ask)
    {
        using ProgressReporter progress = new(this);
        using CaptureFile file = new(path, keepArguments, StopToken);
        string activity = $"Reading {System.IO.Path.GetFileName(path)}";
        long length = file.Statistics.FileLength ?? 0;
        file.Progress = done => progress.Report(done, length, activity);
        try
        {
            ask(file);
        }
        catch (Exception e) when (e is ScapFormatException or IOException && file.Statistics.Sections > 0)
        {
            Tell(path, file.Statistics);
            throw;
        }
        finally
        {
            // Also when the rest was not wanted or is damaged; but a picture that was named by mistake is not the session's capture,
            // and a pipe cannot be read again.
            if (file.Statistics is { Sections: > 0, FileLength: not null })
                SessionCapture.Remember(path);
        }

        Tell(path, file.Statistics);
    }

    /// <summary>Why a capture that is still being written was not read to its end; null for any other.</summary>
    private protected static string? WhyNotToItsEnd(string path, CaptureStatistics statistics) => statistics.BeingWrittenTo is { } end
        ? $"'{path}' is still being written: everything up to byte {end} was read, and there will be more. Read it again later for the rest."
        : null;

    private void ReadRecording(TracerRecording recording)
    {
        TellFailure(recording);
        foreach (string file in recording.Files)
        {
            StopToken.ThrowIfCancellationRequested();
            ReadCapture(file);
        }
    }

    private void Tell(string path, CaptureStatistics statistics)
    {
        if (WhyNotToItsEnd(path, statistics) is { } why)
            WriteWarning(why);
        if (statistics.DropIntervals > 0)
        {
            string lost = statistics.LostEvents is { } count ? $"{count} events" : "events";
            WriteWarning(
                $"'{path}' lost {lost} in {statistics.DropIntervals} intervals while it was recorded: counts, bytes and spans are too low there. Record again with a larger buffer.");
        }

        if (statistics.SkippedEvents > 0 || statistics.SkippedBlocks > 0 || statistics.SkippedEntries > 0)
        {
            WriteVerbose(
                $"'{path}': skipped {statistics.SkippedEvents} events, {statistics.SkippedBlocks} blocks and {statistics.SkippedEntries} entries of lists of types that this version does not know.");
        }

        if (statistics.HasTrailingBytes)
            WriteVerbose($"'{path}': passed over what stands behind the compressed data and is none of it, as gzip does.");
        if (statistics.BadMarkers > 0)
            WriteVerbose($"'{path}': {statistics.BadMarkers} writes to /dev/null begin like a marker and are none: malformed, or cut short by the capture.");
        if (statistics.UnfinishedMarkers > 0)
            WriteVerbose($"'{path}': {statistics.UnfinishedMarkers} markers were begun and their rest was not written.");
        WriteVerbose($"'{path}': read {statistics.Events} events and {statistics.Markers} markers.");
    }
}
