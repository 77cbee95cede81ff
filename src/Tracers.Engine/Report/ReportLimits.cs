namespace Tracers.Engine.Report;

/// <summary>How much of a capture a report shows at most. What was left out stands on the page.</summary>
internal static class ReportLimits
{
    /// <summary>Spans, unless the user says otherwise.</summary>
    public const int Spans = 100_000;

    /// <summary>Traces whose calls are shown because their root took longest.</summary>
    public const int SlowTraces = 200;

    /// <summary>Traces whose calls are shown as a sample of the rest.</summary>
    public const int SampledTraces = 50;

    /// <summary>Calls of one trace, the longest, however many all traces have.</summary>
    public const int CallsOfTrace = 300;

    /// <summary>Calls of one trace where all together have few.</summary>
    public const int MostCallsOfTrace = 2000;

    /// <summary>Calls of all traces.</summary>
    public const int Calls = CallsOfTrace * (SlowTraces + SampledTraces);

    /// <summary>Rows of I/O, those with most bytes; one more has the sums of the rest.</summary>
    public const int IoRows = 5000;

    /// <summary>Rows of tags, those with most time; one more has the sums of the rest.</summary>
    public const int TagRows = 2000;

    /// <summary>Characters of a text: tags, arguments, names.</summary>
    public const int TextLength = 1000;

    /// <summary>Characters of the arguments of all spans together; further ones are left out.</summary>
    public const int ArgumentsLength = 16_000_000;

    /// <summary>About how many intervals the whole capture is divided into: no more than this.</summary>
    public const int Intervals = 300;

    /// <summary>Of the spans that are shown when not all are: how many parts of a hundred are the longest.</summary>
    public const int LongestPercent = 40;

    /// <summary>Likewise, how many at most are shown because their trace is. The rest is for the sample, and for what is around all these.</summary>
    public const int TracePercent = 40;

    /// <summary>When not all spans are shown: those of one trace that are shown because the trace is, the longest.</summary>
    public const int SpansOfTrace = 160;
}
