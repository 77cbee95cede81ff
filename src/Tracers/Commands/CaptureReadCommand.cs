using Tracers.Engine;

namespace Tracers.Commands;

/// <summary>A command that makes one pass over each capture: with progress, and a word about what the capture lost.</summary>
public abstract class CaptureReadCommand : CaptureFileCommand
{
    /// <summary>Opens a capture, asks it one question, and tells what the user must know of it.</summary>
    /// <param name="path">The full path of a file.</param>
    /// <param name="keepArguments">Whether the arguments of markers are wanted.</param>
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
        catch (Engine.Scap.ScapFormatException) when (file.Statistics.Sections > 0)
        {
            Tell(path, file.Statistics);
            throw;
        }
        finally
        {
            // Also when the rest was not wanted or is damaged; but a picture that was named by mistake is not the session's capture.
            if (file.Statistics.Sections > 0)
                SessionCapture.Remember(path);
        }

        Tell(path, file.Statistics);
    }

    private void Tell(string path, CaptureStatistics statistics)
    {
        if (statistics.DropIntervals > 0)
        {
            WriteWarning(
                $"'{path}' lost events in {statistics.DropIntervals} intervals while it was recorded: counts, bytes and spans are too low there. Record again with a larger buffer.");
        }

        if (statistics.SkippedEvents > 0 || statistics.SkippedBlocks > 0)
            WriteVerbose($"'{path}': skipped {statistics.SkippedEvents} events and {statistics.SkippedBlocks} blocks of types that this version does not know.");
        if (statistics.BadMarkers > 0)
            WriteVerbose($"'{path}': {statistics.BadMarkers} writes to /dev/null begin like a marker and are none; they count as plain writes.");
        WriteVerbose($"'{path}': read {statistics.Events} events and {statistics.Markers} markers.");
    }
}
