namespace Tracers;

/// <summary>How many events of one type and category a capture holds: a read of a file and one of a socket are two rows.</summary>
public sealed class TracerTypeCount
{
    internal TracerTypeCount(string type, string category, long count)
    {
        Type = type;
        Category = category;
        Count = count;
    }

    /// <summary>The name of the events; <c>tracer</c> for markers.</summary>
    public string Type { get; }

    /// <summary>The category: file, net, process, ...</summary>
    public string Category { get; }

    /// <summary>The number of events that enter and that leave the call.</summary>
    public long Count { get; }

    /// <summary>All three, for messages.</summary>
    public override string ToString() => $"{Type} ({Category}) {Count}";
}
