using System.Globalization;
using System.Text.Json;
using Tracers.Engine.Export.Spans;
using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Export.Spans;

/// <summary>The rules of the Trace Event Format, checked by another reader.</summary>
public sealed class ChromeSpansTests
{
    private static readonly string s_text = ExportedSpans.Write(static o => new ChromeSpans(o, withWork: true));
    private static readonly JsonElement s_root = JsonDocument.Parse(s_text).RootElement;
    private static readonly JsonElement[] s_events = [.. s_root.GetProperty("traceEvents").EnumerateArray()];
    private static readonly List<SpanRecord> s_spans = ExportedSpans.Story().Spans();

    [Fact]
    public void Every_event_has_what_its_phase_needs()
    {
        Assert.Equal("ns", s_root.GetProperty("displayTimeUnit").GetString());
        foreach (JsonElement e in s_events)
        {
            Assert.NotEqual("", e.GetProperty("name").GetString());
            Assert.True(e.GetProperty("pid").GetInt64() is >= 0 and <= uint.MaxValue);
            Assert.True(e.GetProperty("tid").GetInt64() is >= 0 and <= uint.MaxValue);
            switch (Phase(e))
            {
                case "M":
                    Assert.Contains(e.GetProperty("name").GetString(), (string[])["process_name", "thread_name"]);
                    Assert.NotEqual("", e.GetProperty("args").GetProperty("name").GetString());
                    continue;
                case "X":
                    Assert.True(e.GetProperty("dur").GetDecimal() >= 0);
                    break;
                case "b" or "e":
                    Assert.Equal(JsonValueKind.String, e.GetProperty("id").ValueKind);
                    break;
                case "i":
                    Assert.Equal("t", e.GetProperty("s").GetString());
                    break;
                default:
                    Assert.Fail($"The phase {Phase(e)} is not expected.");
                    break;
            }

            Assert.True(e.GetProperty("ts").GetDecimal() >= 0);
            Assert.NotEqual("", e.GetProperty("cat").GetString());
        }
    }

    [Fact]
    public void Every_span_is_there_once_with_its_exact_times()
    {
        Assert.Equal(s_spans.Count, s_events.Count(e => Phase(e) is "X" or "b" or "i"));
        long zero = long.Parse(s_root.GetProperty("otherData").GetProperty("StartNanoseconds").GetString()!, CultureInfo.InvariantCulture);
        Assert.Equal(s_spans.Min(s => s.State == SpanState.Orphan ? s.End : s.Start), zero);
        foreach (SpanRecord span in s_spans)
        {
            JsonElement e = EventOf(span);
            decimal start = span.State == SpanState.Orphan ? span.End : span.Start;
            Assert.Equal(start, (e.GetProperty("ts").GetDecimal() * 1000) + zero);
            if (Phase(e) == "X" && span.State == SpanState.Finished)
                Assert.Equal(span.Duration, e.GetProperty("dur").GetDecimal() * 1000);
        }
    }

    [Fact]
    public void Complete_events_of_a_thread_lie_in_each_other_or_beside_each_other() => CheckNesting(s_events);

    /// <summary>Spans that are begun and ended by any of three threads in any order: they are all drawn, and none inside of what it does not belong to.</summary>
    [Fact]
    public void Chance_spans_are_drawn_by_the_rules()
    {
        Random random = new(5);
        for (int round = 0; round < 100; round++)
        {
            (List<SpanRecord> spans, long end) = ChanceSpans.Make(random);
            using MemoryStream output = new();
            ChromeSpans export = new(output, withWork: false);
            spans.ForEach(s => export.Add(s, "p"));
            export.EndCapture("p", end);
            export.Complete();
            JsonElement[] events = [.. JsonDocument.Parse(output.ToArray()).RootElement.GetProperty("traceEvents").EnumerateArray()];
            Assert.Equal(spans.Count, events.Count(e => Phase(e) is "X" or "b"));
            CheckNesting(events);
            CheckParents(events, spans);
        }
    }

    // Of every complete event the one that it is drawn in is an ancestor.
    private static void CheckParents(JsonElement[] events, List<SpanRecord> spans)
    {
        Dictionary<string, SpanRecord> byTag = spans.ToDictionary(s => s.Tags.Text);
        Dictionary<long, SpanRecord> bySequence = spans.ToDictionary(s => s.Sequence);
        foreach (IGrouping<long, JsonElement> thread in events.Where(e => Phase(e) == "X").GroupBy(e => e.GetProperty("tid").GetInt64()))
        {
            (string Tag, decimal Start, decimal End)[] all =
                [.. thread.Select(e => (e.GetProperty("name").GetString()!, e.GetProperty("ts").GetDecimal(), e.GetProperty("ts").GetDecimal() + e.GetProperty("dur").GetDecimal()))];
            foreach ((string tag, decimal start, decimal end) in all)
            {
                foreach ((string outer, _, _) in all.Where(o => o.Tag != tag && o.Start < start && o.End > end))
                {
                    SpanRecord? at = byTag[tag];
                    while (at is not null && at.Tags.Text != outer)
                        at = bySequence.GetValueOrDefault(at.ParentSequence);
                    Assert.NotNull(at);
                }
            }
        }
    }

