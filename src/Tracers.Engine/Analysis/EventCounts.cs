using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>How many events of each type and category a capture holds.</summary>
/// <remarks>
/// Events are counted by type and, where the category goes by it, by the kind of their descriptor: a load and an increment an event.
/// What category that is, is asked once, when somebody asks for the counts.
/// </remarks>
internal sealed class EventCounts
{
    // A row of a type has no descriptor first, then one column for each kind.
    private const int Columns = 32;

    private readonly long[] _counts = new long[EventTable.Infos.Length * Columns];
    private readonly byte[] _ways = WaysOfTypes();
    private readonly long[] _calls = new long[SyscallTable.Count];

    private enum Way : byte
    {
        ByType,
        ByFd,
        ByCall,
    }

    /// <summary>Markers as a listing shows them: openings and closings.</summary>
    public long Markers { get; set; }

    /// <summary>Counts one event that is no marker.</summary>
    /// <param name="e">The event.</param>
    /// <param name="fd">The descriptor that it works on; null when it has none or it is not known.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(scoped EventView e, FdInfo? fd)
    {
        int index = e.Type * Columns;
        byte way = _ways[e.Type];
        if (way != (byte)Way.ByType)
        {
            if (way == (byte)Way.ByCall)
            {
                EventView call = e;
                _calls[GenericCall.Id(in call)]++;
                return;
            }

            if (fd is not null)
                index += 1 + (int)fd.Kind;
        }

        _counts[index]++;
    }

    /// <summary>The counts of events that a listing shows, by name and category, most first.</summary>
    /// <remarks>Plain loops: what would be shorter with LINQ would be compiled anew in every process, for longer than it runs.</remarks>
    public EventCount[] All()
    {
        Dictionary<string, EventCount> counts = [];
        foreach (EventInfo info in EventTable.Infos)
        {
            if (EventFilter.IsHidden(info))
                continue;
            for (int column = 0; column < Columns; column++)
                Add(counts, info.Name, CategoryOf(info.Number, column), _counts[info.Number * Columns + column]);
        }

        for (int id = 0; id < _calls.Length; id++)
            Add(counts, GenericCall.Name(id), EventCategories.OfCall(id), _calls[id]);
        Add(counts, MarkerListing.Type, EventCategory.Other, Markers);

        EventCount[] all = new EventCount[counts.Count];
        counts.Values.CopyTo(all, 0);
        Array.Sort(all, EventCount.MostFirst);
        return all;
    }

    private static void Add(Dictionary<string, EventCount> counts, string name, EventCategory category, long count)
    {
        if (count == 0)
            return;
        string key = $"{name} {category}";
        if (counts.TryGetValue(key, out EventCount? known))
            known.Count += count;
        else
            counts.Add(key, new EventCount(name, category) { Count = count });
    }

    private static EventCategory CategoryOf(int type, int column) =>
        EventCategories.TryOfType(type, out EventCategory category) ? category : EventCategories.Of(column == 0 ? null : (FdKind)(column - 1));

    private static byte[] WaysOfTypes()
    {
        byte[] ways = new byte[EventTable.Infos.Length];
        for (int type = 0; type < ways.Length; type++)
            ways[type] = (byte)(GenericCall.Is(type) ? Way.ByCall : EventCategories.TryOfType(type, out _) ? Way.ByType : Way.ByFd);
        return ways;
    }
}
