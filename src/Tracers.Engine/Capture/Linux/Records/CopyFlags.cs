namespace Tracers.Engine.Capture.Linux;

/// <summary><c>enum copy_flags</c> of the probe.</summary>
[Flags]
internal enum CopyFlags : byte
{
    None = 0,

    /// <summary>A buffer that begins like a marker is taken whole, up to 4096 bytes.</summary>
    Markers = 1,

    /// <summary>No more than the call's result, which says how much was moved.</summary>
    ToResult = 2,

    /// <summary>Only where the result is not negative.</summary>
    OnSuccess = 4,
}
