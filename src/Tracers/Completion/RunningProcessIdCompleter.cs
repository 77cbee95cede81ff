using System.Collections;
using System.Globalization;
using System.Management.Automation.Language;

namespace Tracers.Completion;

/// <summary>Offers the ids of the processes that run on this machine.</summary>
public sealed class RunningProcessIdCompleter : ChoiceCompleter
{
    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => RunningProcess.All()
        .OrderBy(static p => p.Id)
        .Select(static p => new Choice(p.Id.ToString(CultureInfo.InvariantCulture), $"{p.Name}: {p.CommandLine}"));
}
