namespace Tracers;

/// <summary>How many events of one category a capture holds.</summary>
public sealed class TracerCategoryCount
{
    internal TracerCategoryCount(string category, long count)
    {
        Category = category;
        Count = count;
    }

    /// <summary>The category: file, net, process, ...</summary>
    public string Category { get; }

    /// <summary>The number of events.</summary>
    public long Count { get; }

    /// <summary>Both, for messages.</summary>
    public override string ToString() => $"{Category} {Count}";
}
