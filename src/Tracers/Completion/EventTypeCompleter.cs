using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Completion;

/// <summary>Offers the names of events.</summary>
public sealed class EventTypeCompleter : ChoiceCompleter
{
    private static readonly Lazy<Choice[]> s_choices = new(List);

    private protected override bool TakesPatterns => true;

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => s_choices.Value;

    // One name can stand for several numbers: versions of a call, and its entering and leaving.
    private static Choice[] List() =>
    [
        .. EventTable.Infos
            .Where(static info => (info.Traits & EventTraits.Unused) == 0)
            .Select(static info => (info.Number, info.Name, Words: Describe(info)))
            .Where(static e => !GenericCall.Is(e.Number))
            .Select(static e => (e.Name, e.Words))
            .Concat(Enumerable.Range(1, SyscallTable.Count - 1).Select(static id => (Name: GenericCall.Name(id), Words: EventCategories.OfCall(id).Text())))
            .DistinctBy(static e => e.Name)
            .OrderBy(static e => e.Name, StringComparer.Ordinal)
            .Select(static e => new Choice(e.Name, $"{e.Name}: {e.Words}")),
    ];

    private static string Describe(EventInfo info) =>
        info.Name == MarkerListing.Type ? "markers, the beginnings and ends of spans"
        : EventCategories.TryOfType(info.Number, out EventCategory category) ? category.Text()
        : (info.Traits & EventTraits.Reads) != 0 ? "reads; the category goes by the descriptor"
        : (info.Traits & EventTraits.Writes) != 0 ? "writes; the category goes by the descriptor"
        : "the category goes by the descriptor";
}
