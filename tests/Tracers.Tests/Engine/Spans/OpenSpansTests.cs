using Tracers.Engine.Spans;
using Tracers.Engine.State;
using Xunit;

namespace Tracers.Tests.Engine.Spans;

/// <summary>What events are told of the spans around them is what is open around their thread, however spans open, close and move.</summary>
public class OpenSpansTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void What_is_shared_between_events_is_what_is_open(int seed, bool switches)
    {
        Random random = new(seed);
        SpanTracker tracker = new(describes: false);
        TracedThread[] threads = [.. Enumerable.Range(100, 4).Select(tid => new TracedThread(new ThreadIdentity(tid, tid, 1, "t", 0), new FdTable()))];
        List<(SpanRef? Told, string Then)> told = [];
        for (int step = 0; step < 5000; step++)
        {
            MarkerKind kind = random.Next(switches ? 10 : 8) switch { < 4 => MarkerKind.Open, < 8 => MarkerKind.Close, _ => MarkerKind.Switch };
            Marker marker = new() { Kind = kind, Id = random.Next(12), Tags = default, Arguments = default };
            if (tracker.Apply(in marker, threads[random.Next(4)], step) is { } ended)
                tracker.Release(ended);

            TracedThread thread = threads[random.Next(4)];
            SpanRef? chain = tracker.OpenSpansOf(thread);
            string open = Open(SpanTracker.InnermostOf(thread));
            Assert.Equal(open, Text(chain));
            told.Add((chain, open));
        }

        Assert.All(told, t => Assert.Equal(t.Then, Text(t.Told)));
    }

    private static string Text(SpanRef? chain) => string.Join(' ', SpanRef.Chain(chain).Select(s => s.Sequence));

    private static string Open(SpanNode? innermost)
    {
        List<long> open = [];
        for (SpanNode? node = innermost; node is not null; node = node.Outer)
            open.Add(node.Sequence);
        return string.Join(' ', open);
    }
}
