using System.Collections;
using System.Management.Automation.Language;

namespace Tracers.Completion;

/// <summary>Offers the names of the processes of this machine in which .NET runs.</summary>
public sealed class DotNetProcessNameCompleter : ChoiceCompleter
{
    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => DotNetProcesses.Names();
}
