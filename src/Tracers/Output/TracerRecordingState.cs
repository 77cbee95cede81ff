namespace Tracers;

/// <summary>Whether a live capture still records.</summary>
public enum TracerRecordingState
{
    /// <summary>It records.</summary>
    Running,

    /// <summary>It was stopped or reached its limit; the file is whole.</summary>
    Ended,

    /// <summary>Something ended it before its time; what was written until then stays readable.</summary>
    Failed,
}
