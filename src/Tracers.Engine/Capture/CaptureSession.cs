using System.Runtime.Versioning;
using Tracers.Engine.Capture.Linux;
using Tracers.Engine.Capture.Linux.Native;

namespace Tracers.Engine.Capture;

/// <summary>
/// A live capture of this machine: from <see cref="Start"/>, which returns when events flow, until it is stopped, reaches its limits
/// or fails. It goes on in the background; disposing of it stops it and leaves a whole file.
/// </summary>
public sealed class CaptureSession : IDisposable
{
    // Ahead of what it watches: a consumer that does not get the CPU is how events are lost.
    private const int Niceness = -15;
    private const int ShortestPause = 1;
    private const int LongestPause = 16;
    private const int SettleMilliseconds = 2;
    private static readonly TimeSpan s_longestSettling = TimeSpan.FromMilliseconds(200);

    private readonly SessionCounters _counters = new();
    private readonly RecordingFiles _files;
    private readonly ManualResetEventSlim _started = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly AutoResetEvent _wake = new(false);
    private volatile bool _stopping;
    private Exception? _startError;
    private Exception? _error;

    private CaptureSession(CaptureOptions options)
    {
        Options = options;
        _files = new RecordingFiles(options);
    }

    public CaptureOptions Options { get; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Started { get; private set; }

    /// <summary>How far it is; may be asked for by any thread, at any time.</summary>
    public CaptureProgress Progress => _counters.Read();

    /// <summary>Whether the file is complete and nothing is attached any more.</summary>
    public bool HasEnded => _ended.IsSet;

    /// <summary>What ended it before its time: a full disk, say. Null while it runs and after a proper end. What was written stays readable.</summary>
    public Exception? Error => HasEnded ? _error : null;

    /// <summary>What there is to know of the .NET processes that went wrong, a sentence each; complete when it has ended.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>The files that it has written and kept, the newest last.</summary>
    public IReadOnlyList<string> Files => _files.Kept;

    /// <summary>Loads the probe, attaches it, takes the processes and descriptors that there are, and begins to record.</summary>
    /// <exception cref="CaptureStartException">It cannot; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is attached.</exception>
    public static CaptureSession Start(CaptureOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.SnapLength, nameof(options.SnapLength));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.SnapLength, CaptureOptions.LargestSnapLength, nameof(options.SnapLength));
        if (!OperatingSystem.IsLinux())
            throw StartErrors.NotLinux();
        CaptureSession session = new(options);
        session.Begin(cancellation);
        return session;
    }

    /// <summary>Ends it: takes what is still in the rings, detaches, closes the file. Returns when that is done; may be called again.</summary>
    public void Stop()
    {
        _stopping = true;
        _wake.Set();
        _ended.Wait();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Whether it has ended.</returns>
    public bool Wait(TimeSpan timeout, CancellationToken cancellation = default) => _ended.Wait(timeout, cancellation);

    public void Dispose() => Stop();

    [SupportedOSPlatform("linux")]
    private void Begin(CancellationToken cancellation)
    {
        // The kernel side knows the one thread whose calls it leaves out by its tid; so the thread that records is the one that starts.
        Thread thread = new(() => Run(cancellation)) { IsBackground = true, Name = "Tracers capture" };
        thread.Start();
        _started.Wait(CancellationToken.None);
        if (_startError is null)
            return;
        thread.Join();
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_startError);
    }

    [SupportedOSPlatform("linux")]
    private void Run(CancellationToken cancellation)
    {
        try
        {
            Libc.SetNiceness(Niceness);
            using Recorder recorder = RecorderStart.Start(Options, _files, _counters, cancellation);
            Started = DateTimeOffset.UtcNow;
            _started.Set();
            try
            {
                Record(recorder);
            }
            finally
            {
                Problems = recorder.Problems;
            }
        }
        catch (Exception e)
        {
            // Nobody stands above this thread: whoever asks for the session gets to know.
            if (_started.IsSet)
                _error = e;
            else
                _startError = e is IOException reason ? _files.NotBegun(reason) : e;
        }
        finally
        {
            _files.Dispose();
            _counters.End();
            _ended.Set();
            _started.Set();
        }
    }

    [SupportedOSPlatform("linux")]
    private void Record(Recorder recorder)
    {
        int pause = ShortestPause;
        while (!_stopping && !recorder.IsOver && !recorder.IsFull)
        {
            if (recorder.Pump(final: false) > 0)
                pause = ShortestPause;
            if (recorder.IsPressed)
                continue;
            _wake.WaitOne(pause);
            pause = Math.Min(pause * 2, LongestPause);
        }

        recorder.Detach();

        // A program that had begun on another CPU comes to its end; one whose CPU was taken away in the middle takes longer.
        Thread.Sleep(SettleMilliseconds);
        SpinWait.SpinUntil(() => !recorder.IsBeingWritten, s_longestSettling);
        recorder.Pump(final: true);
        recorder.End();
    }
}
