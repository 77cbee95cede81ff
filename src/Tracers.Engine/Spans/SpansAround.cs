namespace Tracers.Engine.Spans;

/// <summary>Goes through the open spans around an event, newest first, as sysdig looks for the value of an <c>evtin</c> field.</summary>
internal ref struct SpansAround
{
    private readonly OpenSpans _spans;
    private readonly Span<OpenSpanLink?> _cursors;
    private readonly SpanNode? _begun;
    private SpanNode? _chain;
    private SpanNode? _ended;

    /// <param name="spans">Whose spans they are.</param>
    /// <param name="chain">The innermost of a thread, for spans that stand in no list.</param>
    /// <param name="cursors">The newest of each list; changed while this goes on.</param>
    /// <param name="begun">One to leave out; null for none.</param>
    /// <param name="ended">One that is in no list any more; null for none.</param>
    public SpansAround(OpenSpans spans, SpanNode? chain, Span<OpenSpanLink?> cursors, SpanNode? begun, SpanNode? ended)
    {
        _spans = spans;
        _chain = chain;
        _cursors = cursors;
        _begun = begun;
        _ended = ended;
        Current = null!;
    }

    public SpanNode Current { get; private set; }

    public readonly SpansAround GetEnumerator() => this;

    public bool MoveNext()
    {
        while (true)
        {
            int newest = Newest();
            SpanNode? next = newest < 0 ? _chain : _cursors[newest]!.Node;
            if (_ended is { } ended && (next is null || next.Sequence < ended.Sequence))
            {
                _ended = null;
                Current = ended;
                return true;
            }

            if (next is null)
                return false;
            if (newest < 0)
                _chain = next.Outer;
            else
                _cursors[newest] = _cursors[newest]!.Older;

            // A thread that runs the span which has just ended still leads to it.
            if (next == _ended)
                _ended = null;
            if (next == _begun || !_spans.Keeps(next))
                continue;
            Current = next;
            return true;
        }
    }

    // The list whose turn it is; -1 when all are done, or there is none.
    private readonly int Newest()
    {
        int newest = -1;
        for (int i = 0; i < _cursors.Length; i++)
        {
            if (_cursors[i] is { } candidate && (newest < 0 || candidate.Node.Sequence > _cursors[newest]!.Node.Sequence))
                newest = i;
        }

        return newest;
    }
}
