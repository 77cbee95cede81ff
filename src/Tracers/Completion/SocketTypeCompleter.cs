using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.State;

namespace Tracers.Completion;

/// <summary>Offers the types of sockets.</summary>
public sealed class SocketTypeCompleter : ChoiceCompleter
{
    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) =>
        FdTypeCompleter.All.Where(static choice => FdKindText.TryParse(choice.Value, out FdKind kind) && kind.IsSocket());
}
