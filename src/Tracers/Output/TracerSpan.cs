using System.Management.Automation;
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

    /// <summary>Of the duration the time in which no span inside of it was open; null where that is. With <c>-IO</c> of an unfinished span up to the end of the capture.</summary>
    public Duration? SelfTime => Record.State == SpanState.Finished ? Tracers.Duration.FromNanoseconds(Record.SelfTime) : Own?.Time;

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

    /// <summary>Spans inside of it that ended before it did, with those inside of them.</summary>
    public long ChildHits => Record.ChildHits;

    /// <summary>The capture it was read from.</summary>
    public string Path { get; }

    /// <summary>
    /// The part without the spans inside of it: the calls that had this span as their innermost one, and the time in which no span inside
    /// of it was open. Null unless <c>-IO</c> was given.
    /// </summary>
    public TracerSpanWork? Own => Record.Work is { } work ? new TracerSpanWork(work.Own) : null;

    /// <summary>System calls of any kind that returned, failed ones included; not the writes of markers.</summary>
    public long? Calls => All?.Calls;

    /// <summary>Those of the calls that read or wrote, as Measure-TracerIO counts them.</summary>
    public long? IOCalls => All?.IOCalls;

    /// <summary>Calls that failed.</summary>
    public long? Errors => All?.Errors;

    /// <summary>Calls whose beginning is not in the capture: the time in them is in <see cref="RestTime"/>.</summary>
    public long? UntimedCalls => All?.UntimedCalls;

    /// <summary>Bytes read and written: what is read from a file and then written to a socket counts twice.</summary>
    public long? Bytes => All?.Bytes;

    /// <summary>Bytes read.</summary>
    public long? ReadBytes => All?.ReadBytes;

    /// <summary>Bytes written.</summary>
    public long? WriteBytes => All?.WriteBytes;

    /// <summary>Bytes read from and written to files.</summary>
    public long? FileBytes => All?.FileBytes;

    /// <summary>Bytes received and sent over IPv4 and IPv6.</summary>
    public long? NetworkBytes => All?.NetworkBytes;

    /// <summary>Bytes that went through pipes and unix sockets.</summary>
    public long? PipeBytes => All?.PipeBytes;

    /// <summary>Bytes that went through anything else, or through what the capture does not know.</summary>
    public long? OtherBytes => All?.OtherBytes;

    /// <summary>In calls that work on files and folders. This and the parts down to <see cref="RestTime"/> add up to the duration.</summary>
    public Duration? FileTime => All?.FileTime;

    /// <summary>In calls that work on IPv4 and IPv6 sockets.</summary>
    public Duration? NetworkTime => All?.NetworkTime;

    /// <summary>In calls that work on pipes and unix sockets.</summary>
    public Duration? PipeTime => All?.PipeTime;

    /// <summary>In calls that wait: futex, the poll family, sleeping, waiting for children.</summary>
    public Duration? WaitTime => All?.WaitTime;

    /// <summary>In all other calls; the writes of markers are here.</summary>
    public Duration? OtherTime => All?.OtherTime;

    /// <summary>Outside of calls: on a processor, ready to run, or with no thread at work in the span.</summary>
    public Duration? RestTime => All?.RestTime;

    /// <summary>Of <see cref="RestTime"/>, with a thread on a processor; null also where the capture has no switches of threads.</summary>
    public Duration? CpuTime => All?.CpuTime;

    /// <summary>Of <see cref="RestTime"/>, with no thread on a processor; null also where the capture has no switches of threads.</summary>
    public Duration? OffCpuTime => All?.OffCpuTime;

    internal SpanRecord Record { get; }

    // Made anew whenever it is asked for: most spans are sent without.
    private TracerSpanWork? All => Record.Work is { } work ? new TracerSpanWork(work.Inclusive) : null;

    /// <summary><see cref="Tag"/> as the views show it.</summary>
    /// <remarks>Properties, because tables of spans are long: a script block in a column costs as much as all other columns together.</remarks>
    [Hidden]
    public string ShownTag => Views.Text(Tag);

    /// <summary><see cref="ProcessName"/> as the views show it.</summary>
    [Hidden]
    public string ShownProcessName => Views.Text(ProcessName);

    /// <summary>What was done as the views show it; empty when it was not asked for.</summary>
    /// <param name="property">A property of <see cref="TracerSpanWork"/>.</param>
    public string ToText(string property) => All?.ToText(property) ?? "";

    /// <summary>The same with the span's own part behind it.</summary>
    /// <param name="property">A property of <see cref="TracerSpanWork"/>.</param>
    public string ToTextWithOwn(string property) => All?.ToText(property) is { Length: > 0 } all ? $"{all} (own {Own!.ToText(property)})" : "";

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
