namespace Tracers.Engine.Capture;

/// <summary>How much of each system call is recorded.</summary>
public enum CaptureMode
{
    /// <summary>Its beginning and its end: what blocks is visible while it blocks, and every reader since 2016 understands the file.</summary>
    Full,

    /// <summary>Its end alone, with its arguments: about half of the cost. No latencies; tools before 2025 find no descriptors, and sysdig 0.29.3 fails on it.</summary>
    ExitOnly,

    /// <summary>Markers that one write or pwrite holds whole, and the calls that say what a descriptor is; each by its end alone.</summary>
    MarkersOnly,
}
