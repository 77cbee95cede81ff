using Tracers.Engine.Analysis;

namespace Tracers.Completion;

/// <summary>Offers the names of processes and threads.</summary>
public sealed class ProcessNameCompleter : CaptureCompleter
{
    private protected override bool TakesPatterns => true;

    private protected override IEnumerable<Choice> Choices(CaptureNames names) => names.KnownThreads()
        .Where(static t => !string.IsNullOrEmpty(t.Thread.Name))
        .GroupBy(static t => t.Thread.Name!, StringComparer.Ordinal)
        .OrderBy(static g => g.Key, StringComparer.Ordinal)
        .Select(static g => new Choice(g.Key, $"{g.Key}: {Views.Count(g.Sum(static t => t.Events), "event")} of {Processes(g.Select(static t => t.Thread.Pid))}"));

    private static string Processes(IEnumerable<int> pids) => pids.Distinct().Count() is > 1 and { } count ? $"{count} processes" : $"process {pids.First()}";
}
