using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.Filters;

namespace Tracers.Completion;

/// <summary>Offers the classes of fields.</summary>
public sealed class FieldClassCompleter : ChoiceCompleter
{
    private protected override bool TakesPatterns => true;

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => FieldCatalogue.All
        .GroupBy(static f => f.Class)
        .Select(static g => new Choice(g.Key, $"{g.Key}: {Describe(g.Key)}, {Views.Count(g.Count(), "field")}"));

    private static string Describe(string name) => name switch
    {
        "evt" => "what an event is, when it was, what its parameters say",
        "syscall" => "the system call of an event",
        "proc" or "process" => "the process that an event belongs to",
        "thread" => "the thread that an event belongs to",
        "fd" => "the descriptor that a call works on",
        "user" => "the user that a thread runs as",
        "group" => "the group that a thread runs as",
        "container" => "the container that a thread runs in",
        "span" => "the span that a marker begins or ends",
        "evtin" => "the spans that an event lies in",
        _ => name,
    };
}
