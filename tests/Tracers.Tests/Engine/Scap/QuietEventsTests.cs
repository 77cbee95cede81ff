using System.Text;
using Tracers.Engine;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Engine.State;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Scap;

/// <summary>
/// A pass that hands out no events does not look closely at most of them. Whatever it then knows and says is what it knows and says when every
/// event is looked at, because its sink takes them all.
/// </summary>
public class QuietEventsTests
{
    private const int Rounds = 200;

    public static TheoryData<string> Loads => [.. RepeatedLoad.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Loads))]
    public void What_is_known_and_said_is_the_same_whether_or_not_events_are_handed_out(string load)
    {
        byte[] whole = Capture(load, out int events);
        AssertSame(whole, load);

        // Also of damaged events, whose enter event is not there, or which work on a descriptor that nobody knows.
        Random random = new(42);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] damaged = [.. whole];
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                int at = random.Next(events, damaged.Length);
                damaged[at] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)(damaged[at] ^ (1 << random.Next(8)));
            }

            AssertSame(damaged, $"{load}, round {round}");
        }
    }

    [SkippableTheory]
    [InlineData("vectors/demo.scap")]
    [InlineData("vectors/newstyle.scap")]
    [InlineData("captures/sf-nginx.scap")]
    [InlineData("captures/libs-sample-2023.scap")]
    public void The_same_of_real_captures(string path) => AssertSame(File.ReadAllBytes(Repository.Shared(path)), path);

    [Fact]
    public void The_first_event_can_be_the_damaged_one()
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        int at = capture.Length;
        byte[] bytes = capture.Read(CaptureBuilder.Tid, 4, 10).ToArray();

        // The length of the descriptor, which is the first parameter.
        bytes[at + 8 + 2 + 26] = 200;
        Known known = Known.Of(bytes, SinkWants.Spans);
        Assert.Equal(0, known.Events);
        Assert.Contains("parameter 0 of event type 6", known.Error, StringComparison.Ordinal);
        AssertSame(bytes, "damaged at once");
    }

    private static byte[] Capture(string load, out int events)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        events = capture.Length;
        for (int i = 0; i < 3; i++)
            RepeatedLoad.Kinds[load](capture);

        // Exits without enter events, calls that another call interrupts, and descriptors of no table.
        capture.Event(100, 7, 5L, "tail"u8.ToArray()).Event(100, 6, 4L, 10u).Event(100, 64, 1UL, (ushort)0, 1UL).Event(100, 7, 5L, "none"u8.ToArray())
            .Event(100, 6, 99L, 10u).Event(100, 7, 5L, "some"u8.ToArray()).Event(100, 34, 4L, 64u).Event(100, 35, 4L, "file"u8.ToArray(), Array.Empty<byte>())
            .Event(777, 70, 4L).Event(777, 71, 0L);
        return capture.ToArray();
    }

    private static void AssertSame(byte[] capture, string shown)
    {
        foreach (SinkWants wants in (SinkWants[])[SinkWants.Spans, SinkWants.Io, SinkWants.Counts, SinkWants.Io | SinkWants.Counts])
        {
            Known quiet = Known.Of(capture, wants);
            Known all = Known.Of(capture, wants | SinkWants.Events);
            Assert.True(quiet == all, $"{shown}, {wants}:\n{quiet}\n{all}");
        }
    }

    private sealed record Known(string? Error, long Events, long Skipped, long First, long Previous, long Last, string Said)
    {
        public static Known Of(byte[] capture, SinkWants wants)
        {
            StringBuilder said = new();
            using CapturePass pass = new("capture", MemorySource.Of(capture), keepArguments: true, CancellationToken.None);
            Sink sink = new(wants, said);
            string? error = null;
            try
            {
                pass.Run(ref sink);
            }
            catch (ScapFormatException e)
            {
                error = e.Message;
            }

            CaptureStatistics statistics = pass.Statistics;
            said.Append($"markers {statistics.Markers} {statistics.BadMarkers} {statistics.UnfinishedMarkers}\n");
            said.AppendJoin('\n', statistics.Counts.All().Select(static c => $"{c.Name} {c.Category} {c.Count}"));
            foreach (TracedThread thread in pass.State.Threads.All.OrderBy(static t => t.Tid))
            {
                said.Append($"\n{thread.Tid} of {thread.Pid} in {thread.EnterType}");
                if (thread.EnterType != TracedThread.NoCall)
                    said.Append($" since {thread.EnterTime} with {thread.EnterFd}");
                foreach ((long number, FdInfo fd) in thread.Fds.All.OrderBy(static fd => fd.Key))
                    said.Append($" {number}={fd.Kind}:{fd.NameText}:{fd.Role}");
            }

            return new Known(error, statistics.Events, statistics.SkippedEvents, pass.FirstTimestamp, pass.PreviousTimestamp, pass.LastTimestamp, said.ToString());
        }
    }

    private readonly struct Sink(SinkWants wants, StringBuilder said) : IPassSink
    {
        public SinkWants Wants => wants;

        public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
        {
        }

        public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
        {
        }

        public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number) =>
            said.Append($"{number}: {e.Type} of {outcome.Thread.Tid}, {outcome.FdNumber} {outcome.Fd?.NameText} {outcome.Result} {outcome.Latency} {traits}\n");

        public void Span(SpanNode span) => said.Append($"{span.Id} {span.Tags} {span.Start} {span.End}\n");
    }
}
