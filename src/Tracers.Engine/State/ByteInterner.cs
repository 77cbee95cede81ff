using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;

namespace Tracers.Engine.State;

/// <summary>Gives every distinct byte string a small number, counted from 0; the text is made when somebody asks.</summary>
/// <remarks>Names are compared and summed by number on the hot path; a dictionary of strings there would cost an allocation an event.</remarks>
internal sealed class ByteInterner
{
    // Of an entry: itself, its bucket, and what its number stands for elsewhere.
    private const int EntryBytes = 128;

    private int[] _buckets = new int[256];
    private Entry[] _entries = new Entry[128];
    private byte[] _bytes = new byte[4096];
    private string?[] _texts = new string?[128];
    private int _used;

    public int Count { get; private set; }

    /// <summary>About how much memory the strings take, and what is kept of each.</summary>
    public long Weight => _used + ((long)Count * EntryBytes);

    /// <summary>The number of <paramref name="text"/>, new or known.</summary>
    [MethodImpl(HotPath.Compile)]
    public int Intern(ReadOnlySpan<byte> text)
    {
        uint hash = Hash(text);
        int next = _buckets[hash & (uint)(_buckets.Length - 1)];
        while (next != 0)
        {
            ref Entry entry = ref _entries[next - 1];
            if (entry.Hash == hash && text.SequenceEqual(_bytes.AsSpan(entry.Start, entry.Length)))
                return next - 1;
            next = entry.Next;
        }

        return Add(text, hash);
    }

    public ReadOnlySpan<byte> Bytes(int id) => _bytes.AsSpan(_entries[id].Start, _entries[id].Length);

    /// <summary>The text for people: UTF-8, with replacement characters where the bytes are not.</summary>
    public string Text(int id) => _texts[id] ??= Encoding.UTF8.GetString(Bytes(id));

    private int Add(ReadOnlySpan<byte> text, uint hash)
    {
        if (Count == _entries.Length)
            Grow();
        if (text.Length > ScapLimits.NameBytes - _used)
            throw new EventDamagedException("name", $"the capture has more than {ScapLimits.NameBytes} bytes of different names");
        while (_bytes.Length - _used < text.Length)
            Array.Resize(ref _bytes, _bytes.Length * 2);

        int id = Count++;
        text.CopyTo(_bytes.AsSpan(_used));
        ref int bucket = ref _buckets[hash & (uint)(_buckets.Length - 1)];
        _entries[id] = new Entry { Hash = hash, Next = bucket, Start = _used, Length = text.Length };
        bucket = id + 1;
        _used += text.Length;
        return id;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, _entries.Length * 2);
        Array.Resize(ref _texts, _texts.Length * 2);
        _buckets = new int[_buckets.Length * 2];
        for (int i = 0; i < Count; i++)
        {
            ref int bucket = ref _buckets[_entries[i].Hash & (uint)(_buckets.Length - 1)];
            _entries[i].Next = bucket;
            bucket = i + 1;
        }
    }

    /// <summary>Multiply and fold, eight bytes a step. Hostile collisions only cost time within one run, never memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(ReadOnlySpan<byte> text)
    {
        const ulong Factor = 0x9E3779B97F4A7C15;
        ref byte first = ref MemoryMarshal.GetReference(text);
        ulong hash = (ulong)text.Length * Factor;
        int i = 0;
        for (; i + 8 <= text.Length; i += 8)
        {
            hash = (hash ^ (ulong)Le.I64(ref first, i)) * Factor;
            hash ^= hash >> 32;
        }

        if (text.Length >= 8)
        {
            if (i < text.Length)
                hash = (hash ^ (ulong)Le.I64(ref first, text.Length - 8)) * Factor;
        }
        else
        {
            for (; i < text.Length; i++)
                hash = (hash ^ Unsafe.Add(ref first, i)) * Factor;
        }

        hash ^= hash >> 29;
        return (uint)(hash ^ (hash >> 32));
    }

    private struct Entry
    {
        public uint Hash;
        public int Next;
        public int Start;
        public int Length;
    }
}
