using System.Collections;
using System.Management.Automation.Language;

namespace Tracers.Completion;

/// <summary>Offers what a capture can be written as.</summary>
public sealed class ExportFormatCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices =
    [
        new(nameof(TracerExportFormat.Scap), "A capture, which this module and sysdig read: with the names, times and spans of the whole one."),
        new(nameof(TracerExportFormat.Text), "sysdig's listing: a line for each event, in UTF-8."),
    ];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => s_choices;
}
