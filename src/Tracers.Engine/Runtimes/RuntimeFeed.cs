using System.Collections.Concurrent;

namespace Tracers.Engine.Runtimes;

/// <summary>What a runtime says, from the thread that listens to it to the one that records.</summary>
internal class RuntimeFeed : IRuntimeSink
{
    private readonly ConcurrentQueue<Action<IRuntimeSink>> _said = new();
    private long _reached;
    private long _lost;
    private long _toldLost;

    /// <summary>Up to when everything was said, by the runtime's clock; 0 before anything was.</summary>
    public long ReachedTime => Volatile.Read(ref _reached);

    /// <summary>Events that the runtime had no room for.</summary>
    public long LostEvents => Interlocked.Read(ref _lost);

    /// <summary>Those of them that came since the last time that this was asked.</summary>
    public long TakeLost()
    {
        long lost = LostEvents, news = lost - _toldLost;
        _toldLost = lost;
        return news;
    }

    /// <summary>Hands on everything that was said so far.</summary>
    public void DrainTo(IRuntimeSink sink)
    {
        while (_said.TryDequeue(out Action<IRuntimeSink>? saying))
            saying(sink);
    }

    public virtual void Begin(RuntimeTrace trace) => _said.Enqueue(sink => sink.Begin(trace));

    public void ActivityBegan(RuntimeMoment moment, RuntimeActivity activity) => _said.Enqueue(sink => sink.ActivityBegan(moment, activity));

    public void ActivityEnded(RuntimeMoment moment, ulong id, IReadOnlyList<KeyValuePair<string, string>> tags, bool failed) =>
        _said.Enqueue(sink => sink.ActivityEnded(moment, id, tags, failed));

    public void ContextChanged(RuntimeMoment moment, Guid context) => _said.Enqueue(sink => sink.ContextChanged(moment, context));

    public void RequestBegan(RuntimeMoment moment, RuntimeRequest request) => _said.Enqueue(sink => sink.RequestBegan(moment, request));

    public void RouteFound(RuntimeMoment moment, Guid context, string route) => _said.Enqueue(sink => sink.RouteFound(moment, context, route));

    public void SectionBegan(RuntimeMoment moment, RuntimeSection section) => _said.Enqueue(sink => sink.SectionBegan(moment, section));

    public void SectionEnded(RuntimeMoment moment, long number, IReadOnlyList<KeyValuePair<string, string>> arguments) => _said.Enqueue(sink => sink.SectionEnded(moment, number, arguments));

    public virtual void Reached(long time)
    {
        // Never back: what was said of other threads may be a little older.
        if (time > Volatile.Read(ref _reached))
            Volatile.Write(ref _reached, time);
    }

    public void Lost(long events) => Interlocked.Add(ref _lost, events);
}
