using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Analysis;

/// <summary>What was done in a span, and what its time went into: of one thread.</summary>
public class SpanWorkTests
{
    [Fact]
    public void The_time_of_a_span_is_taken_apart_by_what_its_calls_work_on()
    {
        SpanRecord span = new WorkStory().Mark(1, 100, ">:1:a::")
            .Read(2, 7, 100, 4, 100)
            .Read(8, 20, 100, 5, 7)
            .Read(20, 23, 100, 6, 40)
            .Event(24, 100, 64, 1UL, (ushort)0, 0UL).Event(34, 100, 65, 0L)
            .Event(34, 100, 158, 0UL).Event(36, 100, 159, 0UL, 0u, 0u, 0u)
            .Mark(40, 100, "<:1:a::").Span("a");
        Assert.Equal(39_000, span.Duration);
        Assert.Equal("file 5 network 12 pipe 3 wait 10 other 3 rest 6", WorkStory.Parts(span.Work!.Inclusive));
        Assert.Equal(span.Work.Inclusive, span.Work.Own);
    }

    [Theory]
    [InlineData(2, "file 9", "open: a path", "/x", 1u, 0u)]
    [InlineData(4, "file 9", "close of a file", 4L)]
    [InlineData(4, "network 9", "close of a socket", 5L)]
    [InlineData(22, "network 9", "connect", 5L, new byte[0])]
    [InlineData(22, "network 9", "connect of what is not known", 77L, new byte[0])]
    [InlineData(6, "other 9", "read of what is not known", 77L, 9u)]
    [InlineData(170, "pipe 9", "ioctl of a pipe", 6L, 1UL)]
    [InlineData(80, "wait 9", "poll", new byte[] { 0, 0 }, 1L)]
    [InlineData(78, "wait 9", "epoll_wait", 5L)]
    [InlineData(134, "wait 9", "nanosleep", 1UL)]
    [InlineData(250, "wait 9", "semop", 1)]
    [InlineData(0, "wait 9", "wait4", (ushort)69, (ushort)61)]
    [InlineData(0, "file 9", "fsync", (ushort)72, (ushort)74)]
    [InlineData(0, "other 9", "getpid", (ushort)36, (ushort)39)]
    [InlineData(160, "other 9", "mmap")]
    [InlineData(8, "other 9", "a write to /dev/null, which may be a marker", 3L, 5u)]
    [InlineData(188, "network 9", "sendfile goes where it writes", 5L, 4L, 0UL, 9UL)]
    [InlineData(166, "pipe 9", "splice goes where it writes", 5L, 6L, 9UL, 0u)]
    [InlineData(332, "file 9", "copy_file_range", 4L, 0UL, 9UL)]
    public void A_call_counts_as(int type, string part, string what, params object[] parameters)
    {
        // Its exit is not in the capture: it lasts until the span ends.
        WorkStory story = new WorkStory().Mark(1, 100, ">:1:a::").Event(2, 100, (ushort)type, parameters).Mark(10, 200, ">:2:b::").EndMark(11, 200, "<:1:a::");
        Assert.True(WorkStory.Parts(story.Span("a").Work!.Inclusive) == part + " rest 1", what);
    }

    [Fact]
    public void Calls_and_bytes_are_counted_when_they_return()
    {
        WorkTotals totals = new WorkStory().Mark(1, 100, ">:1:a::")
            .Read(2, 3, 100, 4, 100).Read(4, 5, 100, 5, 7).Read(6, 7, 100, 6, 40).Read(8, 9, 100, 77, 3).Read(10, 11, 100, 4, -9)
            .Event(12, 100, 8, 5L, 9u).Event(13, 100, 9, 11L, new byte[11])
            .Event(14, 100, 158, 0UL).Event(15, 100, 159, 0x8000_0000_0000_0000UL, 0u, 0u, 0u)
            .Event(15, 100, 160, 0UL, 1UL, 1u, 1u, 3L, 0UL).Event(15, 100, 161, -12L, 1u, 1u, 0u)
            .Event(16, 100, 2, "/none", 1u, 0u).Event(17, 100, 3, -2L, "/none", 1u, 0u, 0u)
            .Event(18, 100, 67, 0L, "no enter")
            .Mark(20, 100, "<:1:a::").Span("a").Work!.Own;
        Assert.Equal((10, 6, 3, 1), (totals.Calls, totals.IoCalls, totals.Errors, totals.UntimedCalls));
        Assert.Equal((161, 150, 11), (totals.Bytes, totals.ReadBytes, totals.WriteBytes));
        Assert.Equal((100, 18, 40, 3), (totals.FileBytes, totals.NetworkBytes, totals.PipeBytes, totals.OtherBytes));
    }

