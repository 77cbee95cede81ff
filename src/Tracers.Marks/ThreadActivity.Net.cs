namespace Tracers.Marks;

/// <summary>Which activity's span one thread runs, as readers of its markers see it.</summary>
internal sealed class ThreadActivity
{
    // An id that no span has: it is not known what readers take the thread to run.
    private const ulong Unknown = ulong.MaxValue;

    [ThreadStatic]
    private static ThreadActivity? s_current;

    private ulong _id;
    private long _switches;

    public static ThreadActivity Current => s_current ??= new ThreadActivity();

    /// <summary>Where this thread puts its markers together.</summary>
    public MarkerBuffer Marker { get; } = new();

    /// <summary>The thread has begun a span: from now on it runs that.</summary>
    /// <returns>What it ran before.</returns>
    public RunningSpan Begin(ulong id)
    {
        RunningSpan before = new(this, _id, _switches);
        _id = id;
        return before;
    }

    /// <summary>The thread has ended a span.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="before">What <see cref="Begin"/> gave.</param>
    public void End(ulong id, RunningSpan before)
    {
        // Only where the span began here, and no other request ran meanwhile, is what was around it around the thread again.
        if (_id == id)
            _id = before.Thread == this && before.Switches == _switches ? before.Id : Unknown;
    }

    /// <summary>The thread goes on with an activity's work; writes the switch marker when that is something else than what it ran.</summary>
    /// <param name="id">The id of its span; 0 for none.</param>
    public void SwitchTo(ulong id)
    {
        if (_id == id)
            return;
        _id = id;
        _switches++;
        Marker.CutTo(0);
        Marker.Append(MarkerBytes.Switch);
        Marker.Append(':');
        Marker.Append(id);
        Marker.Append(':');
        Marker.Append(':');
        Marker.Append(':');
        MarkerOutput.Current.WriteSwitch(Marker.Bytes, Marker.Length);
    }
}
