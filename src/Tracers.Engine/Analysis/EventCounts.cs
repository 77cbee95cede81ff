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

    /// <summary>Counts one event that is no marker, after it was applied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(scoped in EventView e, scoped in EventOutcome outcome)
    {
        int index = e.Type * Columns;
        byte way = _ways[e.Type];
        if (way != (byte)Way.ByType)
        {
            if (way == (byte)Way.ByCall)
            {
                _calls[GenericCall.Id(in e)]++;
                return;
            }

            FdInfo? fd = e.IsExit ? outcome.Fd : outcome.Thread.Fds[outcome.Thread.EnterFd];
            if (fd is not null)
                index += 1 + (int)fd.Kind;
        }

        _counts[index]++;
    }

    /// <summary>The counts of events that a listing shows, by name and category; a name stands once for each of its types.</summary>
    public IEnumerable<(string Name, EventCategory Category, long Count)> All()
    {
        foreach (EventInfo info in EventTable.Infos)
        {
            if (EventFilter.IsHidden(info))
                continue;
            foreach (IGrouping<EventCategory, long> counts in Row(info).GroupBy(static c => c.Category, static c => c.Count))
                yield return (info.Name, counts.Key, counts.Sum());
        }

        for (int id = 0; id < _calls.Length; id++)
        {
            if (_calls[id] > 0)
                yield return (GenericCall.Name(id), EventCategories.OfCall(id), _calls[id]);
        }

        if (Markers > 0)
            yield return (MarkerListing.Type, EventCategory.Other, Markers);
    }

    private IEnumerable<(EventCategory Category, long Count)> Row(EventInfo info)
    {
        for (int column = 0; column < Columns; column++)
        {
            if (_counts[info.Number * Columns + column] is > 0 and long count)
                yield return (EventCategories.TryOfType(info.Number, out EventCategory category) ? category : EventCategories.Of(column == 0 ? null : (FdKind)(column - 1)), count);
        }
    }

    private static byte[] WaysOfTypes()
    {
        byte[] ways = new byte[EventTable.Infos.Length];
        for (int type = 0; type < ways.Length; type++)
            ways[type] = (byte)(GenericCall.Is(type) ? Way.ByCall : EventCategories.TryOfType(type, out _) ? Way.ByType : Way.ByFd);
        return ways;
    }
}
