using BenchmarkDotNet.Attributes;
using Tracers.Engine;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;
using Tracers.Tests.Engine;

namespace Tracers.Benchmarks;

/// <summary>A pass without an answer: walking the blocks, and the state by class of event. Nanoseconds and bytes of one event.</summary>
public class PassBenchmark
{
    private RepeatedLoad _load = null!;
    private int _blocks;

    /// <summary>What happens in the capture.</summary>
    [ParamsSource(nameof(Kinds))]
    public string Load { get; set; } = "";

    /// <summary>All there are.</summary>
    public static IEnumerable<string> Kinds => RepeatedLoad.Kinds.Keys;

    /// <summary>Makes the capture.</summary>
    [GlobalSetup]
    public void Make() => (_load, _blocks) = EventCount.Of(Load);

    /// <summary>Decodes it and keeps the state.</summary>
    [Benchmark(OperationsPerInvoke = EventCount.Events)]
    public long State()
    {
        NothingSink sink = default;
        using CapturePass pass = new("memory", _load.Source(_blocks), keepArguments: false, CancellationToken.None);
        pass.Run(ref sink);
        return pass.Statistics.Events;
    }

    /// <summary>The same, reading every parameter of each event.</summary>
    [Benchmark(OperationsPerInvoke = EventCount.Events)]
    public long EventView()
    {
        ParameterSink sink = default;
        using CapturePass pass = new("memory", _load.Source(_blocks), keepArguments: false, CancellationToken.None);
        pass.Run(ref sink);
        return sink.Bytes;
    }

    private struct NothingSink : IPassSink
    {
        public SinkWants Wants => SinkWants.Spans;

        public readonly void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
        {
        }

        public readonly void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
        {
        }

        public readonly void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
        {
        }

        public readonly void Span(SpanNode span)
        {
        }
    }

    private struct ParameterSink : IPassSink
    {
        public long Bytes { get; private set; }

        public SinkWants Wants => SinkWants.Events;

        public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
        {
            for (int i = 0; i < e.ParameterCount; i++)
                Bytes += e.Parameter(i).Length;
        }

        public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span) => Event(in e, in outcome, number);

        public readonly void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
        {
        }

        public readonly void Span(SpanNode span)
        {
        }
    }
}
