using Tracers.Engine.Capture;

namespace Tracers.Live;

/// <summary>The part of a <see cref="CaptureSession"/> that the commands use; the tests put another one in its place.</summary>
internal interface ILiveCapture : IDisposable
{
    /// <inheritdoc cref="CaptureSession.Options"/>
    CaptureOptions Options { get; }

    /// <inheritdoc cref="CaptureSession.Started"/>
    DateTimeOffset Started { get; }

    /// <inheritdoc cref="CaptureSession.Progress"/>
    CaptureProgress Progress { get; }

    /// <inheritdoc cref="CaptureSession.HasEnded"/>
    bool HasEnded { get; }

    /// <inheritdoc cref="CaptureSession.Error"/>
    Exception? Error { get; }

    /// <inheritdoc cref="CaptureSession.Problems"/>
    IReadOnlyList<string> Problems { get; }

    /// <inheritdoc cref="CaptureSession.Files"/>
    IReadOnlyList<string> Files { get; }

    /// <inheritdoc cref="CaptureSession.Stop"/>
    void Stop();

    /// <inheritdoc cref="CaptureSession.Wait"/>
    bool Wait(TimeSpan timeout, CancellationToken cancellation);
}
