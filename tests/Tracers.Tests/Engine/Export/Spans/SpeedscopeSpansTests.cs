using System.Text.Json;
using Tracers.Engine.Export.Spans;
using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Export.Spans;

/// <summary>The rules of speedscope's file format, checked by another reader.</summary>
public sealed class SpeedscopeSpansTests
{
    private static readonly List<SpanRecord> s_spans = ExportedSpans.Story().Spans(out s_end);
    private static readonly long s_end;

    [Theory]
    [InlineData(StackWeight.Time)]
    [InlineData(StackWeight.SelfTime)]
    [InlineData(StackWeight.Bytes)]
    public void The_file_keeps_the_rules(StackWeight weight) => Check(Write(weight), weight);

    [Fact]
    public void Chance_spans_are_drawn_by_the_rules_each_once()
    {
        Random random = new(6);
        for (int round = 0; round < 100; round++)
        {
            (List<SpanRecord> spans, long end) = ChanceSpans.Make(random);
            using MemoryStream output = new();
            SpeedscopeSpans export = new(output, StackWeight.Time, "chance");
            spans.ForEach(s => export.Add(s, "p"));
            export.EndCapture("p", end);
            export.Complete();
            JsonElement root = JsonDocument.Parse(output.ToArray()).RootElement;
            Check(root, StackWeight.Time);
            Assert.Equal(spans.Count * 2, root.GetProperty("profiles").EnumerateArray().Sum(p => p.GetProperty("events").GetArrayLength()));
        }
    }

    private static void Check(JsonElement root, StackWeight weight)
    {
        Assert.Equal("https://www.speedscope.app/file-format-schema.json", root.GetProperty("$schema").GetString());
        int frames = root.GetProperty("shared").GetProperty("frames").GetArrayLength();
        Assert.All(root.GetProperty("shared").GetProperty("frames").EnumerateArray(), f => Assert.Equal(["name"], f.EnumerateObject().Select(p => p.Name)));
        JsonElement[] profiles = [.. root.GetProperty("profiles").EnumerateArray()];
        Assert.NotEmpty(profiles);
        foreach (JsonElement profile in profiles)
        {
            long start = profile.GetProperty("startValue").GetInt64();
            long end = profile.GetProperty("endValue").GetInt64();
            Assert.True(start <= end);
            Assert.NotEqual("", profile.GetProperty("name").GetString());
            Assert.Equal(weight == StackWeight.Bytes ? "bytes" : "nanoseconds", profile.GetProperty("unit").GetString());
            if (weight == StackWeight.Time)
                CheckEvents(profile, start, end, frames);
            else
                CheckSamples(profile, start, end, frames);
        }
    }

    [Fact]
    public void By_time_every_span_is_there_once_for_as_long_as_it_took()
    {
        JsonElement root = Write(StackWeight.Time);
        string[] frames = Frames(root);
        List<(string Frame, long Length)> drawn = [];
        foreach (JsonElement profile in root.GetProperty("profiles").EnumerateArray())
        {
            Stack<long> open = [];
            foreach (JsonElement e in profile.GetProperty("events").EnumerateArray())
            {
                if (e.GetProperty("type").GetString() == "O")
                    open.Push(e.GetProperty("at").GetInt64());
                else
                    drawn.Add((frames[e.GetProperty("frame").GetInt32()], e.GetProperty("at").GetInt64() - open.Pop()));
            }
        }

        Assert.Equal(
            s_spans.Where(s => s.State != SpanState.Orphan).Select(s => s.State == SpanState.Finished ? (SpanStacks.NameOf(s), s.Duration) : (SpanStacks.NameOf(s) + " (unfinished)", s_end - s.Start)).Order(),
            drawn.Order());
    }

    [Fact]
    public void Spans_that_do_not_lie_in_each_other_are_beside_each_other() => Assert.Equal(
        ["web 100", "web 100, overlapping or ended elsewhere 1", "web-2 101", "web-3 102"],
        Write(StackWeight.Time).GetProperty("profiles").EnumerateArray().Select(p => p.GetProperty("name").GetString()));

    [Fact]
    public void By_self_time_and_bytes_the_sums_are_exact()
    {
        Assert.Equal(s_spans.Where(s => s.State == SpanState.Finished).Sum(s => s.SelfTime), Total(Write(StackWeight.SelfTime)));
        Assert.Equal(s_spans.Sum(s => s.Work?.Own.Bytes ?? 0), Total(Write(StackWeight.Bytes)));
        Assert.Equal(1087, Total(Write(StackWeight.Bytes)));
    }

    [Fact]
    public void Hostile_text_comes_back_as_it_was()
    {
        string[] frames = Frames(Write(StackWeight.Time));
        Assert.Empty(ExportedSpans.Hostile.Except(frames));
        Assert.Contains("(no tags)", frames);
        Assert.Equal(frames.Distinct().Count(), frames.Length);
    }

    private static void CheckEvents(JsonElement profile, long start, long end, int frames)
    {
        Assert.Equal("evented", profile.GetProperty("type").GetString());
        Stack<int> open = [];
        long at = start;
        foreach (JsonElement e in profile.GetProperty("events").EnumerateArray())
        {
            Assert.True(e.GetProperty("at").GetInt64() >= at, "Events are not in the order of time.");
            at = e.GetProperty("at").GetInt64();
            int frame = e.GetProperty("frame").GetInt32();
            Assert.InRange(frame, 0, frames - 1);
            if (e.GetProperty("type").GetString() == "O")
            {
                open.Push(frame);
                continue;
            }

            Assert.Equal("C", e.GetProperty("type").GetString());
            Assert.Equal(open.Pop(), frame);
        }

        Assert.Empty(open);
        Assert.Equal(end, at);
    }

    private static void CheckSamples(JsonElement profile, long start, long end, int frames)
    {
        Assert.Equal("sampled", profile.GetProperty("type").GetString());
        JsonElement[] samples = [.. profile.GetProperty("samples").EnumerateArray()];
        long[] weights = [.. profile.GetProperty("weights").EnumerateArray().Select(w => w.GetInt64())];
        Assert.Equal(samples.Length, weights.Length);
        Assert.All(samples, s => Assert.NotEqual(0, s.GetArrayLength()));
        Assert.All(samples.SelectMany(s => s.EnumerateArray()), f => Assert.InRange(f.GetInt32(), 0, frames - 1));
        Assert.All(weights, w => Assert.True(w > 0));
        Assert.Equal((0, weights.Sum()), (start, end));
    }

    private static long Total(JsonElement root) => root.GetProperty("profiles").EnumerateArray().Sum(p => p.GetProperty("weights").EnumerateArray().Sum(w => w.GetInt64()));

    private static string[] Frames(JsonElement root) => [.. root.GetProperty("shared").GetProperty("frames").EnumerateArray().Select(f => f.GetProperty("name").GetString()!)];

    private static JsonElement Write(StackWeight weight) => JsonDocument.Parse(ExportedSpans.Write(o => new SpeedscopeSpans(o, weight, "story"))).RootElement;
}
