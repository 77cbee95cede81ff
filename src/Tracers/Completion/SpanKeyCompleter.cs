using System.Collections;
using System.Management.Automation.Language;

namespace Tracers.Completion;

/// <summary>Offers what spans can be summed by.</summary>
public sealed class SpanKeyCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices =
    [
        new("Tag", "All tags, joined with dots."),
        new("Root", "The first tag."),
        new("Tag[1]", "One of the tags: the second; Tag[-1] is the last."),
        new("Args.", "An argument of the markers by its name: Args.user."),
        new("Id", "The id of the span."),
        new("Process", "The name (comm) of the thread that opened the span."),
        new("ProcessId", "The id of its process."),
        new("ThreadId", "The id of the thread."),
        new("State", "Finished, Unfinished or Orphan."),
        new("Depth", "How many parents are above the span."),
    ];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => s_choices;
}
