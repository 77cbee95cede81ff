using Tracers.Engine.Analysis;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Report;

/// <summary>Collects what a report shows of a capture: reads it three times, in memory that does not grow with its length.</summary>
/// <param name="path">The file; no pipe, which can be read only once.</param>
/// <param name="query">What the report is about.</param>
/// <param name="cancellation">Ends it within some milliseconds.</param>
internal sealed class CaptureReport(string path, ReportQuery query, CancellationToken cancellation)
{
    private const int Steps = 3;

    private int _step;
    private long? _end;

    /// <summary>Called now and then while the capture is read.</summary>
    public Action<ReportProgress>? Progress { get; init; }

    /// <summary>What the first reading found out; complete when it has ended, also by an exception.</summary>
    public CaptureStatistics Statistics { get; private set; } = new();

    /// <summary>The capture's damage: the report is of what was whole before it. Null for none.</summary>
    public Exception? Damage { get; private set; }

    /// <summary>Whether no span is selected, or there is none.</summary>
    public bool SelectsNoSpan { get; private set; }

    /// <summary>Reads the capture.</summary>
    /// <exception cref="ScapFormatException">Not even its first event is whole. Damage behind that is <see cref="Damage"/>.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    /// <exception cref="CaptureChangedException">It became another one while it was read.</exception>
    public ReportData Collect()
    {
        SpanQuery spans = new() { Filter = query.Filter, Tag = query.Tag };
        ReportTraceChoice traces = new(ReportTraceChoice.CountFor(query.MaximumSpans));
        Statistics = Read("what the capture holds", file => file.Summarize(spans, traces.Add));

        // A capture that grows is read up to the same place each time.
        _end = Statistics.BeingWrittenTo;
        ReportSpanChoice choice = new(query.MaximumSpans, traces.Roots);
        spans = spans with { WithWork = true };
        SpanSummary summary = new(new SpanSummaryQuery { Keys = [SpanKey.Tag], Spans = spans });
        ReportTimeline timeline = new(Statistics.FirstTimestamp, Statistics.LastTimestamp);
        Read("spans and what was done in them", file => file.ReadSpans(spans, span =>
        {
            choice.Add(span);
            summary.Add(span);
            timeline.Add(span);
        }));

        SelectsNoSpan = choice.Total == 0;
        ReportSpan[] shown = choice.ToArray();
        ReportCalls calls = new(shown);
        ReportWork work = new(query, timeline.Interval, calls);
        Read("calls and I/O", file => file.ReadWork(work));
        timeline.Add(work.IoByTime, work.CallsByTime);
        return new ReportData
        {
            Query = query,
            Name = Path.GetFileName(path),
            Statistics = Statistics,

            // A page is sent to others: where the file lay is not on it.
            Problem = Damage?.Message.Replace(path, Path.GetFileName(path), StringComparison.Ordinal) ?? (_end is { } end ? $"The capture was still being written: this is of everything up to byte {end}." : null),
            Spans = shown,
            Choice = choice,
            Tags = summary.Rows,
            Calls = calls.ToArray(),
            CallChoice = calls,
            Io = work.Io.Rows,
            Timeline = timeline,
        };
    }

    private CaptureStatistics Read(string what, Action<CaptureFile> ask)
    {
        int step = ++_step;
        ByteSource source = CaptureBytes.Open(path, cancellation);
        using CaptureFile file = new(path, _end is { } end ? new CappedSource(source, end) : source, keepArguments: true, cancellation);
        long length = file.Statistics.FileLength ?? 0;
        file.Progress = done => Progress?.Invoke(new ReportProgress(step, Steps, what, done, length));
        try
        {
            ask(file);
        }
        catch (Exception e) when (e is ScapFormatException or IOException)
        {
            // Not asked for in the line above, where the pass has not written it down yet.
            if (file.Statistics.Events == 0)
                throw;
            Damage ??= e;
        }

        return file.Statistics;
    }
}
