using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Traces;
using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Analysis.Traces;

public sealed class TraceForestTests
{
    // A trace over two threads, a span that never ends in it, and one of which only the end is there.
    private static TraceStory Story() => new TraceStory()
        .At(10, "<:9:lost::")
        .At(100, ">:1:a::").At(110, ">:1:a.x::", 101).At(120, ">:1:a.b::").At(130, ">:1:a.b.c::").At(140, "<:1:a.b.c::").At(150, "<:1:a.b::")
        .At(160, "<:1:a.x::", 101).At(170, "<:1:a::")
        .At(200, ">:2:open::").At(210, ">:2:open.in::").At(220, "<:2:open.in::").At(900, ">:3:late::").At(950, "<:3:late::");

    [Fact]
    public void Spans_stand_below_their_parents_in_the_order_in_which_they_began()
    {
        TraceForest forest = Story().Forest();
        Assert.Equal(["a 0", " a.x 1", " a.b 1", "  a.b.c 2", "open 0", " open.in 1", " late 1"], Lines(forest));
        Assert.Equal(7, forest.Count);
        Assert.All(forest.Roots, r => Assert.False(r.LacksParent));
    }

    [Fact]
    public void What_was_handed_out_in_another_order_and_twice_makes_the_same_trees()
    {
        List<SpanRecord> spans = Story().Spans(out long end);
        spans.Reverse();
        Assert.Equal(Lines(Story().Forest()), Lines(new TraceForest([.. spans, .. spans], end)));
    }

    [Fact]
    public void A_span_without_its_parent_is_a_root_of_what_is_there()
    {
        TraceForest forest = Story().Forest(new SpanQuery { Tag = tags => tags.Tags.Length > 1 });
        Assert.Equal(["a.x 0", "a.b 0", " a.b.c 1", "open.in 0"], Lines(forest));
        Assert.All(forest.Roots, r => Assert.True(r.LacksParent));
    }

    [Fact]
    public void An_unfinished_span_reaches_to_the_end_of_the_capture()
    {
        TraceNode open = Story().Forest().Roots[1];
        Assert.True(open.IsUnfinished);
        Assert.Equal(950, open.End - CaptureBuilder.Start);
        Assert.False(open.Children[0].IsUnfinished);
    }

    [Fact]
    public void Without_the_end_of_the_capture_it_reaches_to_what_the_spans_tell_of()
    {
        List<SpanRecord> spans = Story().Spans(new SpanQuery());
        Assert.Equal(950, new TraceForest(spans, 0).CaptureEnd - CaptureBuilder.Start);
        spans.RemoveAll(s => s.Tags.Text == "late");
        Assert.Equal(220, new TraceForest(spans, 0).CaptureEnd - CaptureBuilder.Start);

        // What was done in it was counted up to the end.
        Assert.Equal(950, new TraceForest(Story().Spans().Where(s => s.Tags.Text == "open"), 0).CaptureEnd - CaptureBuilder.Start);
    }

    [Fact]
    public void An_orphan_stands_in_no_tree()
    {
        TraceForest forest = Story().Forest();
        Assert.Equal("lost", Assert.Single(forest.Orphans).Tags.Text);
        Assert.DoesNotContain(forest.All(), n => n.Span.Tags.Text == "lost");
    }

    [Fact]
    public void The_spans_of_a_trace_know_its_root()
    {
        List<SpanRecord> spans = Story().Spans();
        long root = spans.Single(s => s.Tags.Text == "a").Sequence;
        Assert.Equal(["a", "a.b", "a.b.c", "a.x"], spans.Where(s => s.RootSequence == root).Select(s => s.Tags.Text).Order());
        Assert.Equal(0, spans.Single(s => s.State == SpanState.Orphan).RootSequence);
        Assert.Equal(["a.b.c", "a.b", "a.x", "a"], Story().Spans(new SpanQuery { Roots = new HashSet<long> { root } }).Select(s => s.Tags.Text));
        Assert.Equal(["lost", "a", "open"], Story().Spans(new SpanQuery { OnlyRoots = true }).Select(s => s.Tags.Text));
    }

    [Fact]
    public void A_root_is_known_when_its_node_was_used_before_and_a_child_outlives_its_parent()
    {
        List<SpanRecord> spans = new TraceStory().At(1, ">:1:a::").At(2, "<:1:a::").At(3, ">:2:b::").At(4, ">:2:b.c::").At(5, "<:2:b::").At(6, ">:2:b.c.d::").At(7, "<:2:b.c.d::").At(8, "<:2:b.c::").Spans();
        Assert.Equal(["a 1", "b 2", "b.c.d 2", "b.c 2"], spans.Select(s => $"{s.Tags.Text} {s.RootSequence}"));
    }

    [Fact]
    public void Spans_may_lie_in_each_other_a_hundred_thousand_deep()
    {
        const int Depth = 100_000;
        TraceStory story = new();
        for (int i = 0; i < Depth; i++)
            story.At(i + 1, ">:1:a::");
        TraceForest forest = story.Forest(new SpanQuery());
        Assert.Equal(Depth - 1, forest.All().Last().Depth);
        
        // The last one began where the capture ends.
        Assert.Equal(Depth - 1, CriticalPath.Of(forest.Roots[0]).Count);
    }

    private static string[] Lines(TraceForest forest) => [.. forest.All().Select(n => $"{new string(' ', n.Depth)}{n.Span.Tags.Text} {n.Depth}")];
}
