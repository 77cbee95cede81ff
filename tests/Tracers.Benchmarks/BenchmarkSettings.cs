using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Tracers.Benchmarks;

/// <summary>How all benchmarks run, and what is said of them.</summary>
/// <remarks>In this process: a project of its own for each run would be built under this repository's rules, and would take longer than the measuring.</remarks>
internal sealed class BenchmarkSettings : ManualConfig
{
    public BenchmarkSettings()
    {
        // An invocation is a whole pass over some twelve million events: a few of them tell enough.
        AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithInvocationCount(1).WithUnrollFactor(1).WithWarmupCount(2).WithIterationCount(9));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddExporter(MarkdownExporter.GitHub);
        AddLogger(ConsoleLogger.Default);
        HideColumns("Gen0", "Gen1", "Gen2", "Error");

        // It loads all that is referenced, and PowerShell's engine, which only the import needs, is not here. Program looks for itself.
        WithOption(ConfigOptions.DisableOptimizationsValidator, true);
    }
}
