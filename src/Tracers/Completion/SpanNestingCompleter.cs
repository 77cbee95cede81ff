using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.Spans;

namespace Tracers.Completion;

/// <summary>Offers whether spans inside of a span belong to it.</summary>
public sealed class SpanNestingCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices =
    [
        new(nameof(SpanNesting.Any), "What lies in spans inside of the given ones belongs to them too."),
        new(nameof(SpanNesting.Innermost), "Only what has one of the given spans as the innermost around it."),
    ];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => s_choices;
}
