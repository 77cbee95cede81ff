using System.Diagnostics;
using System.Management.Automation;

namespace Tracers.Commands;

/// <summary>Waits for the end of live captures.</summary>
[Cmdlet(VerbsLifecycle.Wait, "TracerCapture", DefaultParameterSetName = DefaultSet)]
[OutputType(typeof(TracerRecording))]
public sealed class WaitTracerCaptureCommand : SelectedCaptureCommand
{
    private readonly long _begin = Stopwatch.GetTimestamp();
    private Duration? _timeout;

    // Not nullable: PowerShell would convert the number that it made of the text, and 0.5s would be 0.
    /// <summary>How long to wait, for all captures together.</summary>
    [Parameter]
    public Duration Timeout
    {
        get => _timeout ?? default;
        set => _timeout = value;
    }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        if (_timeout is { Nanoseconds: < 0 } timeout)
            ThrowTerminatingError(TracerErrors.TimeoutNegative(timeout));
    }

    /// <inheritdoc/>
    private protected override void Process(TracerRecording recording)
    {
        TimeSpan? patience = _timeout is { } timeout ? (TimeSpan)timeout - Stopwatch.GetElapsedTime(_begin) : null;
        if (!WaitForEnd(recording, patience, "Ctrl+C ends the waiting"))
        {
            WriteError(TracerErrors.CaptureStillRunning(recording, Timeout));
            return;
        }

        End(recording);
        Tell(recording);
        WriteObject(recording);
    }
}
