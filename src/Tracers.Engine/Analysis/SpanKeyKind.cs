namespace Tracers.Engine.Analysis;

/// <summary>What a <see cref="SpanKey"/> takes of a span.</summary>
internal enum SpanKeyKind
{
    Tag,
    Root,
    TagAt,
    Id,
    Process,
    ProcessId,
    ThreadId,
    State,
    Depth,
    Argument,
}
