using System.Runtime.CompilerServices;
using Tracers.Engine.Events;

namespace Tracers.Engine.Analysis;

/// <summary>How many events of each type and category a capture holds.</summary>
internal sealed class EventCounts
{
    // As many as there are categories: type and category are one index.
    private const int CategoryBits = 4;

    private readonly long[] _counts = new long[EventTable.Infos.Length << CategoryBits];
    private readonly long[] _calls = new long[SyscallTable.Count];

    /// <summary>Markers as a listing shows them: openings and closings.</summary>
    public long Markers { get; set; }

    /// <summary>Counts one event that is no marker.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int type, EventCategory category) => _counts[(type << CategoryBits) | (int)category]++;

    /// <summary>Counts one event of a call that has no type of its own.</summary>
    public void AddCall(int id) => _calls[id]++;

    /// <summary>The counts of events that a listing shows, by name and category; a name stands once for each of its types.</summary>
    public IEnumerable<(string Name, EventCategory Category, long Count)> All()
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] > 0 && !EventFilter.IsHidden(EventTable.Infos[i >> CategoryBits]))
                yield return (EventTable.Infos[i >> CategoryBits].Name, (EventCategory)(i & ((1 << CategoryBits) - 1)), _counts[i]);
        }

        for (int id = 0; id < _calls.Length; id++)
        {
            if (_calls[id] > 0)
                yield return (GenericCall.Name(id), EventCategories.OfCall(id), _calls[id]);
        }

        if (Markers > 0)
            yield return (MarkerListing.Type, EventCategory.Other, Markers);
    }
}
