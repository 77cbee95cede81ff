using System.Collections;
using System.Management.Automation.Language;

namespace Tracers.Completion;

/// <summary>Offers the ids and the names of the processes of this machine in which .NET runs.</summary>
public sealed class DotNetProcessCompleter : ChoiceCompleter
{
    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => DotNetProcesses.Ids().Concat(DotNetProcesses.Names());
}
