using System.Collections.Specialized;
using System.Management.Automation;
using System.Net;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers;

/// <summary>One event of a capture: a thread enters or leaves a system call, a marker, a switch of threads.</summary>
/// <remarks>It keeps its own bytes and decodes them when a property is asked for.</remarks>
public sealed class TracerEvent
{
    internal TracerEvent(EventRecord record, string path)
    {
        Record = record;
        Path = path;
    }

    /// <summary>Its number in the capture, from 1, as sysdig counts: hidden events have numbers too.</summary>
    public long Number => Record.Number;

    /// <summary>When it happened, to the nanosecond.</summary>
    public Timestamp Time => Timestamp.FromNanoseconds(Record.View.Timestamp);

    /// <summary>The cpu it happened on.</summary>
    public int Cpu => Record.Layout.Cpu;

    /// <summary>Name (comm) of the thread; null when the capture does not say.</summary>
    public string? ProcessName => Record.Thread.Name;

    /// <summary>Pid of the thread.</summary>
    public int ProcessId => Record.Thread.Pid;

    /// <summary>Tid of the thread.</summary>
    public int ThreadId => Record.Thread.Tid;

    /// <summary>The user that the thread acts as: its name, or its number where the capture has no name for it; null when the capture does not say.</summary>
    public string? User => Record.User;

    /// <summary>Name of the container that the thread runs in, or its id where the capture has no name for it; <c>host</c> for none; null when the capture does not say.</summary>
    public string? Container => Record.Container?.Label;

    /// <summary><c>&gt;</c> for entering a call or opening a span, <c>&lt;</c> for leaving or closing.</summary>
    public string Direction => Record.ListedMarker is { } marker ? (marker.Kind == MarkerKind.Open ? ">" : "<") : Record.IsExit ? "<" : ">";

    /// <summary>The system call's name; <c>tracer</c> for a marker.</summary>
    public string Type => Record.ListedMarker is not null ? MarkerListing.Type
        : GenericCall.Is(Record.Layout.Type) ? GenericCall.Name(GenericCall.Id(Record.View))
        : Record.Info.Name;

    /// <summary>What kind of call it is: file, net, process, memory, ...; reads and writes go by their descriptor.</summary>
    public string Category => Record.Category.Text();

    /// <summary>Number of the descriptor that the call works on; null when it has none, or its beginning is not in the capture.</summary>
    public long? Fd => Record.FdNumber < 0 || Record.ListedMarker is not null ? null : Record.FdNumber;

    /// <summary>Name of that descriptor, a path or a connection's addresses; null when it is not known.</summary>
    public string? FdName => Record.Fd is null || Record.ListedMarker is not null ? null : Record.FdName;

    /// <summary>file, directory, ipv4, ipv6, pipe, unix, ...; null when it is not known.</summary>
    public string? FdType => Record.ListedMarker is not null ? null : Record.Fd?.Kind.Name();

    /// <summary>Transport of an internet socket: tcp, udp, icmp or raw; null when it is none, or not known.</summary>
    public string? Transport => FdValues.TransportName(Socket);

    /// <summary>The client's end of an internet connection; null when it is not known, and of a listening socket.</summary>
    public IPEndPoint? Client => FdValues.Client(Socket);

    /// <summary>The server's end of an internet connection, or where a socket listens; null when it is not known.</summary>
    public IPEndPoint? Server => FdValues.Server(Socket);

    /// <summary>What the call returned; null for an event that enters one, and for a marker.</summary>
    public long? Result => Record.IsExit && Record.ListedMarker is null && Record.View.ParameterCount > 0 ? Record.Result : null;

    /// <summary>Name of the error with which the call failed, such as <c>ENOENT</c>; null when it did not fail.</summary>
    public string? ErrorName => Result is < 0 and { } result ? ErrnoNames.Name(-result) : null;

    /// <summary>Bytes that a read or write moved; null for every other event and for a failed call.</summary>
    public long? Bytes => Record.MovedBytes;

    /// <summary>Time in the call; null for an event that enters one, and where the entering was not recorded.</summary>
    public Duration? Latency => Record.Latency < 0 || Record.ListedMarker is not null ? null : Duration.FromNanoseconds(Record.Latency);

    /// <summary>Joined tags of the innermost open span around the event; null when it lies in none.</summary>
    public string? SpanTag => Record.Span?.Tags.Text;

    /// <summary>Id of that span; null for none.</summary>
    public long? SpanId => Record.Span?.Id;

    /// <summary>Joined tags of all open spans around the event, outermost first; empty for none.</summary>
    public IReadOnlyList<string> Spans => Array.ConvertAll(Enumerable.Reverse(Record.Spans).ToArray(), static s => s.Tags.Text);

    /// <summary>The parameters by name, in their order: numbers, text, or bytes.</summary>
    public OrderedDictionary Arguments
    {
        get
        {
            OrderedDictionary arguments = [];
            if (Record.ListedMarker is { } marker)
            {
                arguments["id"] = marker.Id;
                arguments["tags"] = marker.Tags.Text;
                arguments["args"] = ArgumentText(marker);
                return arguments;
            }

            EventView view = Record.View;
            ParameterInfo[] parameters = Record.Info.Parameters;
            for (int i = 0; i < Math.Min(parameters.Length, view.ParameterCount); i++)
                arguments[parameters[i].Name] = ParameterDecoder.Value(parameters[i], view.Parameter(i));
            return arguments;
        }
    }

    /// <summary>The parameters as text: <c>fd=3(&lt;f&gt;/dev/null) size=22</c>.</summary>
    public string Info => Record.Text.Parameters();

    /// <summary>The capture it was read from.</summary>
    public string Path { get; }

    internal EventRecord Record { get; }

    /// <summary><see cref="ProcessName"/> as the view shows it.</summary>
    [Hidden]
    public string ShownProcessName => Views.Text(ProcessName);

    /// <summary><see cref="Info"/> as the view shows it.</summary>
    [Hidden]
    public string ShownInfo => Views.Text(Info);

    /// <summary>The line of sysdig's listing: number, time of day, cpu, process, direction, type and parameters.</summary>
    public override string ToString() => Record.Text.Line();

    // A marker is written to a descriptor, and is not about it.
    private FdInfo? Socket => Record.ListedMarker is null ? Record.Fd : null;

    private static string ArgumentText(MarkerRecord marker) => string.Join(',', marker.Arguments.Select(static a => $"{a.Key}:{a.Value}"));
}
