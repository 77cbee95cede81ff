using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Filters;
using Tracers.Engine.Report;
using Xunit;

namespace Tracers.Tests.Engine;

/// <summary>A pass that only sums or lists allocates for what it finds, and nothing for an event: as much for a capture as for one of twice the length.</summary>
public sealed class AllocationTests
{
    // Bytes an event.
    private const double Most = 0.01;

    private static readonly Dictionary<string, Action<CaptureFile>> s_questions = new()
    {
        ["statistics"] = static file => file.Summarize(),
        ["I/O by span tag"] = static file => Measure(file, null, IoKey.SpanTag),
        ["I/O by file"] = static file => Measure(file, null, IoKey.FdName),
        ["I/O by file and span tag"] = static file => Measure(file, null, IoKey.FdName, IoKey.SpanTag),
        ["I/O by process, with a filter"] = static file => Measure(file, "fd.type=ipv4 and evt.dir=<", IoKey.ProcessName),
        ["calls"] = static file => file.MeasureCalls(new CallAccounting(new CallQuery { Keys = [IoKey.Syscall] })),
        ["spans"] = static file => file.MeasureSpans(new SpanSummary(new SpanSummaryQuery { Keys = [SpanKey.Tag] })),
        ["slow spans"] = static file => file.ReadSpans(new SpanQuery { MinDuration = 500_000_000 }, static _ => { }),
        ["what a report shows beside spans"] = static file => file.ReadWork(new ReportWork(new ReportQuery(), 1_000_000_000, new ReportCalls([]))),
        ["listing"] = static file => List(file),
    };

    public static TheoryData<string> Questions => [.. s_questions.Keys];

    [Theory]
    [MemberData(nameof(Questions))]
    public void A_capture_of_twice_the_length_needs_no_more_memory(string question)
    {
        RepeatedLoad load = RepeatedLoad.Of("requests");

        // So many that a histogram of durations has its full size.
        const int Blocks = 10;
        double perEvent = double.MaxValue;

        // What is made once in the process is in the first of them; and the framework's own code boxes here and there until it has been compiled again, which
        // waits while other tests still compile.
        for (int attempt = 0; attempt < 60 && perEvent >= Most; attempt++)
        {
            if (attempt > 2)
                Thread.Sleep(300);
            long more = Allocated(load, Blocks * 2, question) - Allocated(load, Blocks, question);
            perEvent = Math.Min(perEvent, (double)more / (Blocks * load.Events));
        }

        Assert.True(perEvent < Most, $"{perEvent} bytes an event.");
    }

    private static long Allocated(RepeatedLoad load, int blocks, string question)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        using (CaptureFile file = new("memory", load.Source(blocks), keepArguments: false, CancellationToken.None))
        {
            s_questions[question](file);
            Assert.Equal(load.Events * blocks, file.Statistics.Events);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Measure(CaptureFile file, string? filter, params RowKey[] keys)
    {
        IoAccounting accounting = new(new IoQuery { Keys = keys, Filter = filter is null ? null : CaptureFilter.Parse(filter) });
        file.MeasureIo(accounting);
        Assert.NotEmpty(accounting.Rows);
    }

    private static void List(CaptureFile file)
    {
        TextBuffer text = new();
        file.List(new EventQuery(), text, TimeZoneInfo.Utc, () => text.Length = 0);
    }
}