    [Fact]
    public void What_moves_from_a_file_to_a_socket_is_read_and_written()
    {
        WorkTotals totals = new WorkStory().Mark(1, 100, ">:1:a::").Event(2, 100, 188, 5L, 4L, 0UL, 9UL).Event(5, 100, 189, 9L, 9UL).Mark(9, 100, "<:1:a::").Span("a").Work!.Own;
        Assert.Equal((1, 2, 9, 9, 9, 9), (totals.Calls, totals.IoCalls, totals.ReadBytes, totals.WriteBytes, totals.FileBytes, totals.NetworkBytes));
        Assert.Equal("network 3 other 1 rest 4", WorkStory.Parts(totals));
    }

    [Fact]
    public void The_own_part_is_without_the_spans_inside()
    {
        WorkStory story = new WorkStory().Mark(1, 100, ">:1:a::").Read(2, 4, 100, 4, 10)
            .Mark(6, 100, ">:1:a.b::").Read(6, 9, 100, 5, 20).Mark(12, 100, "<:1:a.b::")
            .Read(13, 14, 100, 5, 5).Mark(20, 100, "<:1:a::");
        SpanWork a = story.Span("a").Work!, b = story.Span("a.b").Work!;

        // The beginning marker's own write lies in the span around, the closing one's in the span itself.
        Assert.Equal("network 3 other 1 rest 2", WorkStory.Parts(b.Inclusive));
        Assert.Equal(b.Inclusive, b.Own);
        Assert.Equal("file 2 network 4 other 3 rest 10", WorkStory.Parts(a.Inclusive));
        Assert.Equal("file 2 network 1 other 2 rest 8", WorkStory.Parts(a.Own));
        Assert.Equal((35, 15, 3, 2), (a.Inclusive.ReadBytes, a.Own.ReadBytes, a.Inclusive.Calls, a.Own.Calls));
    }

    [Fact]
    public void The_writes_of_markers_are_other_time_and_no_calls()
    {
        SpanRecord span = new WorkStory().Mark(1, 100, ">:1:a::").BeginMark(5, 100).EndMark(9, 100, "<:1:a::").Span("a");
        Assert.Equal("other 4 rest 4", WorkStory.Parts(span.Work!.Inclusive));
        Assert.Equal((0, 0, 0), (span.Work.Own.Calls, span.Work.Own.IoCalls, span.Work.Own.Bytes));
    }

    [Fact]
    public void A_span_holds_what_another_one_does_that_began_in_it_until_it_ends_itself()
    {
        WorkStory story = new WorkStory().Mark(1, 100, ">:9:root::").Mark(2, 100, ">:1:a::").Mark(3, 100, ">:2:b::")
            .Read(4, 6, 100, 4, 10).Mark(8, 100, "<:1:a::").Read(9, 12, 100, 5, 20).Mark(15, 100, "<:2:b::").Read(16, 17, 100, 4, 1).Mark(19, 100, "<:9:root::");
        SpanWork root = story.Span("root").Work!, a = story.Span("a").Work!, b = story.Span("b").Work!;
        Assert.Equal("file 2 other 2 rest 2", WorkStory.Parts(a.Inclusive));
        Assert.Equal("other 1", WorkStory.Parts(a.Own));
        Assert.Equal("file 2 network 3 other 2 rest 5", WorkStory.Parts(b.Inclusive));
        Assert.Equal("file 3 network 3 other 5 rest 7", WorkStory.Parts(root.Inclusive));
        Assert.Equal("file 1 other 2 rest 2", WorkStory.Parts(root.Own));
        Assert.Equal((10, 30, 31, 1), (a.Inclusive.Bytes, b.Inclusive.Bytes, root.Inclusive.Bytes, root.Own.Bytes));
    }

    [Fact]
    public void An_unfinished_span_is_accounted_for_up_to_the_end_of_the_capture()
    {
        SpanRecord span = new WorkStory().Mark(1, 100, ">:1:a::").Read(2, 5, 100, 4, 10).Mark(7, 100, ">:2:b::").Event(8, 100, 6, 5L, 9u).Event(20, 200, 6, 5L, 9u).Span("a");
        Assert.Equal("file 3 network 12 other 1 rest 3", WorkStory.Parts(span.Work!.Inclusive));
        Assert.Equal("file 3 other 1 rest 2", WorkStory.Parts(span.Work.Own));
        Assert.Equal(10, span.Work.Inclusive.Bytes);
    }

