namespace Tracers.Engine.Capture;

/// <summary>A live capture cannot begin. The message says why and what to do.</summary>
public sealed class CaptureStartException : Exception
{
    public CaptureStartException(CaptureStartFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    public CaptureStartFailure Failure { get; }
}
