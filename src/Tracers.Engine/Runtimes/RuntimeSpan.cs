namespace Tracers.Engine.Runtimes;

/// <summary>A span that is made of what a runtime says.</summary>
internal sealed class RuntimeSpan
{
    /// <summary>Its id among all spans.</summary>
    public required long Id { get; init; }

    /// <summary>What it is called by whoever began it.</summary>
    public required string Name { get; init; }

    /// <summary>The activity around it, of the same process; null for none.</summary>
    public RuntimeSpan? Parent { get; init; }

    /// <summary>The id of the span around it, also where that is of another process; 0 for none.</summary>
    public long ParentId { get; init; }

    /// <summary>The trace that it belongs to; empty where it does not say.</summary>
    public string TraceId { get; init; } = "";

    /// <summary>Set of one that is no activity.</summary>
    public RuntimeSection? Section { get; init; }

    /// <summary>What a web server says of it, when it has; null for none.</summary>
    public RuntimeRequest? Request { get; set; }

    /// <summary>What routing has found for it, when it has; null for none.</summary>
    public string? Route { get; set; }

    /// <summary>When it began, by the runtime's clock.</summary>
    public required long Began { get; init; }

    /// <summary>When it ended, by the runtime's clock; null while it is open.</summary>
    public long? End { get; set; }

    /// <summary>What its thread ran when it began.</summary>
    public RuntimeThread.Work Before { get; set; }

    /// <summary>Its tags as they stand in its markers; null until the first of them is written.</summary>
    public byte[]? Tags { get; set; }

    /// <summary>Whether those have no room in a marker.</summary>
    public bool IsTooLong { get; set; }

    /// <summary>Whether its beginning is in the capture.</summary>
    public bool IsWritten { get; set; }

    /// <summary>It, or the innermost around it that has not ended; null for none.</summary>
    public static RuntimeSpan? Open(RuntimeSpan? span)
    {
        while (span is { End: not null })
            span = span.Parent;
        return span;
    }
}
