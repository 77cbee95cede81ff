using System.Diagnostics;
using System.Globalization;
using Tracers.Engine.Capture;
using Tracers.Live;

namespace Tracers.Commands;

/// <summary>A command that works on live captures.</summary>
public abstract class LiveCaptureCommand : CancellableCommand
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    /// <summary>The captures of this session.</summary>
    private protected static SessionRecordings Recordings => SessionRecordings.Current
        ?? throw new InvalidOperationException("A command runs in a session.");

    /// <summary>Waits for the end of a capture, with progress.</summary>
    /// <param name="recording">The capture.</param>
    /// <param name="patience">How long; null: as long as it takes.</param>
    /// <param name="hint">What Ctrl+C does.</param>
    /// <returns>Whether it has ended.</returns>
    private protected bool WaitForEnd(TracerRecording recording, TimeSpan? patience, string hint)
    {
        using ProgressReporter reporter = new(this);
        RecordingMeter meter = new();
        string activity = $"Recording {recording.ToText("File")} ({hint})";
        CaptureProgress first = recording.Progress;
        long begin = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan left = patience is { } all ? all - Stopwatch.GetElapsedTime(begin) : TimeSpan.MaxValue;
            if (recording.Wait(left > s_look ? s_look : left > TimeSpan.Zero ? left : TimeSpan.Zero, StopToken))
                return true;
            StopToken.ThrowIfCancellationRequested();
            if (left <= s_look)
                return false;

            // How much of the waiting is done: the capture may have run for long.
            CaptureProgress now = recording.Progress;
            (long done, long total) = recording.Options switch
            {
                { Duration: { } duration } => ((now.Elapsed - first.Elapsed).Ticks, (duration - first.Elapsed).Ticks),
                { MaxBytes: { } bytes } => (now.Bytes - first.Bytes, bytes - first.Bytes),
                _ => (0, 0),
            };
            reporter.Report(done, total, activity, () => meter.Read(now));
        }
    }

    /// <summary>Ends a capture, or takes note that it has ended: from now on it is the one that commands without a path work on.</summary>
    private protected static void End(TracerRecording recording)
    {
        recording.End();
        SessionCapture.Remember(recording.Path);
    }

    /// <summary>Tells what the user must know of a capture that has ended.</summary>
    private protected void Tell(TracerRecording recording)
    {
        if (LossOf(recording) is { } loss)
            WriteWarning(loss);
        foreach (string problem in recording.Problems)
            WriteWarning(problem);

        if (recording.Error is { } error)
        {
            recording.MustTellFailure();
            WriteError(TracerErrors.CaptureFailed(recording, error));
        }
    }

    /// <summary>The same after Ctrl+C, and what there is now: a command that is being stopped writes to no stream any more.</summary>
    private protected void TellOnHost(TracerRecording recording)
    {
        Host.UI.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Capture {recording.Id}: {recording.Events:N0} events and {Views.Count(recording.Spans, "span")} in {recording.Elapsed:H}, {Views.Bytes(recording.Size)} in '{recording.Path}'."));
        if (LossOf(recording) is { } loss)
            Host.UI.WriteWarningLine(loss);
        foreach (string problem in recording.Problems)
            Host.UI.WriteWarningLine(problem);
        if (recording.Error is { } error)
        {
            recording.MustTellFailure();
            Host.UI.WriteErrorLine(TracerErrors.CaptureFailed(recording, error).ToString());
        }
    }

    private static string? LossOf(TracerRecording recording) => recording.LostEvents is not (> 0 and long lost) ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"The capture into '{recording.Path}' lost {Views.Count(lost, "event")} beside the {recording.Events:N0} that it has: counts, bytes and spans are too low. Record again with a larger -BufferSize, a smaller -SnapLength, or less: -ProcessId, -ProcessName, -ContainerId, -Syscall, -Mode.");
}
