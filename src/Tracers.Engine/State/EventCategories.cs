using Tracers.Engine.Events;

namespace Tracers.Engine.State;

/// <summary>The category of an event: by its type, and where it reads, writes or closes by its descriptor.</summary>
internal static class EventCategories
{
    // Stands for io-read, io-write and io-other in the table by type.
    private const EventCategory OfDescriptor = (EventCategory)byte.MaxValue;

    // Before the table by type, which is made with it.
    private static readonly string[] s_texts = Array.ConvertAll(Enum.GetNames<EventCategory>(), static name => name.ToLowerInvariant());
    private static readonly EventCategory[] s_byType = Array.ConvertAll(EventTable.Infos, static info => Parse(info.Category));

    /// <summary>How many categories there are.</summary>
    public static int Count => s_texts.Length;

    /// <summary>The word that a listing shows: <c>file</c>, <c>net</c>, ...</summary>
    public static string Text(this EventCategory category) => s_texts[(int)category];

    /// <summary>Whether all events of a type are of one category, and which; the others go by their descriptor.</summary>
    public static bool TryOfType(int type, out EventCategory category)
    {
        category = s_byType[type];
        return category != OfDescriptor;
    }

    /// <summary>The category of an event that is no marker, once it was applied.</summary>
    public static EventCategory Of(scoped in EventView e, scoped in EventOutcome outcome)
    {
        EventCategory category = s_byType[e.Type];
        return category == OfDescriptor ? Of(outcome.OwnFd(in e)?.Kind)
            : GenericCall.Is(e.Type) ? OfCall(GenericCall.Id(in e))
            : category;
    }

    /// <summary>The category of reading, writing or closing a descriptor of this kind; null for one that is not known.</summary>
    public static EventCategory Of(FdKind? kind) => kind switch
    {
        FdKind.File or FdKind.Directory => EventCategory.File,
        FdKind.Ipv4 or FdKind.Ipv6 => EventCategory.Net,
        FdKind.Pipe or FdKind.Unix or FdKind.Event or FdKind.SignalFd or FdKind.Inotify => EventCategory.Ipc,
        _ => EventCategory.Unknown,
    };

    /// <summary>The category of a call that has no event type of its own. Its events name no descriptor, so that reads, writes and closes are of an unknown one.</summary>
    public static EventCategory OfCall(int id) =>
        Array.IndexOf(s_texts, SyscallTable.Category(id)) is >= 0 and int category ? (EventCategory)category : EventCategory.Unknown;

    private static EventCategory Parse(string word) => word switch
    {
        "io-read" or "io-write" or "io-other" => OfDescriptor,
        _ => (EventCategory)Array.IndexOf(s_texts, word),
    };
}
