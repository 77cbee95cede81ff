using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Spectrogram;
using Tracers.Engine.Events;
using Tracers.Engine.Filters;
using Tracers.Engine.Report;

namespace Tracers.Tests.Engine;

/// <summary>What the cmdlets ask of a capture, where only the cost matters: bytes in a test, time in a benchmark.</summary>
internal static class LoadQuestions
{
    /// <summary>By what they ask for. Each fails when the capture of requests has no answer.</summary>
    public static IReadOnlyDictionary<string, Action<CaptureFile>> ByName { get; } = new Dictionary<string, Action<CaptureFile>>
    {
        // Spans and categories of events included.
        ["statistics"] = static file => file.Summarize(),

        // Markers are paired, and each call belongs to a span.
        ["I/O by span tag"] = static file => Measure(file, null, IoKey.SpanTag),
        ["I/O by file"] = static file => Measure(file, null, IoKey.FdName),
        ["I/O by file and span tag"] = static file => Measure(file, null, IoKey.FdName, IoKey.SpanTag),
        ["I/O by process, with a filter"] = static file => Measure(file, "fd.type=ipv4 and evt.dir=<", IoKey.ProcessName),
        ["calls"] = static file => file.MeasureCalls(new CallAccounting(new CallQuery { Keys = [IoKey.Syscall] })),
        ["spans"] = static file => file.MeasureSpans(new SpanSummary(new SpanSummaryQuery { Keys = [SpanKey.Tag] })),

        ["spectrogram of spans"] = static file => Draw(file, SpectrogramMetric.Duration),
        ["spectrogram of calls"] = static file => Draw(file, SpectrogramMetric.Latency),

        // None is slow enough, and the filter is false of all: what is made for an answer is not part of it.
        ["slow spans"] = static file => file.ReadSpans(new SpanQuery { MinDuration = 500_000_000 }, static _ => { }),
        ["events, with a filter"] = static file => file.ReadEvents(new EventQuery { Filter = CaptureFilter.Parse("evt.rawres<0 and fd.name contains nowhere") }, static _ => { }),
        ["I/O and calls of a report"] = static file =>
        {
            ReportWork work = new(new ReportQuery(), 1_000_000_000, new ReportCalls([]));
            file.ReadWork(work);
            Answered(work.Io.Rows.Count > 0 && work.CallsByTime.Rows.Count > 0);
        },
        ["listing"] = static file =>
        {
            TextBuffer text = new();
            file.List(new EventQuery(), text, TimeZoneInfo.Utc, () => text.Length = 0);
        },
    };

    private static void Draw(CaptureFile file, SpectrogramMetric metric)
    {
        SpectrogramGrid grid = new(new SpectrogramQuery { Metric = metric, Columns = 106 });
        file.ReadSpectrogram(grid);
        if (grid.Count == 0)
            throw new InvalidOperationException("There is nothing to count: the cost would be that of another question.");
    }

    private static void Measure(CaptureFile file, string? filter, params RowKey[] keys)
    {
        IoAccounting accounting = new(new IoQuery { Keys = keys, Filter = filter is null ? null : CaptureFilter.Parse(filter) });
        file.MeasureIo(accounting);
        Answered(accounting.Rows.Count > 0);
    }

    private static void Answered(bool isAnswered)
    {
        if (!isAnswered)
            throw new InvalidOperationException("The question has no answer: its cost would be that of another one.");
    }
}
