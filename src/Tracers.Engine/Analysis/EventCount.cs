using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>How many events of one name and category there are.</summary>
/// <param name="name">Name of the events.</param>
/// <param name="category">Their category.</param>
internal sealed class EventCount(string name, EventCategory category)
{
    public string Name => name;

    public EventCategory Category => category;

    public long Count { get; set; }

    /// <summary>Order of a table: most first, and by name where they are as many.</summary>
    public static int MostFirst(EventCount a, EventCount b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : string.CompareOrdinal(a.Name, b.Name);
}
