namespace Tracers.Tests.Pages;

/// <summary>A span of a report that a test makes. Times are nanoseconds after the capture's start; a duration of -1 is not known.</summary>
internal sealed record SampleSpan(long Start, long Duration, string Tag)
{
    public long Id { get; init; } = 1;

    /// <summary>Index of the span around it in the report; -1 for none.</summary>
    public int Parent { get; init; } = -1;

    public int Depth { get; init; }

    public long Self { get; init; } = Duration;

    public int Thread { get; init; } = 100;

    public int Process { get; init; } = 90;

    public string Name { get; init; } = "web";

    public string Args { get; init; } = "";

    public string EndArgs { get; init; } = "";

    public long Calls { get; init; }

    public long Errors { get; init; }

    public long Read { get; init; }

    public long Written { get; init; }

    /// <summary>Bytes of the span itself, without the spans inside.</summary>
    public long OwnBytes { get; init; }

    /// <summary>Where its time went, without the spans inside: file, network, pipe, wait, other, rest.</summary>
    public long[] Own { get; init; } = new long[6];

    /// <summary>0 finished, 1 unfinished, 2 an end without a begin.</summary>
    public int State { get; init; } = Duration < 0 ? 1 : 0;

    public long End => Duration < 0 ? -1 : Start + Duration;
}
