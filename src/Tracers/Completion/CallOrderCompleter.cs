using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.Analysis;

namespace Tracers.Completion;

/// <summary>Offers which rows of a table of calls come first.</summary>
public sealed class CallOrderCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices =
    [
        new(nameof(CallOrder.Time), "The calls that took most time together, waiting included."),
        new(nameof(CallOrder.Calls), "Most calls that returned."),
        new(nameof(CallOrder.Failed), "Most calls that failed."),
        new(nameof(CallOrder.Average), "The longest calls on average."),
        new(nameof(CallOrder.Maximum), "The longest single call."),
    ];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => s_choices;
}
