using System.Globalization;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Spans;

namespace Tracers.Tests.Engine.Spans;

/// <summary>The events of a capture in the two formats in which sysdig's answers to the marker vectors are kept.</summary>
internal static class MarkerListing
{
    /// <summary>Number, tid, direction, type; of a marker also its id, tags and arguments.</summary>
    public static List<string> Short(string path) => [.. Events(path).Select(ShortLine)];

    /// <summary>Number, direction, type; of a marker also its span as far as it is known then.</summary>
    public static List<string> WithSpans(string path)
    {
        Dictionary<long, SpanRecord> closed = [];
        using CaptureFile file = new(path, keepArguments: true, CancellationToken.None);
        file.ReadSpans(new SpanQuery(), span => closed[span.End] = span);
        return [.. Events(path).Select(e => SpanLine(e, closed))];
    }

    private static List<EventRecord> Events(string path)
    {
        List<EventRecord> events = [];
        using CaptureFile file = new(path, keepArguments: false, CancellationToken.None);
        file.ReadEvents(new EventQuery(), events.Add);
        return events;
    }

    private static string ShortLine(EventRecord e) => e.Marker is { Kind: not MarkerKind.Switch } marker
        ? $"{e.Number} {e.Thread.Tid} {Direction(marker)} tracer id={marker.Id} tags={marker.Tags.Text} args={Join(marker.Arguments, ':')}".TrimEnd()
        : $"{e.Number} {e.Thread.Tid} {(e.IsExit ? '<' : '>')} {e.Info.Name}";

    private static string SpanLine(EventRecord e, Dictionary<long, SpanRecord> closed)
    {
        if (e.Marker is not { Kind: not MarkerKind.Switch } marker)
            return $"{e.Number} {(e.IsExit ? '<' : '>')} {e.Info.Name}";

        string start = $"{e.Number} {Direction(marker)} tracer id={marker.Id} tags={marker.Tags.Text} nt={marker.Tags.Tags.Length}";
        string own = Join(marker.Arguments, '=');
        if (marker.Kind == MarkerKind.Open)
            return $"{start} na={marker.Arguments.Length} args={own} ent={own} dur=<NA>";
        SpanRecord span = closed[e.View.Timestamp];
        if (span.State == SpanState.Orphan)
            return $"{start} na=<NA> args=<NA> ent=<NA> dur=<NA>";
        KeyValuePair<string, string>[] entered = MarkerText.SplitArguments(span.Arguments);
        return string.Create(CultureInfo.InvariantCulture, $"{start} na={entered.Length} args={own} ent={Join(entered, '=')} dur={span.Duration}");
    }

    private static char Direction(MarkerRecord marker) => marker.Kind == MarkerKind.Open ? '>' : '<';

    private static string Join(KeyValuePair<string, string>[] arguments, char between) => string.Join(',', arguments.Select(a => $"{a.Key}{between}{a.Value}"));
}
