using System.Text;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Spans;

namespace Tracers.Tests.Engine.Spans;

/// <summary>The second pass over a capture, for spans of the first.</summary>
internal static class ChosenSpans
{
    public static SpanSelection Of(byte[] capture, Func<SpanRecord, bool> which, SpanScope scope = SpanScope.Thread, SpanNesting nesting = SpanNesting.Any)
    {
        List<SpanRecord> spans = [];
        using CaptureFile file = Open(capture);
        file.ReadSpans(new SpanQuery(), spans.Add);
        return new SpanSelection(spans.Where(which), scope, nesting);
    }

    public static CaptureFile Open(byte[] capture) => new("memory", MemorySource.Of(capture), keepArguments: true, CancellationToken.None);

    /// <summary>Numbers of the events that lie in spans.</summary>
    public static List<long> Numbers(byte[] capture, SpanSelection spans, bool includeHidden = false)
    {
        List<long> numbers = [];
        using CaptureFile file = Open(capture);
        file.ReadEvents(new EventQuery { Spans = spans, IncludeHidden = includeHidden }, e => numbers.Add(e.Number));
        return numbers;
    }

    /// <summary>What the writes that lie in spans wrote, markers included.</summary>
    public static string Written(byte[] capture, SpanSelection spans)
    {
        List<string> written = [];
        using CaptureFile file = Open(capture);
        file.ReadEvents(new EventQuery { Spans = spans, Type = static type => type is "write" or "tracer" }, e =>
        {
            if (e.IsExit)
                written.Add(Encoding.UTF8.GetString(e.View.Parameter(1)));
        });
        return string.Join(' ', written);
    }

    /// <summary>Bytes by key of the I/O that lies in spans.</summary>
    public static string Summed(byte[] capture, SpanSelection? spans, IoQuery query)
    {
        IoAccounting accounting = new(query);
        using CaptureFile file = Open(capture);
        file.MeasureIo(accounting, spans);
        return string.Join(' ', accounting.Rows.Select(row => $"{string.Join('|', row.Keys)}={row.Totals.Bytes}/{row.Totals.Calls}"));
    }
}
