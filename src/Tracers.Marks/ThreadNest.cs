namespace Tracers.Marks;

/// <summary>The spans that one thread is inside of, from the outermost on.</summary>
/// <remarks>
/// One buffer holds the id and the tags of all: <c>?:id:outer.inner</c>. A marker of any of them is the buffer up to the end of its tags with the
/// kind in front and the arguments behind, so that nothing is copied.
/// </remarks>
internal sealed class ThreadNest
{
    /// <summary>Spans that a thread can be inside of. Those inside of so many are not marked.</summary>
    public const int MaxDepth = 64;

    // Room that is kept behind the tags for the end: two colons.
    private const int EndLength = 2;

    [ThreadStatic]
    private static ThreadNest? s_current;

    private readonly MarkerBuffer _marker = new();
    private readonly Level[] _levels = new Level[MaxDepth];
    private int _depth;

    // Grows with every span: tells one that is open from one that was at its place before.
    private long _serial;

    /// <summary>The nest of the calling thread.</summary>
    public static ThreadNest Current => s_current ??= new ThreadNest();

    /// <summary>Opens a span inside of those that are open.</summary>
    /// <returns>A span whose end does nothing when no marker was written.</returns>
    public MarkedSpan Begin<TArguments>(string? tag, TArguments arguments)
        where TArguments : struct, IMarkerArguments
    {
        if (string.IsNullOrEmpty(tag) || !MarkerOutput.Current.IsOn)
            return default;

        // Only who ends a span on another thread is ever in the way.
        lock (_levels)
        {
            if (_depth == MaxDepth || !AppendTag(tag!))
                return default;
            int tagsLength = _marker.Length;
            if (!WriteMarker(MarkerBytes.Open, arguments))
                return default;
            _levels[_depth++] = new Level { TagsLength = tagsLength, Serial = ++_serial };
            return new MarkedSpan(this, _depth, _serial);
        }
    }

    /// <summary>Ends a span, and first those that were opened inside of it and are open still. Does nothing when it has ended.</summary>
    /// <param name="depth">Its place, counted from 1.</param>
    /// <param name="serial">Its number.</param>
    /// <param name="arguments">The arguments of its closing marker.</param>
    public void End<TArguments>(int depth, long serial, TArguments arguments)
        where TArguments : struct, IMarkerArguments
    {
        lock (_levels)
        {
            if (depth > _depth || _levels[depth - 1].Serial != serial)
                return;
            while (_depth > depth)
                CloseInnermost(default(NoArguments));
            CloseInnermost(arguments);
        }
    }

    /// <summary>Whether a span is open.</summary>
    public bool IsOpen(int depth, long serial)
    {
        lock (_levels)
            return depth <= _depth && _levels[depth - 1].Serial == serial;
    }

    // The tags of the new span stand in the marker then.
    private bool AppendTag(string tag)
    {
        if (_depth == 0)
        {
            _marker.CutTo(0);
            _marker.Append(MarkerBytes.Open);
            _marker.Append(':');
            _marker.Append(SpanIds.Next());
            _marker.Append(':');
        }
        else
        {
            _marker.CutTo(_levels[_depth - 1].TagsLength);
            _marker.Append('.');
        }

        int start = _marker.Length;

        // sysdig loses a marker whose first tag begins with this digit, unless it is escaped.
        if (_depth == 0 && tag[0] == '0')
            _marker.Append('\\');
        _marker.AppendEscaped(tag);
        return !_marker.IsFull && _marker.Length > start && _marker.Length <= MarkerBuffer.Capacity - EndLength;
    }

    private void CloseInnermost<TArguments>(TArguments arguments)
        where TArguments : struct, IMarkerArguments
    {
        _marker.CutTo(_levels[--_depth].TagsLength);
        WriteMarker(MarkerBytes.Close, arguments);
    }

    private bool WriteMarker<TArguments>(byte kind, TArguments arguments)
        where TArguments : struct, IMarkerArguments
    {
        int tagsLength = _marker.Length;
        _marker.SetKind(kind);
        _marker.Append(':');
        arguments.AppendTo(_marker);
        _marker.Append(':');
        if (_marker.IsFull)
        {
            // Arguments are worth less than the span.
            _marker.CutTo(tagsLength);
            _marker.Append(':');
            _marker.Append(':');
        }

        return MarkerOutput.Current.Write(_marker.Bytes, _marker.Length);
    }

    private struct Level
    {
        public int TagsLength;
        public long Serial;
    }
}
