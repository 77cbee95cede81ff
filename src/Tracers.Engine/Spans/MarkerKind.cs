namespace Tracers.Engine.Spans;

/// <summary>What a marker says.</summary>
internal enum MarkerKind : byte
{
    /// <summary><c>&gt;</c>: a span begins.</summary>
    Open,

    /// <summary><c>&lt;</c>: a span ends.</summary>
    Close,

    /// <summary><c>=</c>: the writing thread now runs the span of this id; 0 is none.</summary>
    Switch,
}
