using Tracers.Engine.Analysis.Traces;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Export.Spans;

/// <summary>Spans as a flame graph: summed by their tags and those of the spans that they lie in.</summary>
internal sealed class SpanStacks
{
    /// <summary>What stands for a span without tags.</summary>
    public const string NoTags = "(no tags)";

    private readonly StackWeight _weight;
    private readonly StackNode _ground = new("", null);

    /// <param name="weight">Self time or bytes: what can be added up.</param>
    public SpanStacks(StackWeight weight) => _weight = weight;

    /// <summary>Spans whose weight is not known, unfinished ones where it is a time, and those without a beginning: they are not summed, but the ones inside of them are.</summary>
    public long Unweighted { get; private set; }

    /// <summary>Adds the spans of a capture.</summary>
    public void Add(TraceForest forest)
    {
        // Parents come before their children.
        Dictionary<TraceNode, StackNode> nodes = new(forest.Count);
        foreach (TraceNode span in forest.All())
        {
            StackNode node = (span.Parent is { } parent ? nodes[parent] : _ground).Child(NameOf(span.Span));
            nodes.Add(span, node);
            if (WeightOf(span.Span) is { } weight)
                node.Weight += weight;
            else
                Unweighted++;
        }

        Unweighted += forest.Orphans.Count;
    }

    /// <summary>Every stack that has a weight of its own, outermost span first.</summary>
    public IEnumerable<(IReadOnlyList<string> Names, long Weight)> All()
    {
        Stack<StackNode> rest = new(_ground.Children.Reverse());
        while (rest.TryPop(out StackNode? node))
        {
            if (node.Weight > 0)
                yield return (NamesOf(node), node.Weight);
            for (int i = node.Children.Count - 1; i >= 0; i--)
                rest.Push(node.Children[i]);
        }
    }

    /// <summary>The name of a span's box.</summary>
    public static string NameOf(SpanRecord span) => span.Tags.Text.Length == 0 ? NoTags : span.Tags.Text;

    private long? WeightOf(SpanRecord span) =>
        _weight == StackWeight.Bytes ? span.Work?.Own.Bytes
        : span.State == SpanState.Finished ? span.SelfTime
        : null;

    private static List<string> NamesOf(StackNode node)
    {
        List<string> names = [];
        for (StackNode at = node; at.Parent is not null; at = at.Parent)
            names.Add(at.Name);
        names.Reverse();
        return names;
    }
}
