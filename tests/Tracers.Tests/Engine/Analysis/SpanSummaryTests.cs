using System.Globalization;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Analysis;

/// <summary>Sums of spans by one key and by several.</summary>
public class SpanSummaryTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 10)];

    [Fact]
    public void A_row_has_all_sums()
    {
        // Two of 10 us and 20 us, one that never ends, one that began before.
        SpanTotals totals = Assert.Single(Measure("Tag", c =>
        {
            Mark(c, 0, 100, ">:1:a::");
            Mark(c, 10, 100, "<:1:a::");
            Mark(c, 20, 100, ">:2:a::");
            Mark(c, 40, 100, "<:2:a::");
            Mark(c, 50, 100, "<:9:a::");
            Mark(c, 60, 100, ">:3:a::");
        }).Rows).Totals;
        Assert.Equal((3, 1, 1), (totals.Ended, totals.Orphans, totals.Unfinished));
        Assert.Equal((30_000, 10_000, 20_000, 2), (totals.Durations.Total, totals.Durations.Minimum, totals.Durations.Maximum, totals.Durations.Count));
        Assert.Equal((30_000, 0), (totals.SelfTime, totals.ChildHits));
    }

    [Fact]
    public void Self_time_is_without_the_spans_inside_and_child_hits_count_them_at_any_depth() => Assert.Equal(
        ["a 100 40 3", "a.b 60 50 1", "a.b.c 10 10 0"],
        Rows(Measure("Tag", c =>
        {
            Mark(c, 0, 100, ">:1:a::");
            Mark(c, 10, 100, ">:1:a.b::");
            Mark(c, 15, 100, ">:1:a.b.c::");
            Mark(c, 25, 100, "<:1:a.b.c::");
            Mark(c, 50, 100, "<:1:a.b::");
            Mark(c, 60, 100, ">:1:a.b::");
            Mark(c, 80, 100, "<:1:a.b::");
            Mark(c, 100, 100, "<:1:a::");
        })));

    [Fact]
    public void Children_that_overlap_on_several_threads_take_their_time_once() => Assert.Equal(
        ["a 100 60 2", "b 30 30 0", "c 20 20 0"],
        Rows(Measure("Tag", c =>
        {
            Mark(c, 0, 100, ">:1:a::");
            Mark(c, 10, 200, ">:2:b:parent=1:");
            Mark(c, 30, 300, ">:3:c:parent=1:");
            Mark(c, 40, 200, "<:2:b::");
            Mark(c, 50, 300, "<:3:c::");
            Mark(c, 100, 100, "<:1:a::");
        })));

    [Fact]
    public void A_child_that_outlives_its_parent_takes_what_lies_inside() => Assert.Equal(
        ["b 100 100 0", "a 50 10 0"],
        Rows(Measure("Tag", c =>
        {
            Mark(c, 0, 100, ">:1:a::");
            Mark(c, 10, 200, ">:2:b:parent=1:");
            Mark(c, 50, 100, "<:1:a::");
            Mark(c, 110, 200, "<:2:b::");
        })));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Self_time_and_child_hits_are_what_the_spans_say_that_were_handed_out(int seed)
    {
        Reading reading = Reading.Of(Random(seed));
        ILookup<long, SpanRecord> children = reading.Spans.Where(s => s.State != SpanState.Orphan).ToLookup(s => s.ParentSequence);
        Dictionary<long, SpanRecord> bySequence = reading.Spans.Where(s => s.State != SpanState.Orphan).ToDictionary(s => s.Sequence);
        SpanRecord[] finished = [.. reading.Spans.Where(s => s.State == SpanState.Finished)];
        Assert.True(finished.Count(s => s.SelfTime < s.Duration) > 50, "Few spans have children.");
        foreach (SpanRecord span in finished)
        {
            // Markers have times of their own, so that no two are equal.
            SpanRecord[] inside = [.. Inside(span).OrderBy(i => i.Start)];
            long covered = 0, upTo = span.Start;
            foreach (SpanRecord other in inside)
            {
                long end = Math.Min(other.End == 0 ? long.MaxValue : other.End, span.End);
                covered += Math.Max(end - Math.Max(other.Start, upTo), 0);
                upTo = Math.Max(upTo, end);
            }

            Assert.Equal(span.Duration - covered, span.SelfTime);
            Assert.Equal(Hits(span), span.ChildHits);
        }

        // A span that ends is a hit of the nearest one around it that is still open, with all that were its own.
        long Hits(SpanRecord span) => finished.Where(other => Around(other) == span).Sum(other => 1 + Hits(other));

        SpanRecord? Around(SpanRecord span)
        {
            SpanRecord? around = span;
            do
                around = bySequence.GetValueOrDefault(around.ParentSequence);
            while (around is not null && around.End != 0 && around.End < span.End);
            return around;
        }

        IEnumerable<SpanRecord> Inside(SpanRecord span) => children[span.Sequence].SelectMany(child => Inside(child).Prepend(child));
    }

    [Fact]
    public void A_span_inside_of_one_that_has_ended_is_inside_of_the_next_around_it() => Assert.Equal(
        ["a 100 40 2", "a.b.c 50 50 0", "a.b 30 10 0"],
        Rows(Measure("Tag", c =>
        {
            Mark(c, 0, 100, ">:1:a::");
            Mark(c, 10, 100, ">:1:a.b::");
            Mark(c, 20, 200, ">:1:a.b.c::");
            Mark(c, 40, 100, "<:1:a.b::");
            Mark(c, 70, 200, "<:1:a.b.c::");
            Mark(c, 100, 100, "<:1:a::");
        })));

    [Theory]
    [InlineData("Tag", "a|a.b|x")]
    [InlineData("span.tags", "a|a.b|x")]
    [InlineData("Root", "a|x")]
    [InlineData("Tag[1]", "<null>|b")]
    [InlineData("tags[-1]", "a|b|x")]
    [InlineData("Id", "1|2|3")]
    [InlineData("Process", "<null>|python")]
    [InlineData("proc.pid", "100|200")]
    [InlineData("ThreadId", "100|200")]
    [InlineData("State", "Finished|Orphan|Unfinished")]
    [InlineData("Depth", "<null>|0|1")]
    [InlineData("Args.user", "<null>|me,too")]
    [InlineData("arguments.status", "200|<null>")]
    public void Every_key_has_its_values_and_null_where_there_is_none(string key, string values)
    {
        SpanSummary summary = Measure(key, Story);
        Assert.Equal(values.Split('|').Order(StringComparer.Ordinal), summary.Rows.Select(r => Text(r.Keys[0])).Order(StringComparer.Ordinal));
        Assert.Equal(4, summary.Rows.Sum(r => r.Totals.Ended + r.Totals.Unfinished));
    }

    [Fact]
    public void Several_keys_together_sum_up_to_each_alone()
    {
        string[] all = ["Tag", "Root", "Tag[1]", "Id", "Process", "ProcessId", "ThreadId", "State", "Depth", "Args.user"];
        SpanSummary together = Measure(all, Story);
        for (int i = 0; i < all.Length; i++)
            Assert.Equal(By(Measure(all[i], Story), 0), By(together, i));

        static IEnumerable<(string Key, long Ended, long Unfinished, long Total, long Self, long Hits)> By(SpanSummary summary, int index) => summary.Rows
            .GroupBy(r => Text(r.Keys[index]))
            .Select(g => (g.Key, g.Sum(r => r.Totals.Ended), g.Sum(r => r.Totals.Unfinished), g.Sum(r => r.Totals.Durations.Total), g.Sum(r => r.Totals.SelfTime), g.Sum(r => r.Totals.ChildHits)))
            .OrderBy(r => r.Key, StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Spans_that_were_handed_out_give_the_same_rows_as_their_capture(int seed)
    {
        CaptureBuilder capture = Random(seed);
        Reading reading = Reading.Of(capture);
        foreach (int? depth in (int?[])[null, 0, 1, 2])
        {
            SpanSummaryQuery query = Query("Tag", "ThreadId", "Depth") with
            {
                Depth = depth,
                Spans = new SpanQuery { Tag = t => t.Text != "x.y", Ids = new HashSet<long> { 1, 2 } },
            };
            SpanSummary handed = new(query);
            reading.Spans.ForEach(handed.Add);
            string[] expected = [.. Describe(Measure(query, capture))];
            Assert.NotEmpty(expected);
            Assert.Equal(expected, Describe(handed));
        }

        static IEnumerable<string> Describe(SpanSummary summary) => summary.Rows
            .Select(r => string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join('|', r.Keys.Select(Text))} {r.Totals.Ended} {r.Totals.Orphans} {r.Totals.Unfinished} {r.Totals.Durations.Total} {r.Totals.SelfTime} {r.Totals.ChildHits}"))
            .Order(StringComparer.Ordinal);
    }

    [Fact]
    public void At_a_depth_there_are_rows_of_so_many_tags_and_those_with_more_are_hits()
    {
        Assert.Equal(["a 100 1 1 2", "x 0 0 0 1"], Describe(0));
        Assert.Equal(["a.b 20 1 0 1", "x.y 0 1 1 0"], Describe(1));
        Assert.Equal(["a.b.c 10 1 0 0"], Describe(2));
        Assert.Empty(Describe(3));

        static IEnumerable<string> Describe(int depth)
        {
            CaptureBuilder c = CaptureBuilder.Typical();
            Mark(c, 0, 100, ">:1:a::");
            Mark(c, 10, 100, ">:1:a.b::");
            Mark(c, 15, 100, ">:1:a.b.c::");
            Mark(c, 25, 100, "<:1:a.b.c::");
            Mark(c, 30, 100, "<:1:a.b::");
            Mark(c, 100, 100, "<:1:a::");
            Mark(c, 110, 100, ">:1:a::");
            Mark(c, 120, 100, ">:1:::");
            Mark(c, 130, 100, "<:1:::");
            Mark(c, 140, 100, "<:7:x.y::");
            return Measure(Query("Tag") with { Depth = depth }, c).Rows
                .Select(r => $"{Text(r.Keys[0])} {r.Totals.Durations.Total / 1000} {r.Totals.Ended} {r.Totals.Unfinished + r.Totals.Orphans} {r.Totals.ChildHits}");
        }
    }

    [Fact]
    public void Several_captures_are_summed_up_though_their_names_are_numbered_differently()
    {
        SpanSummary summary = new(Query("Tag", "Args.n"));
        Pass(summary, c => Two(c, "a", "1", "b", "2"));
        Pass(summary, c => Two(c, "b", "2", "c", "3"));
        Assert.Equal(["a 1 1", "b 2 2", "c 3 1"], summary.Rows.Select(r => $"{r.Keys[0]} {r.Keys[1]} {r.Totals.Ended}").Order());

        static void Two(CaptureBuilder c, string tag, string n, string other, string m)
        {
            Mark(c, 0, 100, $">:1:{tag}:n={n}:");
            Mark(c, 5, 100, $"<:1:{tag}::");
            Mark(c, 6, 100, $">:1:{other}:n={m}:");
            Mark(c, 9, 100, $"<:1:{other}::");
        }
    }

    [Theory]
    [InlineData("Color")]
    [InlineData("Tag[")]
    [InlineData("Tag[x]")]
    [InlineData("Args.")]
    [InlineData("")]
    public void A_key_that_there_is_not_is_refused_with_those_that_there_are(string key) => Assert.StartsWith(
        $"Spans have no key '{key}'. Take one of Tag, Root, 'Tag[1]' (the second tag), Id,",
        Assert.Throws<FormatException>(() => SpanKey.Parse(key)).Message,
        StringComparison.Ordinal);

    private static void Story(CaptureBuilder c)
    {
        Mark(c, 0, 100, @">:1:a:user=me\,too:");
        Mark(c, 1, 100, ">:1:a.b::");
        Mark(c, 5, 100, "<:1:a.b:status=200:");
        Mark(c, 7, 100, ">:2:x::");
        Mark(c, 8, 100, "<:1:a::");
        Mark(c, 9, 200, "<:3:x::");
    }

    // Spans of a few ids and tags that open and close on three threads as it comes: nested, overlapping, orphaned and left open.
    private static CaptureBuilder Random(int seed)
    {
        Random random = new(seed);
        CaptureBuilder c = CaptureBuilder.Typical();
        string[] tags = ["a", "a.b", "a.b.c", "x", "x.y", "z"];
        for (int i = 0; i < 600; i++)
        {
            string args = random.Next(4) == 0 ? $"parent={random.Next(1, 4)}" : "";
            Mark(c, i + 1, random.Next(1, 4) * 100, $"{(random.Next(2) == 0 ? '>' : '<')}:{random.Next(1, 4)}:{random.GetItems(tags, 1)[0]}:{args}:");
        }

        return c;
    }

    // A marker that is written at so many microseconds, to a descriptor that the block itself says to be one of markers.
    private static void Mark(CaptureBuilder capture, int at, int tid, string marker)
    {
        capture.Now = CaptureBuilder.Start + (at * 1000L);
        byte[] data = System.Text.Encoding.UTF8.GetBytes(marker);
        capture.EventBlock(0x217, tid, 9, 2, wide: false, (long)data.Length, data);
    }

    private static IEnumerable<string> Rows(SpanSummary summary) =>
        summary.Rows.Select(r => $"{r.Keys[0]} {r.Totals.Durations.Total / 1000} {r.Totals.SelfTime / 1000} {r.Totals.ChildHits}");

    private static string Text(object? key) => Convert.ToString(key, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "<null>";

    private static SpanSummaryQuery Query(params IEnumerable<string> keys) => new() { Keys = [.. keys.Select(SpanKey.Parse)] };

    private static SpanSummary Measure(string key, Action<CaptureBuilder> script) => Measure([key], script);

    private static SpanSummary Measure(string[] keys, Action<CaptureBuilder> script)
    {
        SpanSummary summary = new(Query(keys));
        Pass(summary, script);
        return summary;
    }

    private static SpanSummary Measure(SpanSummaryQuery query, CaptureBuilder capture)
    {
        SpanSummary summary = new(query);
        Pass(summary, capture);
        return summary;
    }

    private static void Pass(SpanSummary summary, Action<CaptureBuilder> script)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        script(capture);
        Pass(summary, capture);
    }

    private static void Pass(SpanSummary summary, CaptureBuilder capture)
    {
        using CaptureFile file = new("memory", MemorySource.Of(capture.ToArray()), keepArguments: true, CancellationToken.None);
        file.MeasureSpans(summary);
    }
}
