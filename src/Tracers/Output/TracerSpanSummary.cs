using Tracers.Engine.Analysis;

namespace Tracers;

/// <summary>Spans that have something in common. What that is (Tag, Process, ...) are properties of the object that holds it.</summary>
/// <remarks>Times are of the finished spans, whose beginning and end are in the capture; they are null when there is none.</remarks>
public sealed class TracerSpanSummary
{
    private readonly object?[] _keys;
    private readonly TracerSpanWork? _all;

    internal TracerSpanSummary(SpanRow row)
    {
        _keys = row.Keys;
        SpanTotals totals = row.Totals;
        DurationHistogram durations = totals.Durations;
        Count = totals.Ended;
        Unfinished = totals.Unfinished;
        Orphans = totals.Orphans;
        ChildHits = totals.ChildHits;
        IsExact = durations.IsExact;
        if (totals.Work is { } work)
            (Own, _all) = (new TracerSpanWork(work.Own), new TracerSpanWork(work.Inclusive));
        if (durations.Count == 0)
            return;
        Total = Duration.FromNanoseconds(durations.Total);
        SelfTime = Duration.FromNanoseconds(totals.SelfTime);
        Minimum = Duration.FromNanoseconds(durations.Minimum);
        Average = Duration.FromNanoseconds(durations.Total / durations.Count);
        Maximum = Duration.FromNanoseconds(durations.Maximum);
        P50 = Duration.FromNanoseconds(durations.Percentile(500));
        P90 = Duration.FromNanoseconds(durations.Percentile(900));
        P99 = Duration.FromNanoseconds(durations.Percentile(990));
        P999 = Duration.FromNanoseconds(durations.Percentile(999));
    }

    /// <summary>Spans that ended: csysdig's HITS. Orphans, whose beginning is not in the capture, are among them and have no part in the times.</summary>
    public long Count { get; }

    /// <summary>Spans that were still open when the capture ended; not in Count.</summary>
    public long Unfinished { get; }

    /// <summary>Ends of spans whose beginning is not in the capture.</summary>
    public long Orphans { get; }

    /// <summary>Time of all spans together. Spans that lie in one another all count: SelfTime does not count them twice.</summary>
    public Duration? Total { get; }

    /// <summary>Of Total the time in which no span was open inside of them.</summary>
    public Duration? SelfTime { get; }

    /// <summary>The shortest.</summary>
    public Duration? Minimum { get; }

    /// <summary>Total by number.</summary>
    public Duration? Average { get; }

    /// <summary>The duration that half of them do not exceed.</summary>
    public Duration? P50 { get; }

    /// <summary>The duration that 90 % of them do not exceed.</summary>
    public Duration? P90 { get; }

    /// <summary>The duration that 99 % of them do not exceed.</summary>
    public Duration? P99 { get; }

    /// <summary>The duration that 99.9 % of them do not exceed.</summary>
    public Duration? P999 { get; }

    /// <summary>The longest.</summary>
    public Duration? Maximum { get; }

    /// <summary>Spans inside of these that ended before them, with those inside of them. With <c>-Depth</c> csysdig's CHD HITS: all that ended and have more tags.</summary>
    public long ChildHits { get; }

    /// <summary>Whether the percentiles are exact. Of more than 4096 spans they are within 0.4 %; everything else always is exact.</summary>
    public bool IsExact { get; }

    /// <summary>
    /// The finished ones without the spans inside of them: calls that had one of these as their innermost span, and where SelfTime went. This and
    /// what follows is null unless <c>-IO</c> was given.
    /// </summary>
    public TracerSpanWork? Own { get; }

    /// <summary>System calls in the finished ones that returned, failed ones included. As with Total, what lies in several of them counts for each.</summary>
    public long? Calls => _all?.Calls;

    /// <summary>Those of the calls that read or wrote, as Measure-TracerIO counts them.</summary>
    public long? IOCalls => _all?.IOCalls;

    /// <summary>Calls that failed.</summary>
    public long? Errors => _all?.Errors;

    /// <summary>Bytes read and written: what is read from a file and then written to a socket counts twice.</summary>
    public long? Bytes => _all?.Bytes;

    /// <summary>Bytes read.</summary>
    public long? ReadBytes => _all?.ReadBytes;

    /// <summary>Bytes written.</summary>
    public long? WriteBytes => _all?.WriteBytes;

    /// <summary>Bytes read from and written to files.</summary>
    public long? FileBytes => _all?.FileBytes;

    /// <summary>Bytes received and sent over IPv4 and IPv6.</summary>
    public long? NetworkBytes => _all?.NetworkBytes;

    /// <summary>Bytes that went through pipes and unix sockets.</summary>
    public long? PipeBytes => _all?.PipeBytes;

    /// <summary>Time in calls that work on files and folders. This and the parts down to <see cref="RestTime"/> add up to Total.</summary>
    public Duration? FileTime => _all?.FileTime;

    /// <summary>In calls that work on IPv4 and IPv6 sockets.</summary>
    public Duration? NetworkTime => _all?.NetworkTime;

    /// <summary>In calls that work on pipes and unix sockets.</summary>
    public Duration? PipeTime => _all?.PipeTime;

    /// <summary>In calls that wait: futex, the poll family, sleeping, waiting for children.</summary>
    public Duration? WaitTime => _all?.WaitTime;

    /// <summary>In all other calls; the writes of markers are here.</summary>
    public Duration? OtherTime => _all?.OtherTime;

    /// <summary>Outside of calls: on a processor, ready to run, or with no thread at work in the span.</summary>
    public Duration? RestTime => _all?.RestTime;

    /// <summary>A property as the views show it: <c>Key</c>, the only key, <c>Keys</c>, all keys joined, or one of what was done.</summary>
    /// <param name="property">The property's name.</param>
    public string ToText(string property) => property switch
    {
        "Key" => Views.Key(_keys),
        "Keys" => Views.Keys(_keys),
        _ => _all?.ToText(property) ?? "",
    };
}
