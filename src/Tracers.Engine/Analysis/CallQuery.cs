using Tracers.Engine.Filters;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Analysis;

/// <summary>What calls are counted by.</summary>
internal sealed record CallQuery
{
    /// <summary>One key or several; a row for every combination that occurs.</summary>
    public required IReadOnlyList<RowKey> Keys { get; init; }

    /// <summary>Of each event of a call, in sysdig's language; null for all.</summary>
    public CaptureFilter? Filter { get; init; }

    /// <summary>Only calls inside spans for whose tags this is true, at any depth; null for all.</summary>
    public Func<TagList, bool>? Tag { get; init; }

    /// <summary>Of the spans around a call those that the keys look at.</summary>
    public SpanScope Scope { get; init; }

    /// <summary>Whether calls that lie in no span have rows where a key is of the span.</summary>
    public bool IncludeUnattributed { get; init; }

    public CallOrder Order { get; init; }
}
