using System.Globalization;
using Tracers.Engine.Spans;

namespace Tracers;

/// <summary>What was done in a span, and what its time went into. Every moment is in one of the parts, which add up to <see cref="Time"/>.</summary>
public sealed class TracerSpanWork
{
    private readonly WorkTotals _totals;

    internal TracerSpanWork(WorkTotals totals) => _totals = totals;

    /// <summary>System calls of any kind that returned, failed ones included; not the writes of markers.</summary>
    public long Calls => _totals.Calls;

    /// <summary>Those of the calls that read or wrote, as Measure-TracerIO counts them: one that moves bytes between two descriptors is two.</summary>
    public long IOCalls => _totals.IoCalls;

    /// <summary>Calls that failed.</summary>
    public long Errors => _totals.Errors;

    /// <summary>Calls whose beginning is not in the capture, as in one that records only where calls end: the time in them is in <see cref="RestTime"/>.</summary>
    public long UntimedCalls => _totals.UntimedCalls;

    /// <summary>Bytes read and written: what is read from a file and then written to a socket counts twice.</summary>
    public long Bytes => _totals.Bytes;

    /// <summary>Bytes read.</summary>
    public long ReadBytes => _totals.ReadBytes;

    /// <summary>Bytes written.</summary>
    public long WriteBytes => _totals.WriteBytes;

    /// <summary>Bytes read from and written to files.</summary>
    public long FileBytes => _totals.FileBytes;

    /// <summary>Bytes received and sent over IPv4 and IPv6.</summary>
    public long NetworkBytes => _totals.NetworkBytes;

    /// <summary>Bytes that went through pipes and unix sockets.</summary>
    public long PipeBytes => _totals.PipeBytes;

    /// <summary>Bytes that went through anything else, or through what the capture does not know.</summary>
    public long OtherBytes => _totals.OtherBytes;

    /// <summary>All parts together: of all of a span its duration, of its own part its self time. Of an unfinished span it reaches to the end of the capture.</summary>
    public Duration Time => Duration.FromNanoseconds(_totals.Time);

    /// <summary>In calls that work on files and folders.</summary>
    public Duration FileTime => Duration.FromNanoseconds(_totals.FileTime);

    /// <summary>In calls that work on IPv4 and IPv6 sockets.</summary>
    public Duration NetworkTime => Duration.FromNanoseconds(_totals.NetworkTime);

    /// <summary>In calls that work on pipes and unix sockets.</summary>
    public Duration PipeTime => Duration.FromNanoseconds(_totals.PipeTime);

    /// <summary>In calls that wait: futex, the poll family, sleeping, waiting for children.</summary>
    public Duration WaitTime => Duration.FromNanoseconds(_totals.WaitTime);

    /// <summary>In all other calls; the writes of markers are here.</summary>
    public Duration OtherTime => Duration.FromNanoseconds(_totals.OtherTime);

    /// <summary>Outside of calls: on a processor, ready to run, or with no thread at work in the span.</summary>
    public Duration RestTime => Duration.FromNanoseconds(_totals.RestTime);

    /// <summary>Of <see cref="RestTime"/>, with a thread on a processor; null where the capture has no switches of threads.</summary>
    public Duration? CpuTime => _totals.CpuTime is { } time ? Duration.FromNanoseconds(time) : null;

    /// <summary>Of <see cref="RestTime"/>, with no thread on a processor; null where the capture has no switches of threads.</summary>
    public Duration? OffCpuTime => _totals.OffCpuTime is { } time ? Duration.FromNanoseconds(time) : null;

    /// <summary>A property as the views show it; empty for null.</summary>
    /// <param name="property">The property's name.</param>
    public string ToText(string property) => property switch
    {
        nameof(Calls) => Text(Calls),
        nameof(IOCalls) => Text(IOCalls),
        nameof(Errors) => Text(Errors),
        nameof(UntimedCalls) => Text(UntimedCalls),
        nameof(Bytes) => Views.Bytes(Bytes),
        nameof(ReadBytes) => Views.Bytes(ReadBytes),
        nameof(WriteBytes) => Views.Bytes(WriteBytes),
        nameof(FileBytes) => Views.Bytes(FileBytes),
        nameof(NetworkBytes) => Views.Bytes(NetworkBytes),
        nameof(PipeBytes) => Views.Bytes(PipeBytes),
        nameof(OtherBytes) => Views.Bytes(OtherBytes),
        nameof(Time) => Text(Time),
        nameof(FileTime) => Text(FileTime),
        nameof(NetworkTime) => Text(NetworkTime),
        nameof(PipeTime) => Text(PipeTime),
        nameof(WaitTime) => Text(WaitTime),
        nameof(OtherTime) => Text(OtherTime),
        nameof(RestTime) => Text(RestTime),
        nameof(CpuTime) => Text(CpuTime),
        nameof(OffCpuTime) => Text(OffCpuTime),
        _ => throw new ArgumentException($"No view shows '{property}'.", nameof(property)),
    };

    /// <summary>The time and the bytes, for messages.</summary>
    public override string ToString() => $"{Text(Time)}, {Views.Bytes(Bytes)}";

    private static string Text(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(Duration? time) => time is { } known ? known.ToString("H", CultureInfo.InvariantCulture) : "";
}
