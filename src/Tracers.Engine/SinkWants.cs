namespace Tracers.Engine;

/// <summary>What a sink is handed beside spans.</summary>
[Flags]
internal enum SinkWants
{
    /// <summary>Nothing else.</summary>
    Spans = 0,

    /// <summary><see cref="IPassSink.Event"/> and <see cref="IPassSink.MarkerEvent"/> are called.</summary>
    Events = 1,

    /// <summary><see cref="IPassSink.Io"/> is called.</summary>
    Io = 2,

    /// <summary>
    /// <see cref="IPassSink.Event"/> and <see cref="IPassSink.MarkerEvent"/> also get what only changes the state, and <see cref="IPassSink.Event"/> the
    /// recorder's events about its losses, of which the state knows nothing. Whether an event is shown is then for the sink to see.
    /// </summary>
    All = 4,

    /// <summary>Only what lies before <see cref="CapturePass.Moment"/>.</summary>
    UntilMoment = 8,

    /// <summary>Events are counted by type and category, as <see cref="CaptureStatistics.Counts"/> tells.</summary>
    Counts = 16,
}
