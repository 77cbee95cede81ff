using Tracers.Engine.Spans;

namespace Tracers.Engine.Analysis.Traces;

/// <summary>A span in its place between its parent and its children.</summary>
internal sealed class TraceNode
{
    private readonly List<TraceNode> _children = [];

    /// <param name="span">A span with a beginning.</param>
    /// <param name="parent">Its parent, which began before it; null for a root of what is there.</param>
    /// <param name="captureEnd">Up to where an unfinished span is known to be open, ns since the epoch.</param>
    public TraceNode(SpanRecord span, TraceNode? parent, long captureEnd)
    {
        Span = span;
        Parent = parent;
        Depth = parent is null ? 0 : parent.Depth + 1;
        End = Math.Max(span.Start, IsUnfinished ? captureEnd : span.End);
        parent?._children.Add(this);
    }

    public SpanRecord Span { get; }

    /// <summary>Null for a root: a span without a parent, or one whose parent is not among those that are there.</summary>
    public TraceNode? Parent { get; }

    /// <summary>In the order in which they began.</summary>
    public IReadOnlyList<TraceNode> Children => _children;

    /// <summary>Parents above it that are there.</summary>
    public int Depth { get; }

    /// <summary>Nanoseconds since the epoch.</summary>
    public long Start => Span.Start;

    /// <summary>Nanoseconds since the epoch, never before <see cref="Start"/>; of an unfinished span the end of the capture.</summary>
    public long End { get; }

    /// <summary>Whether it was still open when the capture ended.</summary>
    public bool IsUnfinished => Span.State == SpanState.Unfinished;

    /// <summary>Whether it has a parent that is not among those that are there.</summary>
    public bool LacksParent => Parent is null && Span.ParentSequence != 0;

    /// <summary>Itself and all spans inside of it, parents before their children.</summary>
    public IEnumerable<TraceNode> All()
    {
        // No recursion: a program may nest its spans as deeply as it likes.
        Stack<TraceNode> rest = new([this]);
        while (rest.TryPop(out TraceNode? node))
        {
            yield return node;
            for (int i = node._children.Count - 1; i >= 0; i--)
                rest.Push(node._children[i]);
        }
    }
}
