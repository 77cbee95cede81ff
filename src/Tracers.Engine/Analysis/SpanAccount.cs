using Tracers.Engine.Spans;

namespace Tracers.Engine.Analysis;

/// <summary>The running numbers of an open span. Reused where nothing can refer to it any longer.</summary>
/// <remarks>
/// While one thread works in the span and the spans inside of it, its numbers are those of the thread: only the moments at which that
/// changes are looked at. As soon as there is a second one, every change of any of them is.
/// </remarks>
internal sealed class SpanAccount : Enclosed<SpanAccount>
{
    // By the part that they are in; only where several threads have met.
    private int[]? _threadsByPart;
    private WorkVector _own;
    private WorkVector _inclusive;

    // The sums of the only thread, up to which they are counted.
    private WorkVector _counted;
    private ThreadWork? _only;
    private int _threads;
    private WorkField _part;
    private long _start;
    private long _last;

    /// <summary>Whether several threads have met in it: from then on until all have left.</summary>
    public bool IsShared { get; private set; }

    /// <summary>Open spans of which this one is the nearest open one that they are inside of.</summary>
    public int OpenInside { get; private set; }

    /// <summary>Grows from the outside to the inside.</summary>
    public int Depth { get; private set; }

    /// <summary>The threads that work in it and in no span inside of it.</summary>
    public ThreadWork? Direct { get; private set; }

    public void Open(SpanAccount? outer, long now)
    {
        _own = default;
        _inclusive = default;
        _start = now;
        _last = now;
        Enclose(outer);
        Depth = outer is null ? 0 : outer.Depth + 1;
        if (outer is not null)
        {
            outer.Settle(now);
            outer.OpenInside++;
        }
    }

    /// <summary>Ends it, once all threads that were directly in it are elsewhere. What is open inside of it is inside the next one from now on.</summary>
    /// <returns>Whether nothing refers to it any longer.</returns>
    public bool Close(long now)
    {
        SpanAccount? outer = Outer;
        MarkClosed();
        bool isFree = OpenInside == 0;
        if (outer is not null)
        {
            outer.Settle(now);
            outer.OpenInside += OpenInside - 1;
        }

        OpenInside = 0;
        _only = null;
        _threads = 0;
        IsShared = false;
        if (_threadsByPart is not null)
            Array.Clear(_threadsByPart);
        return isFree;
    }

    /// <summary>Counts everything up to a moment.</summary>
    public void Settle(long now)
    {
        if (_only is { } thread)
        {
            thread.Advance(now);
            _inclusive.AddChange(in _counted, in thread.Sums, WorkVector.Length);
            if (OpenInside == 0)
                _own.AddChange(in _counted, in thread.Sums, WorkVector.Times);
            _counted = thread.Sums;
        }
        else
        {
            // Nobody works in it, or several do.
            int part = (int)(IsShared ? _part : WorkField.OffCpuTime);
            _inclusive[part] += now - _last;
            if (OpenInside == 0)
                _own[part] += now - _last;
        }

        _last = now;
    }

    /// <summary>A thread begins to work in it or in a span inside of it; its sums must be up to now.</summary>
    public void Enter(ThreadWork thread, long now)
    {
        Settle(now);
        if (_threads++ == 0)
        {
            _only = thread;
            _counted = thread.Sums;
            return;
        }

        _threadsByPart ??= new int[WorkVector.Times];
        if (_only is { } first)
        {
            IsShared = true;
            first.MayShare = true;
            _threadsByPart[(int)first.Part]++;
            _only = null;
        }

        thread.MayShare = true;
        _threadsByPart[(int)thread.Part]++;
        _part = FirstPart();
    }

    /// <summary>The other way round.</summary>
    public void Leave(ThreadWork thread, long now)
    {
        Settle(now);
        _threads--;
        if (IsShared)
        {
            _threadsByPart![(int)thread.Part]--;
            _part = FirstPart();
            IsShared = _threads > 0;
        }

        _only = null;
    }

    /// <summary>A thread goes on to something else, in a span that is shared.</summary>
    public void Change(WorkField from, WorkField to, long now)
    {
        _threadsByPart![(int)from]--;
        _threadsByPart[(int)to]++;
        WorkField first = FirstPart();
        if (first == _part)
            return;
        Settle(now);
        _part = first;
    }

    /// <summary>Adds to a count of the span and, in one that is shared, of what it holds.</summary>
    public void AddOwn(WorkField field, long amount) => _own[(int)field] += amount;

    public void AddInclusive(WorkField field, long amount) => _inclusive[(int)field] += amount;

    public void AddDirect(ThreadWork thread)
    {
        thread.Previous = null;
        thread.Next = Direct;
        if (Direct is { } next)
            next.Previous = thread;
        Direct = thread;
    }

    public void RemoveDirect(ThreadWork thread)
    {
        if (thread.Previous is { } previous)
            previous.Next = thread.Next;
        else
            Direct = thread.Next;
        if (thread.Next is { } next)
            next.Previous = thread.Previous;
    }

    /// <summary>The result, once it is settled.</summary>
    /// <param name="knowsSwitches">Whether the capture says which thread is on a processor.</param>
    public SpanWork ToWork(bool knowsSwitches)
    {
        long duration = Math.Max(_last - _start, 0);
        long self = Math.Clamp(_own.Sum(WorkVector.Times), 0, duration);
        return new SpanWork(WorkResult.Of(_own, self, knowsSwitches), WorkResult.Of(_inclusive, duration, knowsSwitches));
    }

    private WorkField FirstPart()
    {
        int part = 0;
        while (part < _threadsByPart!.Length - 1 && _threadsByPart[part] == 0)
            part++;
        return (WorkField)part;
    }
}
