namespace Tracers.Engine.Runtimes;

/// <summary>One process that a capture listens to.</summary>
internal sealed class RuntimeListener(int pid, RuntimeFeed feed, IRuntimeSession session, RuntimeActivities activities) : IDisposable
{
    public int Pid => pid;

    /// <summary>Whether nothing more comes.</summary>
    public bool HasEnded => session.HasEnded;

    /// <summary>What ended it before its time; null for nothing.</summary>
    public string? Problem => session.Problem;

    /// <inheritdoc cref="RuntimeActivities.Unplaced"/>
    public long Unplaced => activities.Unplaced;

    /// <summary>Hands on what was said so far.</summary>
    /// <returns>Up to when that is everything, by the runtime's clock.</returns>
    public long Drain()
    {
        // In this order: what is said in between counts as not yet said.
        bool ended = session.HasEnded;
        long reached = feed.ReachedTime;
        feed.DrainTo(activities);
        return ended ? long.MaxValue : reached;
    }

    /// <summary>Events that the runtime has lost since the last time that this was asked.</summary>
    public long TakeLost() => feed.TakeLost();

    /// <summary>Asks for the rest; returns when that was said.</summary>
    public void Stop(TimeSpan patience) => session.Stop(patience);

    public void Dispose() => session.Dispose();
}
