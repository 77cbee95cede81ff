using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Completion;

/// <summary>Offers the names of system calls.</summary>
public sealed class SyscallCompleter : ChoiceCompleter
{
    private static readonly Lazy<Choice[]> s_choices = new(static () =>
    [
        .. Enumerable.Range(1, SyscallTable.Count - 1)
            .Select(static id => (Name: SyscallTable.Name(id)!, Words: Describe(id)))
            .DistinctBy(static call => call.Name)
            .OrderBy(static call => call.Name, StringComparer.Ordinal)
            .Select(static call => new Choice(call.Name, $"{call.Name}: {call.Words}")),
    ]);

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => s_choices.Value;

    private static string Describe(int id) => SyscallTable.Category(id) switch
    {
        "io-read" => "reads",
        "io-write" => "writes",
        _ => EventCategories.OfCall(id).Text(),
    };
}
