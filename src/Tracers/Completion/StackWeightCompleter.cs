using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.Export.Spans;

namespace Tracers.Completion;

/// <summary>Offers what the boxes of a flame graph can be as wide as.</summary>
public sealed class StackWeightCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices =
    [
        new(nameof(StackWeight.Time), "Spans as they lay in time, a profile for each thread; only speedscope shows that."),
        new(nameof(StackWeight.SelfTime), "Time in which no span inside was open, summed by the stack of tags."),
        new(nameof(StackWeight.Bytes), "Bytes that were read and written with the span as the innermost, summed by the stack of tags."),
    ];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => s_choices;
}
