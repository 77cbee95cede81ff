namespace Tracers.Engine.Runtimes;

/// <summary>The .NET processes that a capture listens to: those that it was told, and those with a name that start meanwhile.</summary>
internal sealed class RuntimeListeners : IDisposable
{
    // Further behind than this nobody is waited for: a process that is stopped says nothing.
    private const long LongestWait = 5_000_000_000;
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly RuntimeOptions _options;
    private readonly EventTimeline _timeline;

    // Added to by the thread that looks for new processes.
    private readonly Lock _lock = new();
    private readonly List<RuntimeListener> _listeners = [];

    // Asked for with every call that moves bytes; replaced when it changes.
    private volatile HashSet<int> _seen = [];
    private readonly Dictionary<int, string> _problems = [];
    private readonly CancellationTokenSource _stop = new();
    private string? _lookProblem;
    private Thread? _looker;

    private RuntimeListeners(RuntimeOptions options, EventTimeline timeline)
    {
        _options = options;
        _timeline = timeline;
    }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="RuntimeAccessException">To one of those that are wanted by number it cannot listen.</exception>
    public static RuntimeListeners Start(RuntimeOptions options, EventTimeline timeline)
    {
        RuntimeListeners listeners = new(options, timeline);
        try
        {
            foreach (int pid in options.ProcessIds)
                listeners.Listen(pid);
            if (options.ProcessNames.Count > 0)
                listeners.LookForNames();
            return listeners;
        }
        catch
        {
            listeners.Dispose();
            throw;
        }
    }

    /// <summary>Whether a process is one of those.</summary>
    public bool Includes(int pid) => _seen.Contains(pid);

    /// <summary>What there is to know of them that went wrong, a sentence each.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_lock)
            {
                List<string> problems = [.. _problems.Values, .. _listeners.Select(static l => l.Problem).OfType<string>()];
                if (_listeners.Sum(static l => l.Unplaced) is > 0 and var unplaced)
                    problems.Add($"{unplaced} moments of .NET processes are of threads in containers that were gone before anybody could look up their numbers: their spans and I/O are missing. Listen with -DotNetHook, which does not have to know them.");
                if (_lookProblem is not null)
                    problems.Add(_lookProblem);
                if (_seen.Count == 0 && problems.Count == 0)
                    problems.Add($"No .NET process with the name {string.Join(" or ", _options.ProcessNames)} ran during the capture, so that it has no spans of one. Get-TracerDotNetProcess lists those that run.");
                return problems;
            }
        }
    }

    /// <summary>Takes what was said into the timeline.</summary>
    /// <param name="now">The runtimes' clock.</param>
    /// <returns>Up to when that is everything, as far as it is worth to wait.</returns>
    public long Drain(long now)
    {
        long said = now;
        foreach (RuntimeListener listener in Listeners())
            said = Math.Min(said, listener.Drain());

        // Where they mark themselves everything has been said by the kernel.
        return _options.Hook is not null ? now : Math.Max(said, now - LongestWait);
    }

    /// <summary>Events that the runtimes have lost since the last time that this was asked.</summary>
    public long TakeLost() => Listeners().Sum(static l => l.TakeLost());

    /// <summary>Asks all for what they have left; what they say is then for <see cref="Drain"/>.</summary>
    public void Stop()
    {
        EndLooking();
        Parallel.ForEach(Listeners(), listener =>
        {
            try
            {
                listener.Stop(s_patience);
            }
            catch (Exception e)
            {
                // The others, and the file, are to have their proper end.
                Note(listener.Pid, $"Listening to process {listener.Pid} did not end properly: {e.Message.TrimEnd('.')}. What it said last may be missing.");
            }
        });
    }

    public void Dispose()
    {
        EndLooking();
        foreach (RuntimeListener listener in Listeners())
            listener.Dispose();
        _stop.Dispose();
    }

    private RuntimeListener[] Listeners()
    {
        lock (_lock)
            return [.. _listeners];
    }

    private void EndLooking()
    {
        _stop.Cancel();
        _looker?.Join();
        _looker = null;
    }

    private void LookForNames()
    {
        Look();
        _looker = new Thread(LookOn) { IsBackground = true, Name = "Tracers .NET processes" };
        _looker.Start();
    }

    private void LookOn()
    {
        while (!_stop.Token.WaitHandle.WaitOne(s_lookEvery))
        {
            string? problem = null;
            try
            {
                Look();
            }
            catch (Exception e)
            {
                // Nobody stands above this thread. What fails now and then does not the next time.
                problem = $".NET processes that start could not be looked for: {e.Message.TrimEnd('.')}. Name them by their ids, which Get-TracerDotNetProcess lists.";
            }

            lock (_lock)
                _lookProblem = problem;
        }
    }

    private void Look()
    {
        foreach (RuntimeProcess process in _options.Diagnostics.FindProcesses())
        {
            if (process.IsNamed(_options.IsNamed) && !IsListenedTo(process.Pid))
                TryListen(process);
        }
    }

    private void TryListen(RuntimeProcess process)
    {
        int pid = process.Pid;
        try
        {
            if (process.Problem is { } problem)
                throw new RuntimeAccessException(problem);
            Listen(pid);
            lock (_lock)
                _problems.Remove(pid);
        }
        catch (Exception) when (Includes(pid))
        {
            // It is going: what it had to say was heard.
        }
        catch (RuntimeAccessException e)
        {
            // A runtime that is just starting has no door yet: the next look may find one.
            Note(pid, e.Message);
        }
        catch (Exception e)
        {
            Note(pid, $"Process {pid} could not be listened to: {e.Message.TrimEnd('.')}. Get-TracerDotNetProcess shows what is known of it.");
        }
    }

    // One that was, and is no more, may have become another program, or another one has its number.
    private bool IsListenedTo(int pid)
    {
        lock (_lock)
            return _listeners.Exists(listener => listener.Pid == pid && (!listener.HasEnded || listener.Problem is not null));
    }

    private void Note(int pid, string problem)
    {
        lock (_lock)
            _problems[pid] = problem;
    }

    private void Listen(int pid)
    {
        RuntimeFeed feed = new();
        RuntimeActivities activities = new(RuntimeNumbers.OfProcess(pid), _timeline.Requests, _timeline.Add);
        if (_options.Hook is { } hook)
            _options.Diagnostics.Inject(pid, hook);
        IRuntimeSession session = _options.Diagnostics.Listen(pid, _options.Hook is null ? RuntimeListening.Activities : RuntimeListening.Hook, feed);
        lock (_lock)
        {
            _listeners.Add(new RuntimeListener(pid, feed, session, activities));
            _seen = [.. _seen, pid];
        }
    }
}
