namespace Tracers.Engine.Runtimes;

/// <summary>A runtime that is listened to, on a thread of its own.</summary>
internal interface IRuntimeSession : IDisposable
{
    int Pid { get; }

    /// <summary>Whether nothing more comes: the process ended, or it was stopped.</summary>
    bool HasEnded { get; }

    /// <summary>Why what it has heard is not all, as a sentence: something ended it before its time, or disturbed it. Null when nothing did.</summary>
    string? Problem { get; }

    /// <summary>Asks the runtime to say what it has left and no more; returns when the sink has had that, or at the latest after <paramref name="patience"/>.</summary>
    void Stop(TimeSpan patience);
}
