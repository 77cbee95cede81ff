using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>How many events of each type and category a capture holds.</summary>
internal sealed class EventCounts
{
    // As many as there are categories: type and category are one index.
    private const int CategoryBits = 4;

    // Where a type's events are counted; of those that go by their descriptor the place of the type, as its complement.
    private static readonly int[] s_places = Array.ConvertAll(EventTable.Infos, static info =>
        EventCategories.TryOfType(info.Number, out EventCategory category) ? Place(info.Number, (int)category) : ~Place(info.Number, 0));

    private static readonly int[] s_kinds = Array.ConvertAll(Enum.GetValues<FdKind>(), static kind => (int)EventCategories.Of(kind));

    private readonly int[] _places = s_places;
    private readonly int[] _kinds = s_kinds;
    private readonly long[] _counts = new long[EventTable.Infos.Length << CategoryBits];
    private readonly long[] _calls = new long[SyscallTable.Count];

    /// <summary>Markers as a listing shows them: openings and closings.</summary>
    public long Markers { get; set; }

    /// <summary>Counts one event that is no marker.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(scoped in EventView e, scoped in EventOutcome outcome)
    {
        int place = _places[e.Type];
        if (place < 0)
        {
            FdInfo? fd = EventCategories.DescriptorOf(in e, in outcome);
            place = ~place | (fd is null ? (int)EventCategory.Unknown : _kinds[(int)fd.Kind]);
        }

        _counts[place]++;
        if (GenericCall.Is(e.Type))
            _calls[GenericCall.Id(in e)]++;
    }

    /// <summary>The counts of events that a listing shows, by name and category; a name stands once for each of its types.</summary>
    public IEnumerable<(string Name, EventCategory Category, long Count)> All()
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] > 0 && !GenericCall.Is(i >> CategoryBits) && !EventFilter.IsHidden(EventTable.Infos[i >> CategoryBits]))
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

    private static int Place(int type, int category) => (type << CategoryBits) | category;
}
