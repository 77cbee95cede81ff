using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.Filters;

namespace Tracers.Completion;

/// <summary>Offers the names of all fields, without what stands behind them.</summary>
public sealed class FieldNameCompleter : ChoiceCompleter
{
    private protected override bool TakesPatterns => true;

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) =>
        FieldCatalogue.All.Select(static f => new Choice(f.Name, $"{f.Name}: {f.Description}"));
}
