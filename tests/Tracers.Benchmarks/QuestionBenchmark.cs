using BenchmarkDotNet.Attributes;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Filters;
using Tracers.Tests.Engine;

namespace Tracers.Benchmarks;

/// <summary>Questions to a capture of requests, as a server has them. Nanoseconds and bytes of one event.</summary>
public class QuestionBenchmark
{
    private const string Ipv4Returns = "fd.type=ipv4 and evt.dir=<";

    private RepeatedLoad _load = null!;
    private int _blocks;

    /// <summary>Makes the capture.</summary>
    [GlobalSetup]
    public void Make() => (_load, _blocks) = EventCount.Of("requests");

    /// <summary>What Get-TracerCapture shows, spans and categories of events included.</summary>
    [Benchmark(OperationsPerInvoke = EventCount.Events)]
    public void Statistics() => Ask(static file => file.Summarize());

    /// <summary>One key, of the span: markers are paired, and each call belongs to a span.</summary>
    [Benchmark(OperationsPerInvoke = EventCount.Events)]
    public void IoBySpanTag() => Ask(static file => Measure(file, null, IoKey.SpanTag));

    /// <summary>One key, without spans.</summary>
    [Benchmark(OperationsPerInvoke = EventCount.Events)]
    public void IoByFile() => Ask(static file => Measure(file, null, IoKey.FdName));

    /// <summary>Two keys.</summary>
    [Benchmark(OperationsPerInvoke = EventCount.Events)]
    public void IoByFileAndSpanTag() => Ask(static file => Measure(file, null, IoKey.FdName, IoKey.SpanTag));

    /// <summary>A filter that is asked of each call that reads or writes.</summary>
    [Benchmark(OperationsPerInvoke = EventCount.Events)]
    public void IoByProcessFiltered() => Ask(static file => Measure(file, Ipv4Returns, IoKey.ProcessName));

    /// <summary>Counts of calls, each with its two events.</summary>
    [Benchmark(OperationsPerInvoke = EventCount.Events)]
    public void Calls() => Ask(static file => file.MeasureCalls(new CallAccounting(new CallQuery { Keys = [IoKey.Syscall] })));

    /// <summary>Spans, of which none is slow enough.</summary>
    [Benchmark(OperationsPerInvoke = EventCount.Events)]
    public void SlowSpans() => Ask(static file => file.ReadSpans(new SpanQuery { MinDuration = 500_000_000 }, static _ => { }));

    /// <summary>A filter that is asked of each event, and is false of all.</summary>
    [Benchmark(OperationsPerInvoke = EventCount.Events)]
    public void EventsFiltered() => Ask(static file => file.ReadEvents(new EventQuery { Filter = CaptureFilter.Parse("evt.rawres<0 and fd.name contains nowhere") }, static _ => { }));

    /// <summary>A line of text for each event.</summary>
    [Benchmark(OperationsPerInvoke = EventCount.Events)]
    public void Listing() => Ask(static file =>
    {
        TextBuffer text = new();
        file.List(new EventQuery(), text, TimeZoneInfo.Utc, () => text.Length = 0);
    });

    private void Ask(Action<CaptureFile> question)
    {
        using CaptureFile file = new("memory", _load.Source(_blocks), keepArguments: false, CancellationToken.None);
        question(file);
    }

    private static void Measure(CaptureFile file, string? filter, params RowKey[] keys) =>
        file.MeasureIo(new IoAccounting(new IoQuery { Keys = keys, Filter = filter is null ? null : CaptureFilter.Parse(filter) }));
}
