using System.Runtime.CompilerServices;
using Tracers.Engine.Capture.Linux.Native;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Capture.Linux;

/// <summary>
/// The records of all CPUs in the order of their times. <see cref="Look"/> says up to which moment the rings are complete, and
/// <see cref="TryNext"/> gives what lies before it: a record that another CPU is still writing can never come late.
/// </summary>
internal sealed unsafe class RingMerge
{
    // A program first marks its ring as busy and then reads the clock, but the mark may be seen this much later: it waits in the
    // CPU's store buffer. It is also more than the clocks of two CPUs differ by.
    private const ulong Margin = 5_000;
    private const int Patience = 64;
    private const uint PublishEvery = 256 * 1024;

    private readonly Ring[] _rings;
    private readonly ulong[] _at;
    private readonly ulong[] _published;
    private readonly ulong[] _end;

    // The CPUs with records before the bound but the current one, by the time of the first: a binary heap.
    private readonly (ulong Time, int Cpu)[] _heap;
    private int _waiting;

    private ulong _bound;
    private int _current = -1;
    private ulong _position;
    private ulong _currentEnd;
    private ulong _runEnd;

    public RingMerge(ReadOnlySpan<Ring> rings)
    {
        _rings = rings.ToArray();
        _at = new ulong[_rings.Length];
        _published = new ulong[_rings.Length];
        _end = new ulong[_rings.Length];
        _heap = new (ulong, int)[_rings.Length];
    }

    /// <summary>The moment (CLOCK_MONOTONIC, ns) that everything was taken up to at the last look.</summary>
    public ulong Bound => _bound;

    /// <summary>Whether a ring was more than a quarter full at the last look: there is no time to wait before the next.</summary>
    public bool WasCrowded { get; private set; }

    /// <summary>Looks for new records. Those of the last look must all have been taken.</summary>
    /// <param name="final">Nothing writes any more: also take what was written just now.</param>
    public void Look(bool final = false)
    {
        ulong now = MonotonicClock.Now;
        WasCrowded = false;
        ulong bound = final ? ulong.MaxValue : now - Margin;
        for (int cpu = 0; cpu < _rings.Length; cpu++)
        {
            Ring ring = _rings[cpu];
            for (int i = 0; ring.IsBusy && !final; i++)
            {
                if (i == Patience)
                {
                    // Its CPU was taken away in the middle of a record, whose time is not known: nothing new is safe.
                    bound = _bound;
                    break;
                }

                Thread.SpinWait(16);
            }

            _end[cpu] = ring.Produced;
            WasCrowded |= _end[cpu] - _at[cpu] > (ulong)ring.Size / 4;
        }

        _bound = Math.Max(bound, _bound);
        _waiting = 0;
        for (int cpu = 0; cpu < _rings.Length; cpu++)
            Wait(cpu);
        _current = -1;
        _position = _currentEnd = 0;
    }

    /// <summary>The next record, which stays in the ring until <see cref="Release"/>.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cpu">Where it comes from.</param>
    /// <returns>False when everything up to <see cref="Bound"/> was taken.</returns>
    /// <exception cref="InvalidDataException">A ring holds something that is no record.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(out ReadOnlySpan<byte> record, out int cpu)
    {
        if (_position >= _currentEnd || TimeAt(_current, _position) > _runEnd)
        {
            if (!Switch())
            {
                record = default;
                cpu = -1;
                return false;
            }
        }

        cpu = _current;
        byte* start = _rings[cpu].At(_position);
        uint length = *(uint*)start;
        if (length < RecordHeader.Size || length > _currentEnd - _position || length > Ring.MaxRecord || (length & 7) != 0)
            ThrowNoRecord(cpu, length);
        _position += length;
        record = new ReadOnlySpan<byte>(start, (int)length);
        return true;
    }

    /// <summary>Gives the room of the records that were taken back to the programs; they must not be used any longer.</summary>
    public void Release()
    {
        if (_current >= 0)
            _at[_current] = _position;
        for (int cpu = 0; cpu < _rings.Length; cpu++)
            Publish(cpu);
    }

    // The CPU with the earliest record is the next one, until another's is earlier.
    [MethodImpl(HotPath.Compile)]
    private bool Switch()
    {
        if (_current >= 0)
        {
            _at[_current] = _position;
            if (_position - _published[_current] >= PublishEvery)
                Publish(_current);
            Wait(_current);
            _current = -1;
            _position = _currentEnd = 0;
        }

        if (_waiting == 0)
            return false;
        int cpu = _heap[0].Cpu;
        _waiting--;
        if (_waiting > 0)
        {
            (ulong Time, int Cpu) last = _heap[_waiting];
            Sift(last);
        }

        _current = cpu;
        _position = _at[cpu];
        _currentEnd = _end[cpu];
        _runEnd = _waiting > 0 ? Math.Min(_bound, _heap[0].Time) : _bound;
        return true;
    }

    private void Wait(int cpu)
    {
        if (_at[cpu] >= _end[cpu])
            return;
        ulong time = TimeAt(cpu, _at[cpu]);
        if (time > _bound)
            return;
        int at = _waiting++;
        while (at > 0)
        {
            int parent = (at - 1) / 2;
            if (_heap[parent].Time <= time)
                break;
            _heap[at] = _heap[parent];
            at = parent;
        }

        _heap[at] = (time, cpu);
    }

    private void Sift((ulong Time, int Cpu) item)
    {
        int at = 0;
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= _waiting)
                break;
            if (child + 1 < _waiting && _heap[child + 1].Time < _heap[child].Time)
                child++;
            if (_heap[child].Time >= item.Time)
                break;
            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = item;
    }

    private void Publish(int cpu)
    {
        if (_at[cpu] == _published[cpu])
            return;
        _published[cpu] = _at[cpu];
        _rings[cpu].Consumed = _at[cpu];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong TimeAt(int cpu, ulong position) => *(ulong*)(_rings[cpu].At(position) + 8);

    private static void ThrowNoRecord(int cpu, uint length) =>
        throw new InvalidDataException($"The ring of CPU {cpu} holds a record of {length} bytes, which cannot be. The capture ends; please report this.");
}
