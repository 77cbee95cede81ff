using Tracers.Engine.Analysis;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine;

/// <summary>What a pass over a capture found out beside its answer.</summary>
internal sealed class CaptureStatistics
{
    /// <summary>What the file is: <c>scap</c>, or a trace of a .NET runtime, <c>nettrace</c> or <c>etl</c>.</summary>
    public string Format { get; set; } = ByteSource.Scap;

    /// <summary>Format version of the first section, for example 1.2.</summary>
    public Version FormatVersion { get; set; } = new(1, 0);

    public bool Compressed { get; set; }

    /// <summary>Bytes of the file as stored; null for a pipe.</summary>
    public long? FileLength { get; set; }

    /// <summary>The machine of the first section; null when the file does not say.</summary>
    public MachineInfo? Machine { get; set; }

    public int Sections { get; set; }

    /// <summary>Events of known types, shown or not: the number of the last one.</summary>
    public long Events { get; set; }

    /// <summary>Events of types that this version does not know.</summary>
    public long SkippedEvents { get; set; }

    /// <summary>Blocks of types that this version does not know.</summary>
    public long SkippedBlocks { get; set; }

    /// <summary>Entries of lists, of types that this version does not know: descriptors, interfaces, users.</summary>
    public long SkippedEntries { get; set; }

    /// <summary>Whether bytes behind the last gzip member were passed over, as gzip itself does.</summary>
    public bool HasTrailingBytes { get; set; }

    /// <summary>
    /// Where the reading ended when a process still has the file open for writing, so that there will be more: an offset in the
    /// (inflated) capture. Null otherwise, and for a file that nobody has written to for ten minutes and that ends where a block ends.
    /// </summary>
    public long? BeingWrittenTo { get; set; }

    /// <summary>Intervals in which the kernel side left out events.</summary>
    public long DropIntervals { get; set; }

    /// <summary>Events that were lost, as far as the file says how many; null when it says nothing of that.</summary>
    public long? LostEvents { get; set; }

    /// <summary>Threads that are known when the pass ends.</summary>
    public int Threads { get; set; }

    /// <summary>Processes that these threads are of.</summary>
    public int Processes { get; set; }

    /// <summary>Descriptors that are open when the pass ends; those that threads share count once.</summary>
    public int OpenFds { get; set; }

    /// <summary>Events by type and category; only a summary counts them.</summary>
    public EventCounts Counts { get; } = new();

    /// <summary>Spans whose beginning and end the capture holds; only a summary counts them, and the next two.</summary>
    public long FinishedSpans { get; set; }

    public long UnfinishedSpans { get; set; }

    public long OrphanSpans { get; set; }

    /// <summary>Valid markers.</summary>
    public long Markers { get; set; }

    /// <summary>Writes to /dev/null that began like a marker and were none: malformed, or cut short by the capture.</summary>
    public long BadMarkers { get; set; }

    /// <summary>Markers that were written in pieces, of which the last never came.</summary>
    public long UnfinishedMarkers { get; set; }

    /// <summary>Time of the first event, ns since the epoch; 0 when there is none.</summary>
    public long FirstTimestamp { get; set; }

    /// <summary>Time of the last event, ns since the epoch; 0 when there is none.</summary>
    public long LastTimestamp { get; set; }
}
