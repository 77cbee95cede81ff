using Tracers.Engine.Analysis.Traces;
using Xunit;

namespace Tracers.Tests.Engine.Analysis.Traces;

/// <summary>The longest path of traces that can be drawn with a pencil. Times are nanoseconds after the beginning.</summary>
public sealed class CriticalPathTests
{
    // a ██████████
    [Fact]
    public void A_span_alone_is_its_path() => AssertPath(S(0, "a", 10), "a 0-10");

    // a ██░░░██░░█
    // b   ███
    // c        ██
    [Fact]
    public void Children_one_after_the_other_are_on_it_and_the_gaps_are_the_parents() =>
        AssertPath([.. S(0, "a", 10), .. S(2, "a.b", 5), .. S(7, "a.c", 9)], "a 0-2", "a.b 2-5", "a 5-7", "a.c 7-9", "a 9-10");

    // a ██░░░░░░██
    // b   ██████
    // c    ███      waited for by nobody: b was still running when it ended
    [Fact]
    public void Of_children_beside_each_other_the_one_that_ends_last_is_on_it() =>
        AssertPath([.. S(0, "a", 10), .. S(2, "a.b", 8), .. S(3, "a.c", 6, 101)], "a 0-2", "a.b 2-8", "a 8-10");

    // a █████░░░░█
    // b  ░░░░░       c began when b ran, so that the wait for c says nothing of b
    // c     █████
    [Fact]
    public void A_child_that_overlaps_the_next_one_is_not_on_it() =>
        AssertPath([.. S(0, "a", 10), .. S(1, "a.b", 6), .. S(5, "a.c", 9, 101)], "a 0-5", "a.c 5-9", "a 9-10");

    // a ██░░░░░░
    // b   ██████░░░
    [Fact]
    public void Of_a_child_that_outlives_its_parent_the_part_in_it_counts() =>
        AssertPath([.. S(0, "a", 8), .. S(2, "a.b", 12)], "a 0-2", "a.b 2-8");

    [Fact]
    public void Of_two_that_outlive_it_the_one_that_began_first_is_on_it() =>
        AssertPath([.. S(0, "a", 8), .. S(2, "a.b", 12), .. S(4, "a.c", 20, 101)], "a 0-2", "a.b 2-8");

    // The child of the child ends in the child, but after the root.
    [Fact]
    public void What_lies_in_a_cut_child_is_cut_with_it() =>
        AssertPath([.. S(0, "a", 8), .. S(2, "a.b", 12), .. S(3, "a.b.c", 5), .. S(6, "a.b.d", 11)], "a 0-2", "a.b 2-3", "a.b.c 3-5", "a.b 5-6", "a.b.d 6-8");

    [Fact]
    public void A_child_that_begins_where_the_parent_ends_is_not_on_it() =>
        AssertPath([(0, ">:1:a::", 100), (2, ">:1:a.b::", 100), (8, "<:1:a::", 100), (8, ">:1:a.b.c::", 100), (9, "<:1:a.b.c::", 100), (10, "<:1:a.b::", 100)], "a 0-2", "a.b 2-8");

    [Fact]
    public void A_child_may_end_in_the_nanosecond_in_which_the_next_begins() =>
        AssertPath([(0, ">:1:a::", 100), (2, ">:1:a.b::", 100), (5, "<:1:a.b::", 100), (5, ">:1:a.c::", 100), (8, "<:1:a.c::", 100), (8, "<:1:a::", 100)], "a 0-2", "a.b 2-5", "a.c 5-8");

    [Fact]
    public void A_span_of_no_length_takes_no_part() =>
        AssertPath([(0, ">:1:a::", 100), (5, ">:1:a.b::", 100), (5, "<:1:a.b::", 100), (9, "<:1:a::", 100)], "a 0-9");

    [Fact]
    public void The_path_goes_through_all_levels() =>
        AssertPath([.. S(0, "a", 20), .. S(1, "a.b", 9), .. S(2, "a.b.c", 7), .. S(3, "a.b.d", 5, 101), .. S(11, "a.e", 18), .. S(12, "a.e.f", 18 - 1)],
            "a 0-1", "a.b 1-2", "a.b.c 2-7", "a.b 7-9", "a 9-11", "a.e 11-12", "a.e.f 12-17", "a.e 17-18", "a 18-20");

