using System.Collections;
using System.Management.Automation.Language;

namespace Tracers.Completion;

/// <summary>Offers the names of the processes that run on this machine.</summary>
public sealed class RunningProcessNameCompleter : ChoiceCompleter
{
    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => RunningProcess.All()
        .GroupBy(static p => p.Name, StringComparer.Ordinal)
        .OrderBy(static g => g.Key, StringComparer.Ordinal)
        .Select(static g => new Choice(g.Key, $"{g.Key}: {(g.Count() == 1 ? g.First().CommandLine : $"{g.Count()} processes")}"));
}
