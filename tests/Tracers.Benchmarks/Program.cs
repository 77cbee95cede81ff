using System.Runtime.CompilerServices;
using BenchmarkDotNet.Running;
using Tracers.Benchmarks;

if (args is ["import", string manifest])
    ColdImport.Run(manifest);
else
    RunBenchmarks(args);

// On its own: the import runs where the benchmarks' packages are not.
[MethodImpl(MethodImplOptions.NoInlining)]
static void RunBenchmarks(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(PassBenchmark).Assembly).Run(args, new BenchmarkSettings());
