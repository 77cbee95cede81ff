using System.Globalization;
using System.Text;
using System.Text.Json;
using Tracers.Engine.Analysis.Traces;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Export.Spans;

/// <summary>JSON of Chrome's Trace Event Format, which Perfetto and chrome://tracing open.</summary>
/// <remarks>
/// What a thread opened and closed, one inside of the other, are complete events (X) on its track. Spans that overlap, or that another thread
/// closed, are asynchronous events (b and e) with an id of their own: on the track of a thread they would be drawn inside of what they do not
/// belong to. Times are microseconds with three decimals, that is exact, after the beginning of the first span: counted from the epoch they would be greater
/// than what a double holds exactly. The beginning stands in <c>otherData</c>. An unfinished span reaches to the end of the capture, and its
/// State says so; an orphan, of which only the end is known, is an instant event.
/// </remarks>
/// <param name="output">Where to.</param>
/// <param name="withWork">Whether what was done in the spans is written, of those that come with it.</param>
internal sealed class ChromeSpans(Stream output, bool withWork) : BatchedExport
{
    // Process ids end at 2^22 on Linux; those of the second capture begin there.
    private const int ProcessIdBits = 22;

    private readonly JsonOutput _json = new(output);
    private long _zero;
    private bool _isFollowing;

    public override void Complete()
    {
        _zero = Batches.SelectMany(static b => b.Spans).Select(static s => s.State == SpanState.Orphan ? s.End : s.Start).DefaultIfEmpty(0).Min();
        _json.Raw("{\"displayTimeUnit\":\"ns\",\"otherData\":"u8);
        _json.Value(WriteOrigin);
        _json.Raw(",\"traceEvents\":["u8);
        for (int i = 0; i < Batches.Count; i++)
            WriteCapture(Batches[i], i);
        _json.Raw("\n]}\n"u8);
        _json.Flush();
    }

    private void WriteOrigin(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("Start", DateTime.UnixEpoch.AddTicks(_zero / 100).ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("StartNanoseconds", _zero.ToString(CultureInfo.InvariantCulture));
        json.WriteString("Captures", string.Join('\n', Batches.Select(static b => b.Path)));
        json.WriteEndObject();
    }

    private void WriteCapture(SpanBatch batch, int number)
    {
        IReadOnlyList<SpanTrack> tracks = SpanTrack.Of(batch.Forest);
        long pidBase = (long)number << ProcessIdBits;
        string place = Batches.Count > 1 ? $" ({Path.GetFileName(batch.Path)})" : "";
        foreach (IGrouping<int, SpanTrack> process in tracks.GroupBy(static t => t.Pid))
        {
            if ((process.FirstOrDefault(static t => t.Tid == t.Pid) ?? process.First()).Name is { } name)
                WriteName("process_name", pidBase + process.Key, pidBase + process.Key, name + place);
        }

        foreach (SpanTrack track in tracks)
        {
            if (track.Name is { } name)
                WriteName("thread_name", pidBase + track.Pid, pidBase + track.Tid, name);
        }

        foreach (SpanTrack track in tracks)
        {
            foreach (TraceNode span in track.Stack.Spans)
                WriteEvent("X", span.Span, pidBase, span.Start, json => WriteTime(json, "dur", span.End - span.Start), withArguments: true);
        }

        foreach (TraceNode span in tracks.SelectMany(static t => t.Others))
        {
            string id = $"{number}.{span.Span.Sequence}";
            WriteEvent("b", span.Span, pidBase, span.Start, json => json.WriteString("id", id), withArguments: true);
            WriteEvent("e", span.Span, pidBase, span.End, json => json.WriteString("id", id), withArguments: false);
        }

        foreach (SpanRecord orphan in batch.Forest.Orphans)
            WriteEvent("i", orphan, pidBase, orphan.End, static json => json.WriteString("s", "t"), withArguments: true);
    }

    private void WriteName(string what, long pid, long tid, string name) => WriteItem(json =>
    {
        json.WriteString("ph", "M");
        json.WriteString("name", what);
        json.WriteNumber("pid", pid);
        json.WriteNumber("tid", tid);
        json.WriteStartObject("args");
        json.WriteString("name", name);
        json.WriteEndObject();
    });

    private void WriteEvent(string phase, SpanRecord span, long pidBase, long time, Action<Utf8JsonWriter> more, bool withArguments) => WriteItem(json =>
    {
        json.WriteString("ph", phase);
        json.WriteString("name", SpanStacks.NameOf(span));
        json.WriteString("cat", span.State == SpanState.Finished ? "span" : $"span,{span.State}");
        json.WriteNumber("pid", pidBase + span.Opener.Pid);
        json.WriteNumber("tid", pidBase + span.Opener.Tid);
        WriteTime(json, "ts", time - _zero);
        more(json);
        if (!withArguments)
            return;
        json.WritePropertyName("args");
        json.WriteKnown(span, withWork);
    });

    private void WriteItem(Action<Utf8JsonWriter> write)
    {
        _json.Raw(_isFollowing ? ",\n"u8 : "\n"u8);
        _isFollowing = true;
        _json.Value(json =>
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        });
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long nanoseconds)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1000}.{nanoseconds % 1000:D3}")), skipInputValidation: true);
    }
}
