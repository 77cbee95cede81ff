using BenchmarkDotNet.Attributes;
using Tracers.Engine;
using Tracers.Tests.Engine;

namespace Tracers.Benchmarks;

/// <summary>Questions to a capture of requests, as a server has them. Nanoseconds and bytes of one event.</summary>
public class QuestionBenchmark
{
    private RepeatedLoad _load = null!;
    private int _blocks;

    /// <summary>What is asked.</summary>
    [ParamsSource(nameof(Questions))]
    public string Question { get; set; } = "";

    /// <summary>All there are.</summary>
    public static IEnumerable<string> Questions => LoadQuestions.ByName.Keys;

    /// <summary>Makes the capture.</summary>
    [GlobalSetup]
    public void Make() => (_load, _blocks) = EventCount.Of("requests");

    /// <summary>Reads the capture once.</summary>
    [Benchmark(OperationsPerInvoke = EventCount.Events)]
    public void Ask()
    {
        using CaptureFile file = new("memory", _load.Source(_blocks), keepArguments: false, CancellationToken.None);
        LoadQuestions.ByName[Question](file);
    }
}
