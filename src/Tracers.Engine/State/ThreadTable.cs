using System.Runtime.CompilerServices;

namespace Tracers.Engine.State;

/// <summary>The threads by tid: open addressing with linear probing, and the last one found at hand.</summary>
internal sealed class ThreadTable
{
    private const int SmallestTable = 256;

    private TracedThread?[] _slots = new TracedThread?[SmallestTable];
    private TracedThread? _last;

    public int Count { get; private set; }

    public IEnumerable<TracedThread> All => _slots.OfType<TracedThread>();

    /// <summary>The thread, null when it is not known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TracedThread? Find(int tid)
    {
        TracedThread? last = _last;
        return last is not null && last.Tid == tid ? last : Probe(tid);
    }

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
        while (_slots[at] is { } found && found.Tid != tid)
            at = (at + 1) & mask;
        if (_slots[at] is null)
            return;

        if (_last?.Tid == tid)
            _last = null;
        Count--;

        // Close the gap, so that no tombstones pile up where threads come and go.
        int hole = at;
        for (int next = (at + 1) & mask; _slots[next] is { } moved; next = (next + 1) & mask)
        {
            int distanceHome = (next - Home(moved.Tid, mask)) & mask;
            if (distanceHome >= ((next - hole) & mask))
            {
                _slots[hole] = moved;
                hole = next;
            }
        }

        _slots[hole] = null;
    }

    public void Clear()
    {
        // A new small table: a file of very many small sections must not clear a large one each time.
        if (_slots.Length > SmallestTable)
            _slots = new TracedThread?[SmallestTable];
        else
            Array.Clear(_slots);
        Count = 0;
        _last = null;
    }

    private static int Home(int tid, int mask) => (int)((uint)tid * 0x9E3779B1u >> 7) & mask;

    private TracedThread? Probe(int tid)
    {
        TracedThread?[] slots = _slots;
        int mask = slots.Length - 1;
        int at = Home(tid, mask);
        while (slots[at] is { } found)
        {
            if (found.Tid == tid)
                return _last = found;
            at = (at + 1) & mask;
        }

        return null;
    }

    private void Place(TracedThread thread)
    {
        int mask = _slots.Length - 1;
        int at = Home(thread.Tid, mask);
        while (_slots[at] is not null)
            at = (at + 1) & mask;
        _slots[at] = thread;
    }

    private void Grow()
    {
        TracedThread?[] old = _slots;
        _slots = new TracedThread?[old.Length * 2];
        foreach (TracedThread? thread in old)
        {
            if (thread is not null)
                Place(thread);
        }
    }
}
