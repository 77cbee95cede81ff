using Tracers.Engine.Spans;

namespace Tracers;

/// <summary>A span: a section of a program between its opening and its closing marker.</summary>
public sealed class TracerSpan
{
    private IReadOnlyDictionary<string, string>? _arguments;
    private IReadOnlyDictionary<string, string>? _endArguments;

    internal TracerSpan(SpanRecord record, string path)
    {
        Record = record;
        Path = path;
    }

    /// <summary>The id in the markers: a number, or the tid or pid where the program wrote <c>t</c> or <c>p</c>.</summary>
    public long Id => Record.Id;

    /// <summary>All tags, joined with dots: <c>download_handler.download_write</c>.</summary>
    public string Tag => Record.Tags.Text;

    /// <summary>The tags one by one.</summary>
    public IReadOnlyList<string> Tags => Record.Tags.Tags;

    /// <summary>Arguments of the opening marker by name, as in <c>$_.Arguments.user</c>; empty when it has none. Where a name stands twice the last value counts.</summary>
    public IReadOnlyDictionary<string, string> Arguments => _arguments ??= Pairs(Record.Arguments);

    /// <summary>Arguments of the closing marker in the same way; empty when it has none or the span was not closed.</summary>
    public IReadOnlyDictionary<string, string> EndArguments => _endArguments ??= Pairs(Record.EndArguments);

    /// <summary>When it began; null for an orphan, whose beginning is not in the capture.</summary>
    public Timestamp? Start => Record.State == SpanState.Orphan ? null : Timestamp.FromNanoseconds(Record.Start);

    /// <summary>When it ended; null for a span that was still open when the capture ended.</summary>
    public Timestamp? End => Record.State == SpanState.Unfinished ? null : Timestamp.FromNanoseconds(Record.End);

    /// <summary>From beginning to end; null unless both are in the capture.</summary>
    public Duration? Duration => Record.State == SpanState.Finished ? Tracers.Duration.FromNanoseconds(Record.Duration) : null;

    /// <summary>How much of it the capture holds.</summary>
    public SpanState State => Record.State;

    /// <summary>How many parents are above it: 0 for a span without one. Null for an orphan.</summary>
    public int? Depth => Record.State == SpanState.Orphan ? null : Record.Depth;

    /// <summary>Id of its parent, the open span that it belonged to when it began; null for none.</summary>
    public long? ParentId => Record.ParentSequence == 0 ? null : Record.ParentId;

    /// <summary>Joined tags of its parent; null for none.</summary>
    public string? ParentTag => Record.ParentTags?.Text;

    /// <summary>What says that this is its parent: an argument <c>parent=</c>, the tags, or the thread that was inside of it.</summary>
    public ParentEvidence ParentEvidence => Record.ParentEvidence;

    /// <summary>Tid of the thread that opened it; for an orphan of the one that closed it.</summary>
    public int ThreadId => Record.Opener.Tid;

    /// <summary>Pid of that thread.</summary>
    public int ProcessId => Record.Opener.Pid;

    /// <summary>Name (comm) of that thread; null when the capture does not say.</summary>
    public string? ProcessName => Record.Opener.Name;

    /// <summary>Tid of the thread that closed it; null while it is open.</summary>
    public int? EndThreadId => Record.Closer?.Tid;

    /// <summary>Pid of that thread; null while it is open.</summary>
    public int? EndProcessId => Record.Closer?.Pid;

    /// <summary>Name (comm) of that thread; null while it is open, and when the capture does not say.</summary>
    public string? EndProcessName => Record.Closer?.Name;

    /// <summary>The capture it was read from.</summary>
    public string Path { get; }

    internal SpanRecord Record { get; }

    /// <summary>The tags and the duration, for messages.</summary>
    public override string ToString() => Duration is { } duration ? $"{Tag} {duration}" : $"{Tag} ({State})";

    private static Dictionary<string, string> Pairs(byte[] written)
    {
        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        foreach ((string name, string value) in MarkerText.SplitArguments(written))
            pairs[name] = value;
        return pairs;
    }
}