    [Fact]
    public void An_unfinished_span_is_on_it_to_the_end_of_the_capture() =>
        AssertPath([(0, ">:1:a::", 100), (2, ">:1:a.b::", 100), (9, ">:2:x::", 101)], "a 0-2", "a.b 2-9");

    /// <summary>Against a second way to say it: from the end backwards, moment by moment, by what the definition says of it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Chance_traces_have_the_path_that_the_definition_gives(int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 200; round++)
        {
            TraceNode root = ChanceTrace(random).Roots[0];
            IReadOnlyList<PathSection> path = CriticalPath.Of(root);
            Assert.Equal(root.Start, path[0].Start);
            Assert.Equal(root.End, path[^1].End);
            Assert.All(path.Zip(path.Skip(1)), p => Assert.Equal(p.First.End, p.Second.Start));
            Assert.All(path, s => Assert.True(s.Length > 0));
            List<string> expected = [];
            Walk(root, root.Start, root.End, expected);
            expected.Reverse();
            Assert.Equal(expected, Texts(path));
        }
    }

    // Recursive, and with a look at all children for every step.
    private static void Walk(TraceNode node, long start, long end, List<string> sections)
    {
        long time = end;
        List<TraceNode> left = [.. node.Children];
        while (true)
        {
            TraceNode? last = null;
            foreach (TraceNode child in left)
            {
                long childStart = Math.Max(child.Start, start), childEnd = Math.Min(child.End, end);
                if (childStart >= childEnd || childEnd > time)
                    continue;
                if (last is null || childEnd > Math.Min(last.End, end) || (childEnd == Math.Min(last.End, end) && child.Start < last.Start))
                    last = child;
            }

            long from = last is null ? start : Math.Min(last.End, end);
            if (from < time)
                sections.Add(Text(node, from, time));
            if (last is null)
                return;
            left.Remove(last);
            time = Math.Max(last.Start, start);
            Walk(last, time, from, sections);
        }
    }

    // Spans that any of three threads opens and closes in any order, every one below one that is open.
    private static TraceForest ChanceTrace(Random random)
    {
        TraceStory story = new TraceStory().At(1, ">:1:r::");
        List<int> open = [1];
        int ids = 1;
        long time = 1;
        for (int i = 0; i < 40 && open.Count > 0; i++)
        {
            time += random.Next(0, 4);
            int at = random.Next(open.Count);
            if (random.Next(2) == 0)
            {
                story.At(time, $">:{++ids}:s{ids}:parent={open[at]}:", 100 + random.Next(3));
                open.Add(ids);
            }
            else if (open[at] != 1)
            {
                story.At(time, $"<:{open[at]}:s{open[at]}::", 100 + random.Next(3));
                open.RemoveAt(at);
            }
        }

        story.At(time + random.Next(1, 5), "<:1:r::").At(time + 10, "<:77:end::");
        return story.Forest();
    }

    private static (long, string, int)[] S(long start, string tag, long end, int tid = 100) => [(start, $">:1:{tag}::", tid), (end, $"<:1:{tag}::", tid)];

    private static void AssertPath((long Time, string Marker, int Tid)[] markers, params string[] expected)
    {
        TraceStory story = new();
        foreach ((long time, string marker, int tid) in markers.OrderBy(m => m.Time))
            story.At(1000 + time, marker, tid);
        Assert.Equal(expected, Texts(CriticalPath.Of(story.Forest().Roots[0]), 1000));
    }

    private static string[] Texts(IReadOnlyList<PathSection> path, long zero = 0) => [.. path.Select(s => Text(s.Node, s.Start - zero, s.End - zero))];

    private static string Text(TraceNode node, long start, long end) => $"{node.Span.Tags.Text} {start - CaptureBuilder.Start}-{end - CaptureBuilder.Start}";
}
