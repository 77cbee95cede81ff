using Tracers.Engine.Report;
using Tracers.Engine.Spans;
using Tracers.Engine.State;
using Xunit;

namespace Tracers.Tests.Engine.Report;

public sealed class ReportSpanChoiceTests
{
    private static readonly ThreadIdentity s_thread = new(1, 1, 0, "app", 0);
    private static readonly TagTable s_tags = new();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 2)]
    [InlineData(100, 3)]
    [InlineData(1000, 4)]
    [InlineData(5000, 5)]
    [InlineData(20000, 6)]
    public void No_more_than_so_many_are_held_at_any_time_and_nothing_longer_is_left_out(int most, int seed)
    {
        SpanRecord[] all = Forest(seed, 8000);
        ReportSpanChoice choice = new(most, new HashSet<long>());
        foreach (SpanRecord span in all)
        {
            choice.Add(span);
            Assert.InRange(choice.Count, 0, most);
        }

        ReportSpan[] shown = choice.ToArray();
        Assert.Equal(all.Length, choice.Total);
        Assert.InRange(shown.Length, Math.Min(all.Length, most) * 3 / 4, Math.Min(all.Length, most));
        HashSet<long> sequences = [.. shown.Select(s => s.Identity.Sequence)];
        Assert.DoesNotContain(all, s => choice.AllAbove >= 0 && RankOf(s) > choice.AllAbove && !sequences.Contains(s.Sequence));
        Assert.Equal(most >= all.Length, choice.AllAbove == -1);
    }

    [Fact]
    public void When_there_is_room_for_all_all_are_held_with_their_places()
    {
        SpanRecord[] all = Forest(7, 3000);
        ReportSpanChoice choice = new(all.Length, new HashSet<long>());
        Array.ForEach(all, choice.Add);
        ReportSpan[] shown = choice.ToArray();
        Assert.Equal(all.OrderBy(s => s.Start).ThenBy(s => s.Sequence).Select(s => s.Sequence), shown.Select(s => s.Identity.Sequence));
        foreach (ReportSpan span in shown)
        {
            Assert.Equal(span.ParentSequence, span.Parent < 0 ? 0 : shown[span.Parent].Identity.Sequence);
            Assert.Equal(span.RootSequence, shown[span.Root].Identity.Sequence);
        }
    }

    [Theory]
    [InlineData(10, 11)]
    [InlineData(500, 12)]
    [InlineData(3000, 13)]
    public void What_is_around_a_held_span_is_held_and_nothing_is_without_a_reason(int most, int seed)
    {
        SpanRecord[] all = Forest(seed, 8000);
        ReportSpanChoice choice = new(most, new HashSet<long>());
        Array.ForEach(all, choice.Add);
        ReportSpan[] shown = choice.ToArray();
        Dictionary<long, SpanRecord> bySequence = all.Where(s => s.Sequence != 0).ToDictionary(s => s.Sequence);

        // The parent of a span can have ended before it and been left out: then nothing brings it back.
        foreach (ReportSpan span in shown.Where(s => s.ParentSequence != 0 && bySequence[s.ParentSequence].End >= s.End))
            Assert.Equal(span.ParentSequence, span.Parent < 0 ? 0 : shown[span.Parent].Identity.Sequence);
        HashSet<int> parents = [.. shown.Select(s => s.Parent)];
        for (int i = 0; i < shown.Length; i++)
            Assert.True(shown[i].IsLongest || shown[i].IsSampled || parents.Contains(i), $"{i}");
        Assert.Equal((shown.Count(s => s.IsLongest), shown.Count(s => s.IsSampled)), (choice.Longest, choice.Sampled));
    }

    [Fact]
    public void The_sample_is_spread_over_the_whole_capture_and_is_drawn_from_what_is_not_among_the_longest()
    {
        const int Count = 100_000;
        ReportSpanChoice choice = new(2000, new HashSet<long>());
        for (int i = 0; i < Count; i++)
            choice.Add(Span(i + 1, start: i * 10L, duration: 1000 + ((i * 7919L) % Count), parent: null));
        ReportSpan[] shown = choice.ToArray();
        Assert.Equal((2000, 800, 1200), (shown.Length, choice.Longest, choice.Sampled));
        Assert.Equal(Enumerable.Range(Count - 800, 800).Select(d => 1000L + d), shown.Where(s => s.IsLongest).Select(s => s.Duration).Order());

        // Each tenth of the capture, and each tenth of the durations, has its share: 120, with five times the deviation of a fair lot.
        foreach (Func<ReportSpan, long> place in new Func<ReportSpan, long>[] { s => s.Identity.Start / (Count * 10L / 10), s => (s.Duration - 1000) / (Count / 10) })
        {
            int[] tenths = [.. shown.Where(s => s.IsSampled).CountBy(place).OrderBy(p => p.Key).Select(p => p.Value)];
            Assert.Equal(10, tenths.Length);
            Assert.All(tenths, n => Assert.InRange(n, 120 - 52, 120 + 52));
        }
    }

    [Fact]
    public void Of_chosen_traces_the_longest_spans_are_held_however_short_they_are()
    {
        // Traces of a root and 300 short children; 5,000 long spans beside them.
        List<SpanRecord> all = [];
        long sequence = 1;
        for (int trace = 0; trace < 10; trace++)
        {
            SpanNode root = Node(sequence++, start: trace * 1000, parent: null);
            for (int child = 0; child < 300; child++)
                all.Add(Ended(Node(sequence++, start: (trace * 1000) + child, root), duration: 1 + child));
            all.Add(Ended(root, duration: 500));
        }

        for (int i = 0; i < 5000; i++)
            all.Add(Span(sequence++, start: 20_000 + i, duration: 1_000_000, parent: null));
        long[] roots = [.. all.Where(s => s.RootSequence == s.Sequence).Take(2).Select(s => s.Sequence)];
        ReportSpanChoice choice = new(1000, roots.ToHashSet());
        all.ForEach(choice.Add);
        ReportSpan[] shown = choice.ToArray();
        foreach (long root in roots)
        {
            IEnumerable<long> durations = shown.Where(s => s.RootSequence == root && s.IsOfTrace).Select(s => s.Duration).OrderDescending();
            Assert.Equal([500, .. Enumerable.Range(0, ReportLimits.SpansOfTrace - 1).Select(i => 300L - i)], durations);
        }

        Assert.Equal(2 * ReportLimits.SpansOfTrace, choice.OfTraces);
        Assert.Equal(1000, shown.Length);
    }

    [Fact]
    public void Parents_that_are_more_than_there_is_room_for_displace_even_the_longest()
    {
        // Chains of 50, whose innermost spans are the longest of all.
        ReportSpanChoice choice = new(100, new HashSet<long>());
        long sequence = 1;
        for (int chain = 0; chain < 100; chain++)
        {
            List<SpanNode> nodes = [];
            for (int depth = 0; depth < 50; depth++)
                nodes.Add(Node(sequence++, start: chain * 1000, nodes.LastOrDefault()));
            for (int depth = 49; depth >= 0; depth--)
            {
                choice.Add(Ended(nodes[depth], duration: depth == 49 ? 10_000 + chain : 1));
                Assert.InRange(choice.Count, 0, 100);
            }
        }

        ReportSpan[] shown = choice.ToArray();
        Assert.NotEmpty(shown);
        Assert.Equal(5000, choice.Total);
        Assert.All(shown.Where(s => s.ParentSequence != 0), s => Assert.True(s.Parent >= 0));
    }

    [Fact]
    public void Arguments_that_are_too_long_together_are_left_out_and_that_is_said()
    {
        ReportSpanChoice choice = new(100_000, new HashSet<long>());
        byte[] arguments = [.. "x="u8, .. Enumerable.Repeat((byte)'a', 900)];
        for (int i = 0; i < 20_000; i++)
        {
            SpanNode node = Node(i + 1, i, null);
            node.Arguments.Set(arguments);
            choice.Add(Ended(node, 10));
        }

        ReportSpan[] shown = choice.ToArray();
        Assert.InRange(shown.Sum(s => (long)s.ArgumentsLength), ReportLimits.ArgumentsLength - 2000, ReportLimits.ArgumentsLength * 11L / 10);
        Assert.Equal(["(left out"], shown.SkipWhile(s => s.Arguments.Length > 900).Select(s => s.Arguments[..9]).Distinct());
    }

    [Fact]
    public void An_unfinished_span_ranks_by_how_long_it_has_been_open_and_an_orphan_last()
    {
        ReportSpanChoice choice = new(3, new HashSet<long>());
        for (int i = 0; i < 100; i++)
            choice.Add(Span(i + 1, i, 10, null));
        choice.Add(new SpanRecord(Node(101, 5, null), s_tags) { Work = new SpanWork(new WorkTotals(), new WorkTotals { RestTime = 1000 }) });
        SpanNode orphan = new() { Id = 9, Tags = s_tags.Intern("t"u8), Start = -1, End = 50, Opener = s_thread, Closer = s_thread };
        choice.Add(new SpanRecord(orphan, s_tags));
        ReportSpan[] shown = choice.ToArray();
        Assert.Contains(shown, s => s is { State: SpanState.Unfinished, Duration: -1, Rank: 1000, IsLongest: true });
        Assert.DoesNotContain(shown, s => s is { State: SpanState.Orphan, IsLongest: true });
    }

    private static long RankOf(SpanRecord span) => span.State == SpanState.Orphan ? -1 : span.Duration;

    // Trees of random shape; spans end in any order, some of them behind their parents.
    private static SpanRecord[] Forest(int seed, int count)
    {
        Random random = new(seed);
        List<SpanNode> open = [];
        List<SpanRecord> ended = [];
        long sequence = 1;
        for (long now = 1; ended.Count < count; now += random.Next(1, 100))
        {
            if (sequence <= count && (open.Count == 0 || random.Next(2) == 0))
            {
                SpanNode? parent = open.Count > 0 && random.Next(5) > 0 ? open[random.Next(open.Count)] : null;
                open.Add(Node(sequence++, now, parent));
            }
            else if (open.Count > 0)
            {
                int at = random.Next(10) == 0 ? random.Next(open.Count) : open.Count - 1;
                SpanNode node = open[at];
                open.RemoveAt(at);
                ended.Add(Ended(node, now - node.Start));
            }
        }

        return [.. ended];
    }

    private static SpanRecord Span(long sequence, long start, long duration, SpanNode? parent) => Ended(Node(sequence, start, parent), duration);

    private static SpanNode Node(long sequence, long start, SpanNode? parent) => new()
    {
        Sequence = sequence,
        Id = sequence,
        Tags = s_tags.Intern("t"u8),
        Start = start,
        Opener = s_thread,
        Parent = parent,
        ParentSequence = parent?.Sequence ?? 0,
        RootSequence = parent?.RootSequence ?? sequence,
        Depth = parent is null ? 0 : parent.Depth + 1,
    };

    private static SpanRecord Ended(SpanNode node, long duration)
    {
        node.End = node.Start + duration;
        node.Closer = s_thread;
        return new SpanRecord(node, s_tags);
    }
}
