using Tracers.Engine.Capture;

namespace Tracers.Live;

/// <summary>The engine's capture.</summary>
internal sealed class LiveCapture : ILiveCapture
{
    private readonly CaptureSession _session;

    private LiveCapture(CaptureSession session) => _session = session;

    public CaptureOptions Options => _session.Options;

    public DateTimeOffset Started => _session.Started;

    public CaptureProgress Progress => _session.Progress;

    public bool HasEnded => _session.HasEnded;

    public Exception? Error => _session.Error;

    public IReadOnlyList<string> Problems => _session.Problems;

    public IReadOnlyList<string> Files => _session.Files;

    /// <inheritdoc cref="CaptureSession.Start"/>
    public static ILiveCapture Start(CaptureOptions options, CancellationToken cancellation) =>
        new LiveCapture(CaptureSession.Start(options, cancellation));

    public void Stop() => _session.Stop();

    public bool Wait(TimeSpan timeout, CancellationToken cancellation) => _session.Wait(timeout, cancellation);

    public void Dispose() => _session.Dispose();
}
