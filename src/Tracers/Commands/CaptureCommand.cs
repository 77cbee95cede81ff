using System.Collections.ObjectModel;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;
using Tracers.Engine;
using Tracers.Engine.Scap;

namespace Tracers.Commands;

/// <summary>A command that reads capture files, each in one pass: with progress, and a word about what the capture lost.</summary>
public abstract class CaptureCommand : CancellableCommand
{
    /// <summary>Opens a capture, asks it one question, and tells what the user must know of it.</summary>
    /// <param name="path">The full path of a file, or <c>-</c> for standard input.</param>
    /// <param name="keepArguments">Whether the arguments of markers, parents and depth of spans are wanted.</param>
    /// <param name="ask">The question.</param>
    private protected void Read(string path, bool keepArguments, Action<CaptureFile> ask) => Read(path, keepArguments, ask, isLast: true);

    /// <summary>The first of two passes over a capture. What there is to tell, damage included, the other one tells.</summary>
    /// <param name="path">The full path of a file.</param>
    /// <param name="ask">The question; it has the answer as far as the capture is whole.</param>
    private protected void LookThrough(string path, Action<CaptureFile> ask) => Read(path, keepArguments: true, ask, isLast: false);

    private void Read(string path, bool keepArguments, Action<CaptureFile> ask, bool isLast)
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
            if (!isLast)
                return;
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

        if (isLast)
            Tell(path, file.Statistics);
    }

    /// <summary>Why a capture that is still being written was not read to its end; null for any other.</summary>
    private protected static string? WhyNotToItsEnd(string path, CaptureStatistics statistics) => statistics.BeingWrittenTo is { } end
        ? $"'{path}' is still being written: everything up to byte {end} was read, and there will be more. Read it again later for the rest."
        : null;

    /// <summary>Tells that a live capture has failed, if nobody has been told yet.</summary>
    private protected void TellFailure(TracerRecording recording)
    {
        if (recording.MustTellFailure() && recording.Error is { } error)
            WriteError(TracerErrors.CaptureFailed(recording, error));
    }

    /// <summary>What makes the command read a capture more than once, as a sentence without its end: pipes are refused then. Null for one that reads once.</summary>
    private protected virtual string? WhyAgain => null;

    /// <summary>Reads one capture; what that throws about the file becomes one error.</summary>
    /// <param name="file">The full path of a file, or <c>-</c> for standard input.</param>
    /// <param name="read">What reads it.</param>
    private protected void ReadCapture(string file, Action<string> read)
    {
        if (WhyAgain is { } why && ByteSource.IsSequential(file))
        {
            WriteError(TracerErrors.CanBeReadOnlyOnce(file, why));
            return;
        }

        if (file == StandardInput.Path && StandardInputProblem() is { } problem)
        {
            WriteError(problem);
            return;
        }

        ErrorRecord? error = null;
        try
        {
            read(file);
        }
        catch (Exception exception) when ((error = TracerErrors.FromReading(exception, file)) is not null)
        {
            WriteError(error);
        }
    }

    /// <summary>The files that a name means; for one that means none there is an error.</summary>
    /// <param name="name">A path, <c>-</c> for standard input, or a pattern.</param>
    /// <param name="literal">Whether the name is taken as it is.</param>
    private protected IReadOnlyList<string> Resolve(string name, bool literal)
    {
        if (name == StandardInput.Path && !literal)
            return [StandardInput.Path];

        Collection<string> files;
        ProviderInfo provider;
        try
        {
            files = literal
                ? [SessionState.Path.GetUnresolvedProviderPathFromPSPath(name, out provider, out _)]
                : SessionState.Path.GetResolvedProviderPathFromPSPath(name, out provider);
        }
        catch (ItemNotFoundException)
        {
            WriteError(TracerErrors.CaptureNotFound(name));
            return [];
        }
        catch (Exception exception) when (exception is SessionStateException or PSArgumentException or PSNotSupportedException)
        {
            WriteError(TracerErrors.PathNotUsable(name, exception));
            return [];
        }

        if (!string.Equals(provider.Name, FileSystemProvider.ProviderName, StringComparison.Ordinal))
        {
            WriteError(TracerErrors.NotAFileSystemPath(name, provider.Name));
            return [];
        }

        if (files.Count == 0)
        {
            WriteError(TracerErrors.NoFileMatches(name));
        }

        return [.. files.Where(IsFile)];
    }

    private bool IsFile(string path)
    {
        if (Directory.Exists(path))
        {
            WriteError(TracerErrors.PathIsDirectory(path));
            return false;
        }

        if (!File.Exists(path))
        {
            WriteError(TracerErrors.CaptureNotFound(path));
            return false;
        }

        return true;
    }

    private static ErrorRecord? StandardInputProblem() =>
        StandardInput.IsTerminal ? TracerErrors.StandardInputIsTerminal()
        : StandardInput.TryTake() ? null
        : TracerErrors.StandardInputUsedUp();

    /// <summary>Tells what the user must know of a capture that was read.</summary>
    private protected void Tell(string path, CaptureStatistics statistics)
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
