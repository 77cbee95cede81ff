namespace Tracers.Engine.Export.Spans;

/// <summary>What the boxes of a flame graph are as wide as.</summary>
public enum StackWeight
{
    /// <summary>The spans as they lay in time, one thread beside the other.</summary>
    Time,

    /// <summary>The time in which no span inside was open, in nanoseconds: of spans whose beginning and end are in the capture.</summary>
    SelfTime,

    /// <summary>The bytes that were read and written with the span as the innermost.</summary>
    Bytes,
}
