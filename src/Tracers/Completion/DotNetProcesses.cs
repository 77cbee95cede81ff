using System.Globalization;
using Tracers.Engine.Runtimes;
using Tracers.Runtimes;

namespace Tracers.Completion;

/// <summary>Processes in which .NET runs, as choices.</summary>
internal static class DotNetProcesses
{
    /// <summary>Their ids.</summary>
    public static IEnumerable<Choice> Ids() => RuntimeLibrary.Diagnostics.FindProcesses()
        .Select(static p => new Choice(p.Pid.ToString(CultureInfo.InvariantCulture), $"{p.Name}: {p.Problem ?? p.CommandLine}"));

    /// <summary>Their names, each once.</summary>
    public static IEnumerable<Choice> Names() => RuntimeLibrary.Diagnostics.FindProcesses()
        .SelectMany(static p => new[] { p.Name, p.Application }.OfType<string>().Distinct(), static (process, name) => (process, name))
        .GroupBy(static p => p.name, static p => p.process, StringComparer.Ordinal)
        .OrderBy(static g => g.Key, StringComparer.Ordinal)
        .Select(static g => new Choice(g.Key, g.Count() == 1 ? Single(g.First()) : $"{g.Key}: {g.Count()} processes"));

    private static string Single(RuntimeProcess process) => $"{process.Name}: {process.Problem ?? process.CommandLine}";
}
