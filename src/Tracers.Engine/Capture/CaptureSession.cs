namespace Tracers.Engine.Capture;

/// <summary>
/// A live capture of this machine: from <see cref="Start"/>, which returns when events flow, until it is stopped, reaches its limits
/// or fails. It goes on in the background; disposing of it stops it and leaves a whole file.
/// </summary>
public sealed class CaptureSession : IDisposable
{
    internal CaptureSession(CaptureOptions options) => Options = options;

    public CaptureOptions Options { get; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Started { get; private init; }

    /// <summary>How far it is; may be asked for by any thread, at any time.</summary>
    public CaptureProgress Progress { get; private set; }

    /// <summary>Whether the file is complete and nothing is attached any more.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>What ended it before its time: a full disk, say. Null while it runs and after a proper end. What was written stays readable.</summary>
    public Exception? Error { get; private set; }

    /// <summary>The files that it has written and kept, the newest last.</summary>
    public IReadOnlyList<string> Files => [Options.Path];

    /// <summary>Loads the probe, attaches it, takes the processes and descriptors that there are, and begins to record.</summary>
    /// <exception cref="CaptureStartException">It cannot; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is attached.</exception>
    public static CaptureSession Start(CaptureOptions options, CancellationToken cancellation = default) =>
        throw new CaptureStartException(CaptureStartFailure.NotSupported, "Recording is under construction.");

    /// <summary>Ends it: takes what is still in the rings, detaches, closes the file. Returns when that is done; may be called again.</summary>
    public void Stop() => HasEnded = true;

    /// <summary>Waits for its end.</summary>
    /// <returns>Whether it has ended.</returns>
    public bool Wait(TimeSpan timeout, CancellationToken cancellation = default) => HasEnded;

    public void Dispose() => Stop();
}
