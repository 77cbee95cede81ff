using System.Runtime.CompilerServices;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Analysis;

/// <summary>The distinct descriptors of rows: open addressing with linear probing.</summary>
/// <remarks>Asked once for every call. A general set would touch its buckets and its entries, two far places of memory where there are very many, and hash field by field.</remarks>
internal sealed class DistinctFds
{
    private Key[] _slots = new Key[1024];
    private int _count;

    /// <summary>Adds a descriptor of a row; false when it was there.</summary>
    /// <param name="row">The row.</param>
    /// <param name="name">Number of the descriptor's name.</param>
    /// <param name="number">The descriptor.</param>
    [MethodImpl(HotPath.Compile)]
    public bool Add(int row, int name, long number)
    {
        Key key = new(row + 1, name, number);
        Key[] slots = _slots;
        int mask = slots.Length - 1;
        int at = Home(in key, mask);
        while (slots[at].Row != 0)
        {
            if (slots[at] == key)
                return false;
            at = (at + 1) & mask;
        }

        slots[at] = key;
        if (++_count * 2 > slots.Length)
            Grow();
        return true;
    }

    private static int Home(in Key key, int mask)
    {
        ulong names = ((ulong)(uint)key.Row << 32) | (uint)key.Name;
        ulong hash = ((names * 0x9E3779B97F4A7C15) ^ (ulong)key.Number) * 0xC2B2AE3D27D4EB4F;
        return (int)(hash >> 32) & mask;
    }

    private void Grow()
    {
        Key[] old = _slots;
        _slots = new Key[old.Length * 2];
        int mask = _slots.Length - 1;
        foreach (ref readonly Key key in old.AsSpan())
        {
            if (key.Row == 0)
                continue;
            int at = Home(in key, mask);
            while (_slots[at].Row != 0)
                at = (at + 1) & mask;
            _slots[at] = key;
        }
    }

    // The row is counted from 1, so that an empty slot equals no key.
    private readonly record struct Key(int Row, int Name, long Number);
}
