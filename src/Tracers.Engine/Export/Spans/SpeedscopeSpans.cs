using System.Text.Json;
using Tracers.Engine.Analysis.Traces;

namespace Tracers.Engine.Export.Spans;

/// <summary>JSON of speedscope's file format. By time a profile for each thread, by self time or bytes one for each capture.</summary>
/// <remarks>
/// Times are nanoseconds after the beginning of the first span. Spans that overlap, or that another thread closed, are profiles of their own beside
/// that of the thread: in a stack of frames each has to end before the one around it.
/// </remarks>
/// <param name="output">Where to.</param>
/// <param name="weight">What the boxes are as wide as.</param>
/// <param name="name">The name of the whole.</param>
internal sealed class SpeedscopeSpans(Stream output, StackWeight weight, string name) : BatchedExport
{
    // Its end is that of the capture, and not its own.
    private const string Unfinished = " (unfinished)";

    private readonly JsonOutput _json = new(output);
    private readonly OrderedDictionary<string, int> _frames = new(StringComparer.Ordinal);
    private bool _isFollowing;
    private long _leftOut;

    public override long LeftOut => _leftOut;

    public override void Complete()
    {
        _json.Raw("{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\",\"exporter\":\"Tracers\",\"name\":"u8);
        _json.Value(json => json.WriteStringValue(name));
        _json.Raw(",\"profiles\":["u8);
        if (weight == StackWeight.Time)
            WriteTracks();
        else
            WriteStacks();
        _json.Raw("\n],\"shared\":{\"frames\":["u8);
        for (int i = 0; i < _frames.Count; i++)
        {
            _json.Raw(i == 0 ? "\n"u8 : ",\n"u8);
            string frame = _frames.GetAt(i).Key;
            _json.Value(json =>
            {
                json.WriteStartObject();
                json.WriteString("name", frame);
                json.WriteEndObject();
            });
        }

        _json.Raw("\n]}}\n"u8);
        _json.Flush();
    }

    private void WriteTracks()
    {
        long zero = Batches.SelectMany(static b => b.Forest.Roots).Select(static r => r.Start).DefaultIfEmpty(0).Min();
        foreach (SpanBatch batch in Batches)
        {
            _leftOut += batch.Forest.Orphans.Count;
            foreach (SpanTrack track in SpanTrack.Of(batch.Forest))
            {
                string thread = $"{track.Name ?? "thread"} {track.Tid}{Place(batch)}";
                if (track.Stack.Spans.Count > 0)
                    WriteTrack(track.Stack, thread, zero);
                IReadOnlyList<SpanLane> others = track.OtherStacks();
                for (int i = 0; i < others.Count; i++)
                    WriteTrack(others[i], $"{thread}, overlapping or ended elsewhere {i + 1}", zero);
            }
        }
    }

    private void WriteTrack(SpanLane lane, string profile, long zero)
    {
        BeginProfile("evented", profile, "nanoseconds", lane.Spans[0].Start - zero, lane.Spans.Max(static s => s.End) - zero);
        _json.Raw(",\"events\":["u8);
        bool follows = false;
        foreach ((TraceNode span, bool begins) in lane.Events())
        {
            _json.Raw(follows ? ",\n"u8 : "\n"u8);
            follows = true;
            int frame = FrameOf(span.IsUnfinished ? SpanStacks.NameOf(span.Span) + Unfinished : SpanStacks.NameOf(span.Span));
            _json.Value(json =>
            {
                json.WriteStartObject();
                json.WriteString("type", begins ? "O" : "C");
                json.WriteNumber("frame", frame);
                json.WriteNumber("at", (begins ? span.Start : span.End) - zero);
                json.WriteEndObject();
            });
        }

        _json.Raw("\n]}"u8);
    }

    private void WriteStacks()
    {
        foreach (SpanBatch batch in Batches)
        {
            SpanStacks stacks = new(weight);
            stacks.Add(batch.Forest);
            _leftOut += stacks.Unweighted;
            (int[] Frames, long Weight)[] samples = [.. stacks.All().Select(s => (s.Names.Select(FrameOf).ToArray(), s.Weight))];
            string unit = weight == StackWeight.Bytes ? "bytes" : "nanoseconds";
            string what = weight == StackWeight.Bytes ? "bytes" : "self time";
            BeginProfile("sampled", $"Spans by {what}{Place(batch)}", unit, 0, samples.Sum(static s => s.Weight));
            _json.Raw(",\"samples\":["u8);
            for (int i = 0; i < samples.Length; i++)
            {
                _json.Raw(i == 0 ? "\n"u8 : ",\n"u8);
                int[] frames = samples[i].Frames;
                _json.Value(json =>
                {
                    json.WriteStartArray();
                    foreach (int frame in frames)
                        json.WriteNumberValue(frame);
                    json.WriteEndArray();
                });
            }

            _json.Raw("\n],\"weights\":"u8);
            _json.Value(json =>
            {
                json.WriteStartArray();
                foreach ((_, long sum) in samples)
                    json.WriteNumberValue(sum);
                json.WriteEndArray();
            });
            _json.Raw("}"u8);
        }
    }

    private void BeginProfile(string type, string profile, string unit, long start, long end)
    {
        _json.Raw(_isFollowing ? ",\n{"u8 : "\n{"u8);
        _isFollowing = true;
        Property("type"u8, json => json.WriteStringValue(type));
        _json.Raw(","u8);
        Property("name"u8, json => json.WriteStringValue(profile));
        _json.Raw(","u8);
        Property("unit"u8, json => json.WriteStringValue(unit));
        _json.Raw(","u8);
        Property("startValue"u8, json => json.WriteNumberValue(start));
        _json.Raw(","u8);
        Property("endValue"u8, json => json.WriteNumberValue(end));

        void Property(ReadOnlySpan<byte> key, Action<Utf8JsonWriter> write)
        {
            _json.Raw("\""u8);
            _json.Raw(key);
            _json.Raw("\":"u8);
            _json.Value(write);
        }
    }

    private int FrameOf(string frame)
    {
        if (!_frames.TryGetValue(frame, out int number))
            _frames.Add(frame, number = _frames.Count);
        return number;
    }

    private string Place(SpanBatch batch) => Batches.Count > 1 ? $" ({Path.GetFileName(batch.Path)})" : "";
}
