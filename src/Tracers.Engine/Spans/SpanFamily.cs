namespace Tracers.Engine.Spans;

/// <summary>The open spans inside of one, at any depth, and for how long there were any.</summary>
/// <remarks>Spans overlap when several threads work for one parent, and can outlive it: then they are inside of the next one around it.</remarks>
internal sealed class SpanFamily : Enclosed<SpanFamily>
{
    private int _open;
    private long _since;

    /// <summary>Nanoseconds in which a span inside was open; final when this one is closed.</summary>
    public long Covered { get; private set; }

    /// <summary>Spans inside that have ended, with those that ended inside of them.</summary>
    public long Hits { get; private set; }

    /// <summary>Whether nothing refers to it, so that it can be used for another span.</summary>
    public bool IsFree => _open == 0;

    /// <summary>Begins a span, inside of another one or of none.</summary>
    public void Open(SpanFamily? outer, long now)
    {
        Enclose(outer);
        _open = 0;
        Covered = 0;
        Hits = 0;
        if (outer is not null && outer._open++ == 0)
            outer._since = now;
    }

    /// <summary>Ends it. What is still open inside of it covers it up to here, and from here on what is around it.</summary>
    public void Close(long now)
    {
        if (_open > 0)
            Covered += Math.Max(now - _since, 0);
        SpanFamily? outer = Outer;
        MarkClosed();
        if (outer is null)
            return;
        outer.Hits += Hits + 1;
        outer._open += _open - 1;
        if (outer._open == 0)
            outer.Covered += Math.Max(now - outer._since, 0);
    }
}
