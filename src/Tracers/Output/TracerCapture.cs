using System.Globalization;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Scap;
using Tracers.Engine.State;

namespace Tracers;

/// <summary>What a capture file is and holds.</summary>
public sealed class TracerCapture
{
    private readonly CaptureStatistics _statistics;
    private TracerTypeCount[]? _types;
    private TracerCategoryCount[]? _categories;

    internal TracerCapture(string path, CaptureStatistics statistics, string? damage)
    {
        Path = path;
        _statistics = statistics;
        Damage = damage;
    }

    /// <summary>The file; <c>-</c> for standard input.</summary>
    public string Path { get; }

    /// <summary>Size of the file in bytes as it is stored; null for a pipe.</summary>
    public long? Length => _statistics.FileLength;

    /// <summary>What the file is: <c>scap</c>, or the trace of a .NET runtime that it was read from as a capture, <c>nettrace</c> or <c>etl</c>.</summary>
    public string Format => _statistics.Format;

    /// <summary>Version of a capture's format, 1.0 to 1.2; null for a trace.</summary>
    public Version? FormatVersion => Format == ByteSource.Scap ? _statistics.FormatVersion : null;

    /// <summary>Whether it is compressed with gzip.</summary>
    public bool Compressed => _statistics.Compressed;

    /// <summary>Name of the captured machine; null when the file does not say.</summary>
    public string? HostName => _statistics.Machine?.HostName.ToString();

    /// <summary>Cpus of that machine; null when the file does not say.</summary>
    public int? Cpus => (int?)_statistics.Machine?.CpuCount;

    /// <summary>Time of the first event of the machine; null when there is none. What the recorder itself put into the file has no time that counts.</summary>
    public Timestamp? Start => _statistics.FirstTimestamp == 0 ? null : Timestamp.FromNanoseconds(_statistics.FirstTimestamp);

    /// <summary>Time of the last event of the machine; null when there is none.</summary>
    public Timestamp? End => _statistics.LastTimestamp == 0 ? null : Timestamp.FromNanoseconds(_statistics.LastTimestamp);

    /// <summary>From the first event to the last; null when there is none.</summary>
    public Duration? Duration => End - Start;

    /// <summary>Events of known types, hidden ones included.</summary>
    public long Events => _statistics.Events;

    /// <summary>How many events each category has, most first: of those that Get-TracerEvent gives without -IncludeHidden.</summary>
    public IReadOnlyList<TracerCategoryCount> Categories => _categories ??= CountCategories(_statistics);

    /// <summary>The same by type and category, most first.</summary>
    public IReadOnlyList<TracerTypeCount> Types => _types ??= CountTypes(_statistics);

    /// <summary>Events of types that this version does not know.</summary>
    public long SkippedEvents => _statistics.SkippedEvents;

    /// <summary>Blocks of types that this version does not know.</summary>
    public long SkippedBlocks => _statistics.SkippedBlocks;

    /// <summary>Entries of the lists of descriptors, interfaces and users, of types that this version does not know.</summary>
    public long SkippedEntries => _statistics.SkippedEntries;

    /// <summary>Times that the recording kernel side left out events.</summary>
    public long DropIntervals => _statistics.DropIntervals;

    /// <summary>How many events were left out; null when the file does not say, as sysdig's do not.</summary>
    public long? LostEvents => _statistics.LostEvents;

    /// <summary>Markers: openings, closings and switches.</summary>
    public long Markers => _statistics.Markers;

    /// <summary>Writes to /dev/null that began like a marker and were none: malformed, or cut short by the capture.</summary>
    public long BadMarkers => _statistics.BadMarkers;

    /// <summary>Markers that were written in pieces, of which the last is not in the capture.</summary>
    public long UnfinishedMarkers => _statistics.UnfinishedMarkers;

    /// <summary>Spans whose beginning and end are in the capture.</summary>
    public long FinishedSpans => _statistics.FinishedSpans;

    /// <summary>Spans that were still open when the capture, or its part of a file of several, ended.</summary>
    public long UnfinishedSpans => _statistics.UnfinishedSpans;

    /// <summary>Ends of spans whose beginning is not in the capture.</summary>
    public long OrphanSpans => _statistics.OrphanSpans;

    /// <summary>Threads that are known at the end.</summary>
    public int Threads => _statistics.Threads;

    /// <summary>Descriptors that are known and open at the end; those that threads share count once.</summary>
    public int OpenFds => _statistics.OpenFds;

    /// <summary>Captures that the file is made of: more than one where files were put one behind the other.</summary>
    public int Sections => _statistics.Sections;

    /// <summary>
    /// Whether a process had the file open for writing: the recording goes on, and so far this is all of it. Known on Linux, and as far as the user may see other processes.
    /// </summary>
    public bool BeingWritten => _statistics.BeingWrittenTo is not null;

    /// <summary>Whether the file was read to its end.</summary>
    public bool Complete => Damage is null;

    /// <summary>Why it was not; null when it was.</summary>
    public string? Damage { get; }

    /// <summary>A line of the view; empty for null.</summary>
    /// <param name="property">Its label: the name of a property, or <c>Spans</c>.</param>
    public string ToText(string property) => property switch
    {
        nameof(Path) => Views.Text(Path),
        nameof(Length) => string.Create(CultureInfo.InvariantCulture, $"{Length:N0}"),
        nameof(FormatVersion) => FormatVersion?.ToString() ?? Format,
        nameof(Compressed) => Compressed.ToString(),
        nameof(HostName) => Views.Text(HostName),
        nameof(Cpus) => Text(Cpus),
        nameof(Start) => Start?.ToString() ?? "",
        nameof(End) => End?.ToString() ?? "",
        nameof(Duration) => Duration?.ToString("H", CultureInfo.InvariantCulture) ?? "",
        nameof(Events) => Text(Events),
        nameof(Categories) => string.Join(", ", Categories),
        nameof(SkippedEvents) => Text(SkippedEvents),
        nameof(DropIntervals) => Text(DropIntervals),
        nameof(LostEvents) => Text(LostEvents),
        nameof(Markers) => Text(Markers),
        nameof(BadMarkers) => Text(BadMarkers),
        "Spans" => $"{FinishedSpans} finished, {UnfinishedSpans} unfinished, {OrphanSpans} orphan",
        nameof(Threads) => Text(Threads),
        nameof(OpenFds) => Text(OpenFds),
        nameof(Complete) => Complete.ToString(),
        nameof(BeingWritten) => BeingWritten.ToString(),
        _ => throw new ArgumentException($"No view shows '{property}'.", nameof(property)),
    };

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static TracerTypeCount[] CountTypes(CaptureStatistics statistics) =>
        Array.ConvertAll(statistics.Counts.All(), static c => new TracerTypeCount(c.Name, c.Category.Text(), c.Count));

    private static TracerCategoryCount[] CountCategories(CaptureStatistics statistics)
    {
        long[] counts = new long[EventCategories.Count];
        foreach (EventCount count in statistics.Counts.All())
            counts[(int)count.Category] += count.Count;
        List<TracerCategoryCount> rows = [];
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
                rows.Add(new TracerCategoryCount(((EventCategory)i).Text(), counts[i]));
        }

        rows.Sort(static (a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : string.CompareOrdinal(a.Category, b.Category));
        return [.. rows];
    }
}