    [Fact]
    public void A_section_of_a_file_ends_what_is_open_and_the_next_one_begins_anew()
    {
        WorkStory first = new WorkStory().EndMark(1, 100, ">:1:a::").Read(2, 5, 100, 4, 10).Event(9, 100, 6, 5L, 9u);
        WorkStory second = new WorkStory().Read(20, 21, 100, 4, 5).EndMark(30, 100, ">:1:b::").EndMark(34, 100, "<:1:b::");
        List<SpanRecord> spans = WorkStory.Spans([.. first.Capture.ToArray(), .. second.Capture.ToArray()]);
        Assert.Equal(["a", "b"], spans.Select(static s => s.Tags.Text));
        Assert.Equal("file 3 rest 5", WorkStory.Parts(spans[0].Work!.Inclusive));
        Assert.Equal("rest 4", WorkStory.Parts(spans[1].Work!.Inclusive));
        Assert.Equal((10, 0), (spans[0].Work!.Inclusive.Bytes, spans[1].Work!.Inclusive.Bytes));
    }

    [Fact]
    public void Spans_can_be_deep_and_a_call_in_the_innermost_one_is_in_all_of_them()
    {
        const int Depth = 5000;
        WorkStory story = new();
        for (int i = 1; i <= Depth; i++)
            story.EndMark(i, 100, $">:{i}:t::");
        story.Read(Depth + 1, Depth + 4, 100, 4, 10);

        // A second thread in the innermost one is a second thread in all of them.
        story.EndMark(Depth + 5, 200, $"=:{Depth}:::").Read(Depth + 6, Depth + 8, 200, 5, 20);
        for (int i = Depth; i > 0; i--)
            story.EndMark((2 * Depth) + 10 - i, 100, $"<:{i}:t::");
        List<SpanRecord> spans = story.Spans();
        Assert.Equal(Depth, spans.Count);
        Assert.All(spans, static s => Assert.Equal((30, 3000, 2000), (s.Work!.Inclusive.Bytes, s.Work.Inclusive.FileTime, s.Work.Inclusive.NetworkTime)));
        Assert.All(spans, static s => Assert.Equal(s.Duration, s.Work!.Inclusive.Time));
        Assert.All(spans.Skip(1), static s => Assert.Equal((0, 2000), (s.Work!.Own.Bytes, s.Work.Own.Time)));
    }

    [Fact]
    public void Of_a_span_whose_beginning_is_not_in_the_capture_nothing_is_known() =>
        Assert.Null(new WorkStory().Read(1, 2, 100, 4, 10).Mark(4, 100, "<:1:a::").Span("a").Work);

    [Fact]
    public void Where_only_exits_were_recorded_all_time_is_rest_and_the_calls_say_so()
    {
        WorkTotals totals = new WorkStory().EndMark(1, 100, ">:1:a::").Event(9, 100, 7, 10L, new byte[10], 4L, 10u).Event(12, 100, 65, 0L).EndMark(20, 100, "<:1:a::").Span("a").Work!.Inclusive;
        Assert.Equal("rest 19", WorkStory.Parts(totals));
        Assert.Equal((2, 2, 10, 10), (totals.Calls, totals.UntimedCalls, totals.Bytes, totals.FileBytes));
    }

    [Fact]
    public void A_close_that_is_earlier_than_events_before_it_shortens_the_rest_first()
    {
        // The read ends behind the end of the span: the clocks of two processors differ.
        SpanRecord span = new WorkStory().EndMark(10, 100, ">:1:a::").Read(12, 20, 100, 4, 10).EndMark(17, 100, "<:1:a::").Span("a");
        Assert.Equal(7_000, span.Duration);
        Assert.Equal("file 7", WorkStory.Parts(span.Work!.Inclusive));
    }

    [Fact]
    public void A_call_that_ends_before_it_begins_takes_no_time()
    {
        SpanRecord span = new WorkStory().EndMark(10, 100, ">:1:a::").Read(15, 13, 100, 4, 10).Read(14, 16, 100, 5, 10).EndMark(20, 100, "<:1:a::").Span("a");
        Assert.Equal("network 2 rest 8", WorkStory.Parts(span.Work!.Inclusive));
    }

    [Fact]
    public void A_span_that_ends_before_it_begins_has_no_time_but_what_was_done_in_it()
    {
        SpanRecord span = new WorkStory().EndMark(10, 100, ">:1:a::").Read(12, 20, 100, 4, 10).EndMark(5, 100, "<:1:a::").Span("a");
        Assert.Equal(0, span.Duration);
        Assert.Equal("", WorkStory.Parts(span.Work!.Inclusive));
        Assert.Equal(10, span.Work.Own.Bytes);
    }

    [Fact]
    public void Nothing_is_accounted_for_unless_it_is_asked_for() =>
        Assert.All(Reading.Of(new WorkStory().Mark(1, 100, ">:1:a::").Mark(9, 100, "<:1:a::").Capture).Spans, s => Assert.Null(s.Work));
}
