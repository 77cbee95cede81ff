using System.Globalization;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Spans;
using Tracers.Engine.State;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>A busy server's capture: the article's tables equal sysdig's, and the second pass allocates nothing by event or span.</summary>
public class LoadCaptureTests(LoadCapture capture) : IClassFixture<LoadCapture>
{
    private const int Slow = 5_000_000;
    // Tables that a pass begins with. The capture has some 200,000 events: one object for each would be megabytes.
    private const int Fixed = 256 * 1024;
    private const int PerName = 640;

    // Few durations are kept as they are, eight bytes each, in arrays that double: some 10,000 in 24 rows.
    private const int KeptDurations = 24 * 2 * 1024 * 8;

    [SkippableFact]
    public void Bytes_by_innermost_span_are_sysdigs() => TableComparison.AssertSame(
        SysdigTable.Read(capture.Path, "fdbytes_by", "evtin.span.tags"),
        EngineTable.Read(capture.Path, new IoQuery { Keys = [IoKey.SpanTag] }, t => t.Bytes), 30);

    [SkippableFact]
    public void Bytes_by_file_are_sysdigs() => TableComparison.AssertSame(
        SysdigTable.Read(capture.Path, "fdbytes_by", "fd.name", "fd.type=file"),
        EngineTable.Read(capture.Path, new IoQuery { Keys = [IoKey.FdName], FdKinds = [FdKind.File] }, t => t.Bytes), 30);

    [SkippableFact]
    public void Slow_spans_are_sysdigs_in_order_to_the_nanosecond()
    {
        string sysdig = Sysdig.Read(capture.Path, "-p", "%evt.rawtime %span.id %span.tags %span.duration %thread.tid", "span.duration>=" + Slow);
        List<string> engine = [];
        using CaptureFile file = new(capture.Path, keepArguments: false, CancellationToken.None);
        file.ReadSpans(new SpanQuery { MinDuration = Slow }, s => engine.Add(string.Create(
            CultureInfo.InvariantCulture, $"{s.End} {s.Id} {s.Tags.Text} {s.Duration} {s.Closer!.Tid}")));
        Assert.True(engine.Count > 50, $"{engine.Count} slow spans");
        Assert.Equal(sysdig.Split('\n', StringSplitOptions.RemoveEmptyEntries), engine);
    }

    [SkippableFact]
    public void A_summary_allocates_nothing_by_event_or_span() => AssertAllocates(static pass =>
    {
        SummarySink sink = new(pass.Statistics);
        pass.Run(ref sink);
    });

    [SkippableFact]
    public void Summing_by_span_allocates_nothing_by_event_or_span() => AssertSumming(IoKey.SpanTag);

    [SkippableFact]
    public void Summing_by_several_keys_allocates_nothing_by_event_or_span() => AssertSumming(IoKey.SpanTag, IoKey.FdType, IoKey.Syscall);

    [SkippableTheory]
    [InlineData(SpanScope.Thread)]
    [InlineData(SpanScope.Children)]
    [InlineData(SpanScope.Machine)]
    public void Summing_inside_of_chosen_spans_allocates_nothing_by_event_or_span(SpanScope scope)
    {
        List<SpanRecord> spans = [];
        using (CaptureFile file = new(capture.Path, keepArguments: false, CancellationToken.None))
            file.ReadSpans(new SpanQuery(), span => spans.Add(span));
        SpanSelection chosen = new(spans.Where(static s => s.Sequence % 2 == 0), scope, SpanNesting.Any);
        AssertAllocates(pass =>
        {
            IoAccounting accounting = new(new IoQuery { Keys = [IoKey.SpanTag], Scope = scope });
            accounting.Attach(pass, chosen);
            IoSink sink = new(accounting, pass);
            pass.Run(ref sink);
            Assert.NotEmpty(accounting.Rows);
        }, kept: 3 * Fixed);
    }

    [SkippableFact]
    public void Accounting_for_spans_allocates_nothing_by_event_or_span() => AssertAllocates(static pass =>
    {
        pass.Tracker.Describes = true;
        SpanWorkSink sink = new(new SpanQuery { MinDuration = long.MaxValue, WithWork = true }, pass, static _ => Assert.Fail("no span is so long"));
        pass.Run(ref sink);
    });

    [SkippableFact]
    public void Summing_spans_allocates_nothing_by_event_or_span() => AssertAllocates(
        static pass =>
        {
            SpanSummary summary = new(new SpanSummaryQuery { Keys = [SpanKey.Parse("Tag"), SpanKey.Parse("Process")] });
            pass.Tracker.Describes = true;
            summary.Attach(pass.Tracker.Tags);
            SpanSummarySink sink = new(summary);
            pass.Run(ref sink);
            Assert.True(summary.Rows.Sum(r => r.Totals.Ended) > 5000);
        },
        KeptDurations);

    private void AssertSumming(params IoKey[] keys) => AssertAllocates(pass =>
    {
        IoAccounting accounting = new(new IoQuery { Keys = [.. keys] });
        accounting.Attach(pass);
        IoSink sink = new(accounting, pass);
        pass.Run(ref sink);
        Assert.NotEmpty(accounting.Rows);
    });

    // What is distinct may cost: threads, files, connections. The events and the spans are many times as many.
    private void AssertAllocates(Action<CapturePass> read, long kept = 0)
    {
        long least = long.MaxValue, limit = 0;
        for (int round = 0; round < 3; round++)
        {
            using CapturePass pass = new(capture.Path, keepArguments: false, CancellationToken.None);
            long before = GC.GetAllocatedBytesForCurrentThread();
            read(pass);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            limit = Fixed + kept + PerName * pass.State.Fds.Names.Count;
        }

        Assert.InRange(least, 1, limit);
    }
}
