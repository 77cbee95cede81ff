using Tracers.Engine.Spans;

namespace Tracers.Engine.Analysis;

/// <summary>Sums of the spans of one row.</summary>
internal sealed class SpanTotals
{
    private SpanWork? _work;
    private bool _lacksWork;

    /// <summary>Spans whose end is in the capture.</summary>
    public long Ended { get; set; }

    /// <summary>Of them those whose beginning is not.</summary>
    public long Orphans { get; set; }

    /// <summary>Spans that were still open at the end of the capture.</summary>
    public long Unfinished { get; set; }

    /// <summary>Spans that ended inside of these.</summary>
    public long ChildHits { get; set; }

    /// <summary>Nanoseconds in which none of their children was open.</summary>
    public long SelfTime { get; set; }

    /// <summary>Of those whose beginning and end are in the capture.</summary>
    public DurationHistogram Durations { get; } = new();

    /// <summary>What the finished ones did together and where their time went; null unless that is known of all.</summary>
    public SpanWork? Work => _lacksWork ? null : _work;

    /// <summary>Adds what a finished one did; null where that was not asked for.</summary>
    public void AddWork(SpanWork? work)
    {
        if (work is null)
            _lacksWork = true;
        else
            _work = _work is null ? work : new SpanWork(_work.Own + work.Own, _work.Inclusive + work.Inclusive);
    }

    /// <summary>Adds other spans to these.</summary>
    public void Add(SpanTotals other)
    {
        Ended += other.Ended;
        Orphans += other.Orphans;
        Unfinished += other.Unfinished;
        ChildHits += other.ChildHits;
        SelfTime += other.SelfTime;
        Durations.Add(other.Durations);
        _lacksWork |= other._lacksWork;
        if (other._work is not null)
            AddWork(other._work);
    }
}
