using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.Spans;

namespace Tracers.Completion;

/// <summary>Offers what can lie in a span.</summary>
public sealed class SpanScopeCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices =
    [
        new(nameof(SpanScope.Thread), "The work of the thread that opened it, and of those that a switch marker says to run it."),
        new(nameof(SpanScope.Process), "The work of all threads of the process that opened it."),
        new(nameof(SpanScope.Children), "The work of that process and of all its descendants: the commands that a script starts."),
        new(nameof(SpanScope.Machine), "Everything that happens between its beginning and its end."),
    ];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => s_choices;
}
