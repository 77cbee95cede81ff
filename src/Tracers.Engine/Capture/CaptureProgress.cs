namespace Tracers.Engine.Capture;

/// <summary>How far a live capture has come.</summary>
/// <param name="Events">Events in the file.</param>
/// <param name="Bytes">Bytes in the file, before compression.</param>
/// <param name="LostEvents">Events that found no room between the kernel and the file.</param>
/// <param name="Spans">Spans that have ended.</param>
/// <param name="Lag">How far the file is behind the machine.</param>
/// <param name="Elapsed">Since the first event.</param>
public readonly record struct CaptureProgress(
    long Events, long Bytes, long LostEvents, long Spans, TimeSpan Lag, TimeSpan Elapsed);
