using System.Collections;
using System.Management.Automation.Language;

namespace Tracers.Completion;

/// <summary>Offers the ids of the processes of this machine in which .NET runs.</summary>
public sealed class DotNetProcessIdCompleter : ChoiceCompleter
{
    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => DotNetProcesses.Ids();
}
