namespace Tracers.Engine.Spans;

/// <summary>What lies in another of its kind, and when that one ends first, in the next one around it.</summary>
/// <typeparam name="TSelf">The kind.</typeparam>
internal abstract class Enclosed<TSelf>
    where TSelf : Enclosed<TSelf>
{
    private TSelf? _outer;

    /// <summary>Whether it has ended.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The nearest one around it that is still open; null for none.</summary>
    public TSelf? Outer
    {
        get
        {
            if (_outer is not { IsClosed: true })
                return _outer;
            TSelf? open = _outer;
            while (open is { IsClosed: true })
                open = open._outer;

            // The next one who asks is not to walk all the way again.
            for (Enclosed<TSelf>? at = this; at is not null && at._outer != open;)
            {
                TSelf? next = at._outer;
                at._outer = open;
                at = next;
            }

            return open;
        }
    }

    /// <summary>It begins, possibly once more, in another one or in none.</summary>
    protected void Enclose(TSelf? outer)
    {
        _outer = outer;
        IsClosed = false;
    }

    /// <summary>It ends.</summary>
    protected void MarkClosed() => IsClosed = true;
}
