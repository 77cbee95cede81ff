using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.Spans;

namespace Tracers.Completion;

/// <summary>Offers the states of spans.</summary>
public sealed class SpanStateCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices =
    [
        new(nameof(SpanState.Finished), "Beginning and end are in the capture: only these have a duration."),
        new(nameof(SpanState.Unfinished), "Still open when the capture ended."),
        new(nameof(SpanState.Orphan), "Only the end is in the capture: it began before, or its opening marker was lost."),
    ];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => s_choices;
}
