namespace Tracers.Engine.Spans;

/// <summary>Whether what lies in a span inside of a selected span belongs to the selected one.</summary>
public enum SpanNesting
{
    /// <summary>It does.</summary>
    Any,

    /// <summary>It does not: only what has a selected span as the innermost around it.</summary>
    Innermost,
}
