namespace Tracers.Engine.Analysis;

/// <summary>Sums of the calls of one row.</summary>
internal struct CallTotals
{
    /// <summary>Events: each call has one that enters it and one that leaves it, as far as they are in the capture and the filter is true of them.</summary>
    public long Events;

    /// <summary>Calls that returned.</summary>
    public long Calls;

    /// <summary>Of these, those that failed.</summary>
    public long Failed;

    /// <summary>Of these, those whose beginning is in the capture, so that their time is known.</summary>
    public long Timed;

    /// <summary>Nanoseconds in those whose time is known.</summary>
    public long Time;

    /// <summary>The longest of them, ns.</summary>
    public long Maximum;

    /// <summary>Nanoseconds on average; null where no time is known.</summary>
    public readonly long? Average => Timed > 0 ? Time / Timed : null;
}
