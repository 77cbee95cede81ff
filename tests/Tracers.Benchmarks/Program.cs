using BenchmarkDotNet.Running;
using Tracers.Benchmarks;

if (args is ["import", string manifest])
    ColdImport.Run(manifest);
else
    BenchmarkSwitcher.FromAssembly(typeof(PassBenchmark).Assembly).Run(args, new BenchmarkSettings());
