namespace Tracers.Engine.Spans;

/// <summary>What a text is to the marker syntax.</summary>
internal enum MarkerParse : byte
{
    /// <summary>No marker, and no beginning of one.</summary>
    Invalid,

    /// <summary>The beginning of a marker.</summary>
    Incomplete,

    /// <summary>A whole marker.</summary>
    Ok,
}
