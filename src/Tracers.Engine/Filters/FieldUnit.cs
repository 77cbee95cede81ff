namespace Tracers.Engine.Filters;

/// <summary>What a field's number counts.</summary>
internal enum FieldUnit
{
    None,

    /// <summary>A span of time. A filter can say <c>500ms</c>.</summary>
    Nanoseconds,

    /// <summary>A span of time in whole seconds. A filter can say <c>2m</c>.</summary>
    Seconds,

    /// <summary>A span of time in milliseconds. A filter can say <c>2s</c>.</summary>
    Milliseconds,

    /// <summary>A moment, ns since 1970 (UTC).</summary>
    Moment,

    /// <summary>A filter can say <c>64KB</c>.</summary>
    Bytes,

    /// <summary>1024 bytes each. A filter can say <c>100MB</c>.</summary>
    Kilobytes,

    Percent,
}
