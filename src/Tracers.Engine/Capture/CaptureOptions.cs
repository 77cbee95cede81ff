namespace Tracers.Engine.Capture;

/// <summary>What a live capture records, and where to.</summary>
public sealed record CaptureOptions
{
    /// <summary>The most that is kept of a buffer, and what is kept of a marker.</summary>
    public const int LargestSnapLength = 4096;

    /// <summary>The file, as an absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>Whether an existing file is overwritten.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Bytes of each buffer that is read or written that are kept; markers are kept whole. 0 to 4096.</summary>
    public int SnapLength { get; init; } = 80;

    /// <summary>Bytes of each CPU's ring, a power of two; null chooses by the machine.</summary>
    public int? BufferBytes { get; init; }

    /// <summary>Whether the file is gzip.</summary>
    public bool Compress { get; init; }

    /// <summary>The capture ends after this time; null: when it is stopped.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The capture ends when so many bytes were written, before compression; null: no limit.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>A new file begins after so many bytes; null: one file.</summary>
    public long? RotateBytes { get; init; }

    /// <summary>How many files are kept when rotating; the oldest goes. 0: all.</summary>
    public int RotateCount { get; init; }

    public CaptureMode Mode { get; init; }

    /// <summary>Only these processes and the children that they make; empty: all.</summary>
    public IReadOnlyList<int> ProcessIds { get; init; } = [];

    /// <summary>Only processes with these names (comm); empty: all.</summary>
    public IReadOnlyList<string> ProcessNames { get; init; } = [];

    /// <summary>Only containers with these ids, or beginnings of ids; empty: all. Cgroups that one makes inside of itself later are not among them.</summary>
    public IReadOnlyList<string> ContainerIds { get; init; } = [];

    /// <summary>Only these system calls, and those that say what a descriptor or a process is; empty: all.</summary>
    public IReadOnlyList<string> Syscalls { get; init; } = [];

    /// <summary>The .NET processes that the capture listens to; null for none.</summary>
    internal Runtimes.RuntimeOptions? Runtimes { get; init; }
}
