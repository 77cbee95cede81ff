using Tracers.Engine.Analysis;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Report;

/// <summary>What a report shows beside spans, of one pass: I/O by span and descriptor, the timeline's sums, and the calls of chosen traces.</summary>
internal sealed class ReportWork
{
    /// <param name="query">What the report is about.</param>
    /// <param name="interval">Nanoseconds of an interval of the timeline.</param>
    /// <param name="calls">Collects calls.</param>
    public ReportWork(ReportQuery query, long interval, ReportCalls calls)
    {
        Io = new IoAccounting(new IoQuery { Keys = [IoKey.SpanTag, IoKey.FdName, IoKey.FdType], Filter = query.Filter, Tag = query.Tag });

        // By time alone, and still of calls in spans alone.
        Func<TagList, bool> inSpans = query.Tag ?? (static _ => true);
        IoByTime = new IoAccounting(new IoQuery { Keys = [RowKey.Every(interval)], Filter = query.Filter, Tag = inSpans });
        CallsByTime = new CallAccounting(new CallQuery { Keys = [RowKey.Every(interval)], Filter = query.Filter, Tag = inSpans });
        Calls = calls;
    }

    public IoAccounting Io { get; }

    public IoAccounting IoByTime { get; }

    public CallAccounting CallsByTime { get; }

    public ReportCalls Calls { get; }

    /// <summary>The spans whose calls are collected.</summary>
    public SpanSelection Chosen => Calls.Chosen;

    /// <summary>Joins a pass, before it begins.</summary>
    public void Attach(CapturePass pass)
    {
        Io.Attach(pass);
        IoByTime.Attach(pass);
        CallsByTime.Attach(pass);
        Calls.Attach(pass);
        pass.TracksSpans = true;
    }
}
