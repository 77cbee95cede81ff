using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.State;

namespace Tracers.Completion;

/// <summary>Offers the categories of events.</summary>
public sealed class EventCategoryCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices =
    [
        Of(EventCategory.File, "files and folders, and reads, writes and closes of them"),
        Of(EventCategory.Net, "sockets, and reads, writes and closes of those of IPv4 and IPv6"),
        Of(EventCategory.Ipc, "pipes and futexes, and I/O on pipes, unix sockets, events and signals as descriptors"),
        Of(EventCategory.Process, "processes and threads begin, end, and change what they are"),
        Of(EventCategory.Memory, "memory is mapped, grown and given back"),
        Of(EventCategory.Wait, "waiting for descriptors or for children"),
        Of(EventCategory.Sleep, "sleeping"),
        Of(EventCategory.Signal, "signals are sent, handled and blocked"),
        Of(EventCategory.Time, "clocks and timers"),
        Of(EventCategory.User, "users and groups"),
        Of(EventCategory.System, "the machine as a whole"),
        Of(EventCategory.Scheduler, "a cpu changes over to another thread"),
        Of(EventCategory.Other, "markers, and calls of no particular kind"),
        Of(EventCategory.Unknown, "I/O on descriptors that are not known or of another kind, and calls that nobody has sorted"),
        Of(EventCategory.Processing, "work in a program; no system call has it"),
        Of(EventCategory.Internal, "what the recorder tells of itself; hidden without -IncludeHidden"),
    ];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => s_choices;

    private static Choice Of(EventCategory category, string words) => new(category.Text(), $"{category.Text()}: {words}");
}
