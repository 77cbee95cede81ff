using Tracers.Engine.Analysis.Traces;

namespace Tracers.Engine.Pictures;

/// <summary>Which spans of a trace have a line of their own, and which are folded into one: none is left out.</summary>
internal static class WaterfallRows
{
    // Folded spans of more kinds than this are one line and not one for each kind.
    private const int MostKinds = 3;

    /// <summary>The lines from top to bottom.</summary>
    public static IReadOnlyList<WaterfallRow> Of(TraceNode root, WaterfallOptions options)
    {
        HashSet<TraceNode> wanted = Wanted(root, options);
        HashSet<TraceNode> shown = Shown(root, wanted, options);
        List<WaterfallRow> rows = [];
        Dictionary<TraceNode, WaterfallRow> rowOf = [];
        Stack<WaterfallRow> rest = new([new WaterfallRow(0, [root], isFold: false)]);
        while (rest.TryPop(out WaterfallRow? row))
        {
            rows.Add(row);
            foreach (TraceNode span in row.Spans)
            {
                foreach (TraceNode inside in row.IsFold ? span.All() : [span])
                    rowOf.Add(inside, row);
            }

            if (row.IsFold)
            {
                row.Inside = row.Spans.Sum(static s => s.All().LongCount() - 1);
                continue;
            }

            foreach (WaterfallRow child in Below(row.Spans[0], shown).Reverse())
                rest.Push(child);
        }

        foreach (PathSection section in CriticalPath.Of(root))
            rowOf[section.Node].Path.Add(section);
        return rows;
    }

    // Those that are marked, and what is around them.
    private static HashSet<TraceNode> Wanted(TraceNode root, WaterfallOptions options)
    {
        HashSet<TraceNode> wanted = [];
        foreach (TraceNode marked in root.All().Where(s => options.IsMarked(s.Span)))
        {
            for (TraceNode? node = marked; node is not null && wanted.Add(node); node = node.Parent)
            {
            }
        }

        return wanted;
    }

    // The longest first, so that what is left when there is no more room is what takes least.
    private static HashSet<TraceNode> Shown(TraceNode root, HashSet<TraceNode> wanted, WaterfallOptions options)
    {
        HashSet<TraceNode> shown = [];
        PriorityQueue<TraceNode, (bool Unwanted, long Length, long Sequence)> next = new();
        next.Enqueue(root, default);
        while ((options.Rows == 0 || shown.Count < options.Rows) && next.TryDequeue(out TraceNode? span, out _))
        {
            shown.Add(span);
            foreach (IGrouping<string, TraceNode> kind in span.Children.GroupBy(static c => c.Span.Tags.Text, StringComparer.Ordinal))
            {
                // One line for a single span would fold nothing.
                TraceNode[] all = [.. kind.OrderBy(Priority)];
                int own = options.Fold == 0 || all.Length <= options.Fold + 1 ? all.Length : options.Fold;
                for (int i = 0; i < all.Length && (i < own || wanted.Contains(all[i])); i++)
                    next.Enqueue(all[i], Priority(all[i]));
            }
        }

        return shown;

        (bool Unwanted, long Length, long Sequence) Priority(TraceNode span) => (!wanted.Contains(span), span.Start - span.End, span.Span.Sequence);
    }

    // The children in the order of time, and behind the last of a kind that is shown the line of the others of that kind.
    private static IEnumerable<WaterfallRow> Below(TraceNode parent, HashSet<TraceNode> shown)
    {
        int depth = parent.Depth + 1;
        OrderedDictionary<string, List<TraceNode>> hidden = new(StringComparer.Ordinal);
        Dictionary<string, TraceNode> lastShown = new(StringComparer.Ordinal);
        foreach (TraceNode child in parent.Children)
        {
            string kind = child.Span.Tags.Text;
            if (shown.Contains(child))
                lastShown[kind] = child;
            else if (hidden.TryGetValue(kind, out List<TraceNode>? kin))
                kin.Add(child);
            else
                hidden.Add(kind, [child]);
        }

        foreach (TraceNode child in parent.Children)
        {
            string kind = child.Span.Tags.Text;
            if (!shown.Contains(child))
                continue;
            yield return new WaterfallRow(depth, [child], isFold: false);
            if (lastShown[kind] == child && hidden.Remove(kind, out List<TraceNode>? kin))
                yield return new WaterfallRow(depth, kin, isFold: true);
        }

        IEnumerable<List<TraceNode>> left = hidden.Count > MostKinds ? [[.. hidden.Values.SelectMany(static k => k)]] : hidden.Values;
        foreach (List<TraceNode> kin in left)
            yield return new WaterfallRow(depth, kin, isFold: true);
    }
}
