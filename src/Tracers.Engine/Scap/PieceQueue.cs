namespace Tracers.Engine.Scap;

/// <summary>Hands things from one thread to another, in order, so many at most at a time.</summary>
/// <remarks>A thread that has to wait sleeps at once: the framework's collections spin before, which cost more than all of the handing over.</remarks>
internal sealed class PieceQueue<T>
{
    private readonly object _gate = new();
    private readonly T[] _items;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenRegistration _wakeUp;
    private int _first;
    private int _count;

    /// <param name="most">How many at most.</param>
    /// <param name="stop">Ends adding, taking and waiting with <see cref="OperationCanceledException"/>.</param>
    public PieceQueue(int most, CancellationToken stop)
    {
        _items = new T[most];
        _stop = stop;
        _wakeUp = stop.Register(WakeUp);
    }

    /// <summary>Adds one, as soon as there is room.</summary>
    public void Add(T item)
    {
        lock (_gate)
        {
            _stop.ThrowIfCancellationRequested();
            while (_count == _items.Length)
                Wait();
            _items[(_first + _count++) % _items.Length] = item;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes the oldest, as soon as there is one.</summary>
    public T Take()
    {
        lock (_gate)
        {
            _stop.ThrowIfCancellationRequested();
            while (_count == 0)
                Wait();
            T item = _items[_first];
            _items[_first] = default!;
            _first = (_first + 1) % _items.Length;
            _count--;
            Monitor.Pulse(_gate);
            return item;
        }
    }

    /// <summary>Nobody waits any more.</summary>
    public void End() => _wakeUp.Dispose();

    private void Wait()
    {
        Monitor.Wait(_gate);
        _stop.ThrowIfCancellationRequested();
    }

    private void WakeUp()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }
}
