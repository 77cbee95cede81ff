using Tracers.Engine.Filters;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>What an accounting sums, and by what.</summary>
internal sealed record IoQuery
{
    /// <summary>One key or several; a row for every combination that occurs.</summary>
    public required IReadOnlyList<RowKey> Keys { get; init; }

    /// <summary>Only descriptors of these kinds; empty for all.</summary>
    public IReadOnlyList<FdKind> FdKinds { get; init; } = [];

    /// <summary>Only I/O inside spans for whose tags this is true, at any depth; null for all.</summary>
    public Func<TagList, bool>? Tag { get; init; }

    /// <summary>Of the spans around a call that the keys and <see cref="Tag"/> look at.</summary>
    public SpanScope Scope { get; init; }

    /// <summary>Of the event that returns from the call, in sysdig's language; null for all. Of a call that moves bytes between descriptors it is asked for each side.</summary>
    public CaptureFilter? Filter { get; init; }

    public IoDirection Direction { get; init; } = IoDirection.Both;

    /// <summary>Whether I/O that lies in no span gets a row, with null for the key.</summary>
    public bool IncludeUnattributed { get; init; }

    public bool NeedsSpans => Tag is not null || Keys.Any(static k => k.IsOfSpan);
}
