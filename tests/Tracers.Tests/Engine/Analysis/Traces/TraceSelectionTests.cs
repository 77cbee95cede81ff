using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Traces;
using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Analysis.Traces;

public sealed class TraceSelectionTests
{
    private static TraceStory Story() => new TraceStory()
        .At(5, "<:9:lost::").At(10, ">:1:a::").At(20, ">:1:a.x::").At(30, "<:1:a.x::").At(40, "<:1:a::")
        .At(50, ">:2:b::").At(60, ">:2:b.x::").At(95, "<:2:b.x::").At(96, "<:2:b::").At(100, ">:3:c::").At(101, ">:3:c.x::").At(104, "<:3:c.x::").At(110, "<:9:end::");

    [Fact]
    public void The_traces_with_the_longest_chosen_spans_come_first()
    {
        List<SpanRecord> spans = Story().Spans(out long end);
        TraceSelection selection = Choose(spans, s => s.Tags.Text.EndsWith(".x", StringComparison.Ordinal));
        Assert.Equal(3, selection.TraceCount);
        Assert.False(selection.Contains(spans.Single(s => s.Tags.Text == "a")));
        selection.Take(2, end);
        Assert.Equal(["b", "a"], Tags(spans, selection.OrderedRoots));

        // As roots: c has been open for 10 ns when the capture ends.
        selection = Choose(spans, s => s.Depth == 0);
        Assert.Equal(2, selection.Orphans);
        selection.Take(3, end);
        Assert.Equal(["b", "a", "c"], Tags(spans, selection.OrderedRoots));
    }

    [Fact]
    public void An_open_span_counts_up_to_the_end_of_the_capture()
    {
        List<SpanRecord> spans = new TraceStory().At(1, ">:1:open::").At(2, ">:2:short:parent=9:").At(9, "<:2:short::").At(20, "<:9:end::").Spans(out long end);
        TraceSelection selection = Choose(spans, s => s.State == SpanState.Unfinished);
        selection.Take(1, end);
        Assert.Equal(["open"], Tags(spans, selection.OrderedRoots));
    }

    [Fact]
    public void What_was_chosen_must_come_again()
    {
        List<SpanRecord> spans = Story().Spans(out long end);
        TraceSelection selection = Choose(spans, s => s.Tags.Text.EndsWith(".x", StringComparison.Ordinal));
        selection.Take(1, end);
        selection.See(spans.Single(s => s.Tags.Text == "b"));
        CaptureChangedException error = Assert.Throws<CaptureChangedException>(selection.CheckAllSeen);
        Assert.Contains("'b.x' with the id 2, is not there any more", error.Message, StringComparison.Ordinal);
        selection.See(spans.Single(s => s.Tags.Text == "b.x"));
        selection.CheckAllSeen();
    }

    [Fact]
    public void Of_many_roots_only_the_longest_are_held_and_all_are_counted()
    {
        TraceStory story = new();
        long time = 0;
        for (int i = 0; i < 5000; i++)
        {
            story.At(time += 10, $">:{i}:r::").At(time += 1 + (i * 7919 % 5000), $"<:{i}:r::");
        }

        List<SpanRecord> spans = story.At(time + 1, ">:1:open::").At(time + 9000, "<:9:end::").Spans(out long end, new SpanQuery { OnlyRoots = true });
        TraceSelection bounded = new(3);
        TraceSelection all = new();
        foreach (SpanRecord span in spans)
        {
            bounded.Add(span);
            all.Add(span);
        }

        bounded.Take(3, end);
        all.Take(3, end);
        Assert.Equal(all.OrderedRoots, bounded.OrderedRoots);
        Assert.Equal(5001, bounded.TraceCount);
        Assert.True(spans.Count(bounded.Contains) < 2500, "Too many are held.");
    }

    private static TraceSelection Choose(List<SpanRecord> spans, Func<SpanRecord, bool> choose)
    {
        TraceSelection selection = new();
        foreach (SpanRecord span in spans.Where(choose))
            selection.Add(span);
        return selection;
    }

    private static IEnumerable<string> Tags(List<SpanRecord> spans, IEnumerable<long> roots) => roots.Select(r => spans.Single(s => s.Sequence == r).Tags.Text);
}
