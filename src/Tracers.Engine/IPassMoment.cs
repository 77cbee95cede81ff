namespace Tracers.Engine;

/// <summary>The moment at which a pass ends for a sink that has <see cref="SinkWants.UntilMoment"/>.</summary>
internal interface IPassMoment
{
    /// <summary>Whether an event behind the moment was seen: further sections of the file are left alone.</summary>
    bool IsPassed { get; }

    /// <summary>Whether an event lies before the moment; one that does not leaves the state as it was and is not handed out.</summary>
    /// <param name="time">When it happened, ns since the epoch; of what the recorder itself makes, when the event of the machine before it did.</param>
    /// <param name="first">When the capture's first event happened; 0 before there is one.</param>
    bool Precedes(long time, long first);
}
