using Tracers.Engine.Capture;
using Tracers.Live;

namespace Tracers.Tests.Commands.Live;

/// <summary>A live capture that records nothing: its file is the sample, and the test says how far it is and when it ends.</summary>
internal sealed class ScriptedCapture : ILiveCapture
{
    private readonly ManualResetEventSlim _end = new();
    private int _stops;

    public ScriptedCapture(CaptureOptions options)
    {
        Options = options;
        Files = [options.Path];
        SampleCapture.Write(options.Path, options.Compress);
    }

    /// <summary>One that has ended at once if it was to end by itself.</summary>
    public static ScriptedCapture EndingByItself(CaptureOptions options)
    {
        ScriptedCapture capture = new(options);
        if (options.Duration is not null || options.MaxBytes is not null)
            capture.ReachEnd();
        return capture;
    }

    public CaptureOptions Options { get; }

    public DateTimeOffset Started { get; } = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    public CaptureProgress Progress { get; set; }

    public bool HasEnded { get; private set; }

    public Exception? Error { get; private set; }

    public IReadOnlyList<string> Problems { get; init; } = [];

    public IReadOnlyList<string> Files { get; set; }

    /// <summary>How often it was told to stop.</summary>
    public int Stops => Volatile.Read(ref _stops);

    public int Disposals { get; private set; }

    /// <summary>Set when a command waits for it.</summary>
    public ManualResetEventSlim Waited { get; } = new();

    /// <summary>It ends by itself.</summary>
    public void ReachEnd(Exception? error = null)
    {
        Error = error;
        HasEnded = true;
        _end.Set();
    }

    public void Stop()
    {
        Interlocked.Increment(ref _stops);
        if (!HasEnded)
            ReachEnd();
    }

    public bool Wait(TimeSpan timeout, CancellationToken cancellation)
    {
        Waited.Set();
        return _end.Wait(timeout, cancellation);
    }

    public void Dispose() => Disposals++;
}
