namespace Tracers.Engine.Capture.Linux;

/// <summary><c>enum call_flags</c> of the probe.</summary>
[Flags]
internal enum CallFlags : byte
{
    None = 0,

    /// <summary>Write a record when the call begins.</summary>
    Enter = 1,

    /// <summary>Write a record when it ends.</summary>
    Exit = 2,

    /// <summary>The exit record has the arguments.</summary>
    ExitArguments = 4,

    /// <summary>No record unless what the first exit copy takes begins like a marker.</summary>
    MarkersOnly = 8,
}
