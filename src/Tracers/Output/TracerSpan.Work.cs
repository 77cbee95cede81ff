using Tracers.Engine.Spans;

namespace Tracers;

/// <content>What was done in the span and in the spans inside of it. All of it is null unless it was asked for, and of an orphan.</content>
public sealed partial class TracerSpan
{
    private TracerSpanWork? _own;
    private TracerSpanWork? _all;

    /// <summary>
    /// The part without the spans inside of it: the calls that had this span as their innermost one, and the time in which no span inside
    /// of it was open. Null unless <c>-IO</c> was given.
    /// </summary>
    public TracerSpanWork? Own => Work is { } work ? _own ??= new TracerSpanWork(work.Own) : null;

    /// <summary>Time in which no span inside of it was open; of an unfinished span up to the end of the capture.</summary>
    public Duration? SelfTime => Own?.Time;

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

    private SpanWork? Work => _record.Work;

    private TracerSpanWork? All => Work is { } work ? _all ??= new TracerSpanWork(work.Inclusive) : null;

    /// <summary>What was done, as the views show it; empty when it was not asked for.</summary>
    /// <param name="property">A property of <see cref="TracerSpanWork"/>.</param>
    public string ToText(string property) => All?.ToText(property) ?? "";

    /// <summary>The same with the span's own part behind it.</summary>
    /// <param name="property">A property of <see cref="TracerSpanWork"/>.</param>
    public string ToTextWithOwn(string property) => All?.ToText(property) is { Length: > 0 } all ? $"{all} (own {Own!.ToText(property)})" : "";
}
