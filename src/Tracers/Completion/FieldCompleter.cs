using System.Collections;
using System.Management.Automation.Language;

namespace Tracers.Completion;

/// <summary>Offers the fields that have one value.</summary>
public sealed class FieldCompleter : ChoiceCompleter
{
    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => FieldChoices.OfValues(static _ => true);
}
