using System.Collections;
using System.Management.Automation.Language;

namespace Tracers.Completion;

/// <summary>Offers conditions on a comparison, to begin with.</summary>
public sealed class ComparisonRuleCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices =
    [
        new("p99 > 1.2x", "The 99th percentile is more than 1.2 times that of the reference. Also p50, p90, p99.9."),
        new("p50 > +10%", "The median is more than 10 % above that of the reference."),
        new("mean > 1.2x", "The mean is more than 1.2 times that of the reference."),
        new("max > 2x", "The longest span takes more than twice as long."),
        new("total > 1.5x", "All spans together take more than 1.5 times as long."),
        new("count < 50%", "There are fewer than half as many spans."),
        new("p99 > 1.2x or mean > +10%", "Several conditions: each is one too many."),
    ];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => s_choices;
}
