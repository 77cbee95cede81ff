namespace Tracers.Engine.Export.Spans;

/// <summary>All spans with the same tags below the same ones: a box of a flame graph.</summary>
/// <param name="name">The tags of its spans, joined with dots.</param>
/// <param name="parent">The box below it; null for the ground.</param>
internal sealed class StackNode(string name, StackNode? parent)
{
    private readonly OrderedDictionary<string, StackNode> _children = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    public StackNode? Parent { get; } = parent;

    public IReadOnlyList<StackNode> Children => _children.Values;

    /// <summary>The sum of its spans' own weights, without those above it.</summary>
    public long Weight { get; set; }

    /// <summary>The box above it with this name.</summary>
    public StackNode Child(string name)
    {
        if (!_children.TryGetValue(name, out StackNode? child))
            _children.Add(name, child = new StackNode(name, this));
        return child;
    }
}