    private static void CheckNesting(JsonElement[] events)
    {
        foreach (IGrouping<string, JsonElement> thread in events.Where(e => Phase(e) == "X").GroupBy(e => $"{e.GetProperty("pid")} {e.GetProperty("tid")}"))
        {
            (decimal Start, decimal End)[] all = [.. thread.Select(e => (e.GetProperty("ts").GetDecimal(), e.GetProperty("ts").GetDecimal() + e.GetProperty("dur").GetDecimal()))];
            for (int i = 0; i < all.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    (decimal Start, decimal End) a = all[i], b = all[j];
                    Assert.True(a.End <= b.Start || b.End <= a.Start || (a.Start >= b.Start && a.End <= b.End) || (b.Start >= a.Start && b.End <= a.End), $"{a} {b}");
                }
            }
        }
    }

    [Fact]
    public void What_is_drawn_inside_of_a_span_belongs_to_it()
    {
        // y began in x and went on after it; y.in lies in the time of nothing else that the thread's track has.
        Assert.Equal(["X", "b", "X", "X", "X", "b", "X", "X"], ((string[])["x", "y", "y.in", "req", "req.read", "cross", "cross.a", "part"]).Select(tag => Phase(EventOf(s_spans.Single(s => s.Tags.Text == tag)))));
    }

    [Fact]
    public void Asynchronous_events_come_in_pairs_with_an_id_of_their_own()
    {
        JsonElement[] events = [.. s_events.Where(e => Phase(e) is "b" or "e")];
        Assert.NotEmpty(events);
        foreach (IGrouping<string, JsonElement> pair in events.GroupBy(e => $"{e.GetProperty("cat")}/{e.GetProperty("id")}"))
        {
            Assert.Equal(["b", "e"], pair.Select(Phase));
            Assert.Single(pair.Select(e => e.GetProperty("name").GetString()).Distinct());
            Assert.Single(pair.Select(e => e.GetProperty("pid").GetInt64()).Distinct());
            Assert.True(pair.First().GetProperty("ts").GetDecimal() <= pair.Last().GetProperty("ts").GetDecimal());
        }
    }

    [Fact]
    public void An_unfinished_span_reaches_to_the_end_of_the_capture_and_says_so()
    {
        SpanRecord open = s_spans.Single(s => s.State == SpanState.Unfinished);
        JsonElement e = EventOf(open);
        Assert.Equal(300, e.GetProperty("dur").GetDecimal() * 1000);
        Assert.Equal("span,Unfinished", e.GetProperty("cat").GetString());
        Assert.Equal("Unfinished", e.GetProperty("args").GetProperty("State").GetString());
        Assert.False(e.GetProperty("args").TryGetProperty("Duration", out _));
    }

    [Fact]
    public void A_span_has_what_was_done_in_it_and_no_empty_properties()
    {
        JsonElement args = EventOf(s_spans.Single(s => s.Tags.Text == "req")).GetProperty("args");
        Assert.Equal((1070, 1), (args.GetProperty("Bytes").GetInt64(), args.GetProperty("Errors").GetInt64()));
        Assert.Equal(0, args.GetProperty("Own").GetProperty("Bytes").GetInt64());
        Assert.Equal("me", args.GetProperty("Arguments").GetProperty("who").GetString());
        Assert.Equal("200", args.GetProperty("EndArguments").GetProperty("status").GetString());
        Assert.False(args.TryGetProperty("ParentId", out _));
        Assert.DoesNotContain("null", s_text, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_and_processes_have_their_names() => Assert.Equal(
        ["process_name 100/100 web", "thread_name 100/100 web", "thread_name 100/101 web-2", "thread_name 100/102 web-3"],
        s_events.Where(e => Phase(e) == "M").Select(e => $"{e.GetProperty("name")} {e.GetProperty("pid")}/{e.GetProperty("tid")} {e.GetProperty("args").GetProperty("name")}"));

    [Fact]
    public void Processes_of_two_captures_are_two()
    {
        using MemoryStream output = new();
        ChromeSpans export = new(output, withWork: false);
        foreach (SpanRecord span in s_spans)
        {
            export.Add(span, "/a/one.scap");
            export.Add(span, "/b/two.scap");
        }

        export.Complete();
        JsonElement[] events = [.. JsonDocument.Parse(output.ToArray()).RootElement.GetProperty("traceEvents").EnumerateArray()];
        Assert.Equal(["web (one.scap)", "web (two.scap)"], events.Where(e => e.GetProperty("name").GetString() == "process_name").Select(e => e.GetProperty("args").GetProperty("name").GetString()));
        Assert.Equal(2, events.Select(e => e.GetProperty("pid").GetInt64()).Distinct().Count());
        Assert.All(events.Where(e => Phase(e) is "b" or "e").GroupBy(e => e.GetProperty("id").GetString()), pair => Assert.Equal(2, pair.Count()));
    }

    [Fact]
    public void Hostile_text_comes_back_as_it_was()
    {
        foreach (string text in ExportedSpans.Hostile)
        {
            JsonElement e = s_events.Single(e => e.GetProperty("name").GetString() == text);
            Assert.Equal([text], e.GetProperty("args").GetProperty("Tags").EnumerateArray().Select(t => t.GetString()));
            JsonProperty argument = Assert.Single(e.GetProperty("args").GetProperty("Arguments").EnumerateObject());
            Assert.Equal(ExportedSpans.Cut(text), argument.Name);
            Assert.Equal("v" + ExportedSpans.Cut(text), argument.Value.GetString());
        }

        Assert.DoesNotContain('<', s_text);
        Assert.DoesNotContain(s_text, c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain('\u202E', s_text);
    }

    private static JsonElement EventOf(SpanRecord span) => s_events.Single(e =>
        Phase(e) is "X" or "b" or "i" && e.GetProperty("args") is var args && args.GetProperty("Tag").GetString() == span.Tags.Text
        && (args.TryGetProperty("Start", out JsonElement start) ? start.GetInt64() : -1) == span.Start);

    private static string Phase(JsonElement e) => e.GetProperty("ph").GetString()!;
}
