using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tracers.Engine.Events;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;

namespace Tracers.Engine.Runtimes;

/// <summary>Events that wait, in the order in which they came. What was held is let go of from the front.</summary>
internal sealed class HeldEvents
{
    private const int ChunkBytes = 1 << 20;

    // What a block has around its event, with the number of the CPU.
    private const int BlockBytes = ScapFormat.BlockHeaderBytes + sizeof(ushort) + ScapFormat.BlockTrailerBytes;

    private readonly Stack<byte[]> _free = [];
    private Held[] _entries = new Held[1024];
    private long _first;
    private long _next;
    private byte[] _chunk = new byte[ChunkBytes];
    private int _used;

    public bool IsEmpty => _first == _next;

    /// <summary>Bytes that those which wait will have in a file.</summary>
    public long Bytes { get; private set; }

    /// <summary>Bytes of memory that they take, with what is noted of each.</summary>
    public long Memory => Bytes + ((_next - _first) * Unsafe.SizeOf<Held>());

    /// <summary>When the last one was that was taken in, by the runtime's clock.</summary>
    public long LastTime { get; private set; } = long.MinValue;

    /// <summary>The one in front.</summary>
    public ref Held First => ref _entries[_first & (_entries.Length - 1)];

    /// <summary>Takes one in behind the others.</summary>
    /// <returns>Its number.</returns>
    public long Add(scoped in EventView e, EventBlockOptions options, long time)
    {
        ReadOnlySpan<byte> bytes = e.Bytes;
        if (bytes.Length > _chunk.Length - _used)
        {
            _chunk = bytes.Length > ChunkBytes ? new byte[bytes.Length] : _free.TryPop(out byte[]? free) ? free : new byte[ChunkBytes];
            _used = 0;
        }

        bytes.CopyTo(_chunk.AsSpan(_used));
        ref Held held = ref Append();
        held = new Held { Time = time, Tid = e.Tid, Chunk = _chunk, Start = _used, Length = bytes.Length, Layout = e.Layout, Options = options };
        _used += bytes.Length;
        Bytes += BytesInFile(bytes.Length);
        LastTime = time;
        return _next - 1;
    }

    /// <summary>Takes in the place from which on another file is written: behind the last event, since the next may be of any time after that.</summary>
    public void AddBoundary() => Append() = new Held { Time = LastTime };

    /// <summary>One that waits, by its number; a null reference when it has left.</summary>
    public ref Held Find(long number)
    {
        if (number < _first || number >= _next)
            return ref Unsafe.NullRef<Held>();
        return ref _entries[number & (_entries.Length - 1)];
    }

    /// <summary>Lets go of the one in front.</summary>
    public void RemoveFirst()
    {
        ref Held first = ref First;
        Bytes -= first.Chunk is null ? 0 : BytesInFile(first.Length);
        byte[]? chunk = first.Chunk;
        first = default;
        _first++;

        // They lie in their order: when the next one lies elsewhere, nobody needs this any more.
        if (chunk is { Length: ChunkBytes } && chunk != _chunk && (IsEmpty || (First.Chunk is { } next && next != chunk)))
            _free.Push(chunk);
        if (IsEmpty && _free.Count > 1)
            _free.Clear();
    }

    private static int BytesInFile(int length) => ScapFormat.Pad(length + BlockBytes);

    private ref Held Append()
    {
        if (_next - _first == _entries.Length)
            Grow();
        return ref _entries[_next++ & (_entries.Length - 1)];
    }

    private void Grow()
    {
        Held[] larger = new Held[2 * _entries.Length];
        for (long i = _first; i < _next; i++)
            larger[i & (larger.Length - 1)] = _entries[i & (_entries.Length - 1)];
        _entries = larger;
    }

    /// <summary>One that waits.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal struct Held
    {
        /// <summary>When, by the runtime's clock.</summary>
        public long Time;

        /// <summary>Where its bytes lie; null for the place from which on another file is written.</summary>
        public byte[]? Chunk;

        public int Start;
        public int Length;
        public int Tid;
        public EventLayout Layout;
        public EventBlockOptions Options;

        /// <summary>The call that begins here, if it turned out to move bytes over a connection.</summary>
        public SocketUse? Begins;

        /// <summary>The same of the call that returns here.</summary>
        public SocketUse? Ends;

        public readonly EventView View => new(Chunk.AsSpan(Start, Length), Layout);
    }
}
