using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Running;
using Tracers.Benchmarks;
using Tracers.Engine;

if (args is ["import", string manifest])
    ColdImport.Run(manifest);
else if (args is ["page", string report, string runs])
    OpenPages(report, int.Parse(runs, CultureInfo.InvariantCulture));
else if (args is ["listen", string pid, ..])
    Listen(int.Parse(pid, CultureInfo.InvariantCulture), args.ElementAtOrDefault(2));
else
    RunBenchmarks(args);

// The browser's driver is not where the import runs.
[MethodImpl(MethodImplOptions.NoInlining)]
static void OpenPages(string report, int runs) => PageRun.RunAsync(report, runs).GetAwaiter().GetResult();

// Nor is what speaks to runtimes.
[MethodImpl(MethodImplOptions.NoInlining)]
static void Listen(int pid, string? hook) => ListeningOnly.Run(pid, hook);

// On its own: the import runs where neither the benchmarks' packages nor the engine are.
[MethodImpl(MethodImplOptions.NoInlining)]
static void RunBenchmarks(string[] args)
{
    if (typeof(CapturePass).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
        Console.Error.WriteLine("A Debug build is not worth measuring. Run: dotnet run -c Release --project tests/Tracers.Benchmarks");
    else
        BenchmarkSwitcher.FromAssembly(typeof(PassBenchmark).Assembly).Run(args, new BenchmarkSettings());
}
