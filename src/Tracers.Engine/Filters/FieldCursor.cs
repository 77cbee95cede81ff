using Tracers.Engine.Spans;

namespace Tracers.Engine.Filters;

/// <summary>Where a field that has several values stands in them; begins as the default.</summary>
internal ref struct FieldCursor
{
    /// <summary>The thing whose value came last, for fields that walk from one thing to the next.</summary>
    public object? At;

    /// <summary>How many came, for fields that count.</summary>
    public int Count;

    /// <summary>The spans that are still to come, for fields of spans.</summary>
    public SpansAround Spans;
}
