namespace Tracers.Engine.Runtimes;

/// <summary>A trace that a thread of its own reads, not much further than somebody has come who takes what is in it.</summary>
internal sealed class RuntimeTraceFeed : RuntimeFeed, IDisposable
{
    // So much of the trace waits in memory at most, by its own clock.
    private const long Ahead = 5_000_000_000;

    private readonly CancellationTokenSource _stop;
    private readonly ManualResetEventSlim _news = new();
    private readonly ManualResetEventSlim _room = new(true);
    private readonly Thread _thread;
    private long _wanted = long.MinValue;
    private long _ended;
    private Exception? _error;

    /// <summary>Begins to read.</summary>
    /// <param name="diagnostics">Who can.</param>
    /// <param name="path">The trace.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public RuntimeTraceFeed(IRuntimeDiagnostics diagnostics, string path, CancellationToken cancellation)
    {
        Path = path;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _thread = new Thread(() => Read(diagnostics)) { IsBackground = true, Name = "Tracers .NET trace" };
        _thread.Start();
    }

    /// <summary>The trace.</summary>
    public string Path { get; }

    /// <summary>What the trace says of itself; null where it could not be read so far.</summary>
    public RuntimeTrace? Trace { get; private set; }

    /// <summary>What ended the reading before the trace did; null for nothing. What was read before it counts.</summary>
    public Exception? Error => Volatile.Read(ref _ended) != 0 ? _error : null;

    /// <summary>Waits until <see cref="Trace"/> is known, or cannot be.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void WaitForBeginning() => WaitUntil(() => Trace is not null);

    /// <summary>Hands on what was said, and waits for it, up to a time.</summary>
    /// <param name="time">By the runtime's clock.</param>
    /// <param name="sink">Takes it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void DrainTo(long time, IRuntimeSink sink)
    {
        if (time > Volatile.Read(ref _wanted))
            Volatile.Write(ref _wanted, time);
        _room.Set();
        if (ReachedTime < time)
            WaitFor(time);
        DrainTo(sink);
    }

    public override void Begin(RuntimeTrace trace)
    {
        Trace = trace;
        _news.Set();
    }

    public override void Reached(long time)
    {
        base.Reached(time);
        _news.Set();
        while (time > SafeAdd(Volatile.Read(ref _wanted)))
        {
            _room.Reset();
            if (time > SafeAdd(Volatile.Read(ref _wanted)))
                _room.Wait(_stop.Token);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stop.Dispose();
        _news.Dispose();
        _room.Dispose();
    }

    // Before anything is wanted the beginning is.
    private static long SafeAdd(long wanted) => wanted > long.MaxValue - Ahead ? long.MaxValue : wanted == long.MinValue ? long.MinValue : wanted + Ahead;

    private void Read(IRuntimeDiagnostics diagnostics)
    {
        try
        {
            diagnostics.ReadTrace(Path, this, null, _stop.Token);
        }
        catch (Exception e)
        {
            // Nobody stands above this thread: whoever waits gets to know.
            _error = e;
        }
        finally
        {
            Volatile.Write(ref _ended, 1);
            _news.Set();
        }
    }

    // Apart: nothing is allocated for an event that need not wait.
    private void WaitFor(long time) => WaitUntil(() => ReachedTime >= time);

    private void WaitUntil(Func<bool> isThere)
    {
        while (!isThere() && Volatile.Read(ref _ended) == 0)
        {
            _news.Reset();
            if (!isThere() && Volatile.Read(ref _ended) == 0)
                _news.Wait(_stop.Token);
        }
    }
}
