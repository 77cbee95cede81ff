namespace Tracers.Engine.Analysis.Traces;

/// <summary>The longest path through a trace: of every moment the span that the trace waited for. What is made shorter on it makes the trace shorter.</summary>
/// <remarks>
/// It is walked backwards as CRISP (Zhang et al., USENIX ATC 2022) and the trace page of Jaeger do it: from the end of a span to the end of the
/// child that ended last; through that child in the same way; from its beginning on, to the end of the child that ended last before that, and so
/// on; what no such child accounts for is the span's own. A child that began earlier and still ran when the path came by was waited for by
/// nobody, and is not on it. Of a child that outlives its parent, the part in the parent counts; Jaeger also leaves out one that ended in the very
/// nanosecond in which the next began, which here comes before that one.
/// </remarks>
internal static class CriticalPath
{
    /// <summary>The path through a span and those inside of it, in the order of time. The sections follow each other without a gap from its beginning to its end.</summary>
    public static IReadOnlyList<PathSection> Of(TraceNode root)
    {
        List<PathSection> sections = [];
        Stack<Walk> walks = new([new Walk(root, root.Start, root.End)]);
        while (walks.TryPeek(out Walk? walk))
        {
            if (walk.NextChild(out long start, out long end) is { } child)
            {
                Add(walk.Node, end, walk.Time);
                walk.Time = start;
                walks.Push(new Walk(child, start, end));
            }
            else
            {
                Add(walk.Node, walk.Start, walk.Time);
                walks.Pop();
            }
        }

        sections.Reverse();
        return sections;

        void Add(TraceNode node, long start, long end)
        {
            if (start < end)
                sections.Add(new PathSection(node, start, end));
        }
    }

    /// <summary>The way back through a span, as far as it lies in those around it.</summary>
    private sealed class Walk
    {
        private readonly TraceNode[] _children;
        private readonly long _end;
        private int _next;

        public Walk(TraceNode node, long start, long end)
        {
            Node = node;
            Start = start;
            Time = _end = end;

            // Those that end at the same time, or outlive the span: the one that began first explains most.
            _children = [.. node.Children.OrderByDescending(c => Math.Min(c.End, end)).ThenBy(static c => c.Start)];
        }

        public TraceNode Node { get; }

        public long Start { get; }

        /// <summary>How far back the path has come.</summary>
        public long Time { get; set; }

        /// <summary>The child that ended last up to here, and its part in the span; null for none.</summary>
        public TraceNode? NextChild(out long start, out long end)
        {
            while (_next < _children.Length)
            {
                TraceNode child = _children[_next++];
                start = Math.Max(child.Start, Start);
                end = Math.Min(child.End, _end);
                if (start < end && end <= Time)
                    return child;
            }

            start = end = 0;
            return null;
        }
    }
}
