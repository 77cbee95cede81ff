using System.Runtime.CompilerServices;

namespace Tracers.Engine.State;

/// <summary>The threads by tid: open addressing with linear probing, and the last one found at hand.</summary>
/// <remarks>A slot holds the tid beside the thread: where there are thousands, a look at each thread that is passed over would be a miss of the cache.</remarks>
internal sealed class ThreadTable
{
    private const int SmallestTable = 256;

    private Slot[] _slots = new Slot[SmallestTable];
    private TracedThread? _last;

    public int Count { get; private set; }

    public IEnumerable<TracedThread> All => _slots.Select(static slot => slot.Thread).OfType<TracedThread>();

    /// <summary>The thread, null when it is not known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TracedThread? Find(int tid) => FindLast(tid) ?? Probe(tid);

    /// <summary>The thread, if it is the one that was found last: events come in runs of one thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TracedThread? FindLast(int tid) => _last is { } last && last.Tid == tid ? last : null;

    public void Add(TracedThread thread)
    {
        Remove(thread.Tid);
        if (Count * 2 >= _slots.Length)
            Grow();
        Place(thread);
        Count++;
        _last = thread;
    }

    public void Remove(int tid)
    {
        int mask = _slots.Length - 1;
        int at = Home(tid, mask);
        while (_slots[at].Thread is not null && _slots[at].Tid != tid)
            at = (at + 1) & mask;
        if (_slots[at].Thread is null)
            return;

        if (_last?.Tid == tid)
            _last = null;
        Count--;

        // Close the gap, so that no tombstones pile up where threads come and go.
        int hole = at;
        for (int next = (at + 1) & mask; _slots[next].Thread is not null; next = (next + 1) & mask)
        {
            int distanceHome = (next - Home(_slots[next].Tid, mask)) & mask;
            if (distanceHome >= ((next - hole) & mask))
            {
                _slots[hole] = _slots[next];
                hole = next;
            }
        }

        _slots[hole] = default;
    }

    public void Clear()
    {
        // A new small table: a file of very many small sections must not clear a large one each time.
        if (_slots.Length > SmallestTable)
            _slots = new Slot[SmallestTable];
        else
            Array.Clear(_slots);
        Count = 0;
        _last = null;
    }

    private static int Home(int tid, int mask) => (int)((uint)tid * 0x9E3779B1u >> 7) & mask;

    private TracedThread? Probe(int tid)
    {
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        int at = Home(tid, mask);
        while (slots[at].Thread is { } found)
        {
            if (slots[at].Tid == tid)
            {
                found.Fetch();
                return _last = found;
            }

            at = (at + 1) & mask;
        }

        return null;
    }

    private void Place(TracedThread thread)
    {
        int mask = _slots.Length - 1;
        int at = Home(thread.Tid, mask);
        while (_slots[at].Thread is not null)
            at = (at + 1) & mask;
        _slots[at] = new Slot(thread.Tid, thread);
    }

    private void Grow()
    {
        Slot[] old = _slots;
        _slots = new Slot[old.Length * 2];
        foreach (Slot slot in old)
        {
            if (slot.Thread is { } thread)
                Place(thread);
        }
    }

    private readonly record struct Slot(int Tid, TracedThread? Thread);
}
