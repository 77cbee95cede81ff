namespace Tracers.Engine.Runtimes;

/// <summary>Takes what one runtime says, in the order of time. One thread at a time.</summary>
internal interface IRuntimeSink
{
    /// <summary>Before everything else.</summary>
    void Begin(RuntimeTrace trace);

    /// <summary>An activity has begun; the thread works for it from now on.</summary>
    void ActivityBegan(RuntimeMoment moment, RuntimeActivity activity);

    /// <summary>An activity has ended; the thread is told by <see cref="ContextChanged"/> what it works for now.</summary>
    /// <param name="moment">When.</param>
    /// <param name="id">Its <see cref="RuntimeActivity.Id"/>.</param>
    /// <param name="tags">Its tags, as it has them at its end.</param>
    /// <param name="failed">Whether it ended with the status Error.</param>
    void ActivityEnded(RuntimeMoment moment, ulong id, IReadOnlyList<KeyValuePair<string, string>> tags, bool failed);

    /// <summary>The thread works for another context from now on.</summary>
    /// <param name="moment">When.</param>
    /// <param name="context">The context of an activity, the latest that began with it; empty, or one that no activity has, for none.</param>
    void ContextChanged(RuntimeMoment moment, Guid context);

    /// <summary>What a web server says of a request; comes right behind its activity.</summary>
    void RequestBegan(RuntimeMoment moment, RuntimeRequest request);

    /// <summary>Routing has found what answers a request.</summary>
    /// <param name="moment">When.</param>
    /// <param name="context">The context that the thread works for: of the request's activity, or of one inside of it.</param>
    /// <param name="route">A short name of few values: <c>GET /users/{id}</c>.</param>
    void RouteFound(RuntimeMoment moment, Guid context, string route);

    /// <summary>A section of the thread has begun.</summary>
    void SectionBegan(RuntimeMoment moment, RuntimeSection section);

    /// <summary>A section has ended; the thread may be another one.</summary>
    /// <param name="moment">When.</param>
    /// <param name="number">Its <see cref="RuntimeSection.Number"/>.</param>
    /// <param name="arguments">What is known of it only now.</param>
    void SectionEnded(RuntimeMoment moment, long number, IReadOnlyList<KeyValuePair<string, string>> arguments);

    /// <summary>Everything up to this time has been said.</summary>
    void Reached(long time);

    /// <summary>The runtime had no room for so many events: what they would have said is not known.</summary>
    void Lost(long events);
}
