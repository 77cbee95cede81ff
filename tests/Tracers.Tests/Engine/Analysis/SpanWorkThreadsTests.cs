using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Analysis;

/// <summary>What was done in a span, and what its time went into: where several threads have to do with it.</summary>
public class SpanWorkThreadsTests
{
    [Fact]
    public void A_call_that_a_close_of_another_thread_falls_into_is_taken_apart()
    {
        WorkStory story = new WorkStory().EndMark(0, 100, ">:9:root::").EndMark(1, 100, ">:1:a::").Event(3, 100, 6, 4L, 9u).EndMark(10, 200, "<:1:a::")
            .Event(20, 100, 7, 9L, Array.Empty<byte>()).EndMark(30, 100, "<:9:root::");
        SpanWork a = story.Span("a").Work!, root = story.Span("root").Work!;
        Assert.Equal("file 7 rest 2", WorkStory.Parts(a.Inclusive));
        Assert.Equal("file 10 rest 11", WorkStory.Parts(root.Own));
        Assert.Equal("file 17 rest 13", WorkStory.Parts(root.Inclusive));

        // It is charged where it returns.
        Assert.Equal((0, 9, 9), (a.Inclusive.Bytes, root.Own.Bytes, root.Inclusive.Bytes));
    }

    [Fact]
    public void A_moment_that_several_threads_share_counts_once_for_the_first_of_the_parts()
    {
        SpanRecord span = new WorkStory().EndMark(0, 100, ">:7:req::").EndMark(10, 200, "=:7:::")
            .Event(10, 100, 64, 1UL, (ushort)0, 0UL) // waits, while the other
            .Event(20, 200, 6, 5L, 9u)               // computes, then
            .Event(35, 200, 7, 9L, Array.Empty<byte>())
            .Event(40, 200, 6, 5L, 9u)
            .Event(45, 100, 65, 0L)
            .Event(46, 100, 6, 4L, 9u)               // a file goes before the network
            .Event(48, 100, 7, 9L, Array.Empty<byte>())
            .Event(50, 200, 7, 9L, Array.Empty<byte>())
            .Event(60, 100, 64, 1UL, (ushort)0, 0UL)
            .Event(61, 200, 64, 1UL, (ushort)0, 0UL)
            .Event(70, 100, 65, 0L)
            .EndMark(72, 100, "<:7:req::").Span("req");
        Assert.Equal("file 2 network 23 wait 9 rest 38", WorkStory.Parts(span.Work!.Inclusive));
        Assert.Equal(span.Work.Inclusive, span.Work.Own);
        Assert.Equal((5, 27), (span.Work.Own.Calls, span.Work.Own.Bytes));
    }

    [Fact]
    public void What_lies_between_two_threads_that_hand_a_span_on_is_rest()
    {
        SpanRecord span = new WorkStory().EndMark(0, 100, ">:7:req::").Read(1, 4, 100, 4, 10).EndMark(5, 100, "=:0:::").Read(5, 15, 100, 5, 100)
            .EndMark(20, 200, "=:7:::").Read(21, 27, 200, 5, 20).EndMark(30, 200, "<:7:req::").Read(31, 32, 200, 4, 100).Span("req");
        Assert.Equal("file 3 network 6 rest 21", WorkStory.Parts(span.Work!.Inclusive));
        Assert.Equal((30, 10, 20), (span.Work.Own.Bytes, span.Work.Own.FileBytes, span.Work.Own.NetworkBytes));
    }

    [Fact]
    public void A_span_on_another_thread_is_inside_of_its_parent()
    {
        WorkStory story = new WorkStory().EndMark(0, 100, ">:7:req::").Event(2, 100, 64, 1UL, (ushort)0, 0UL)
            .EndMark(10, 200, ">:7:req.load::").Read(12, 18, 200, 4, 50).EndMark(20, 200, "<:7:req.load::")
            .Event(25, 100, 65, 0L).EndMark(30, 100, "<:7:req::");
        SpanWork req = story.Span("req").Work!, load = story.Span("req.load").Work!;
        Assert.Equal("file 6 rest 4", WorkStory.Parts(load.Inclusive));
        Assert.Equal("file 6 wait 13 rest 11", WorkStory.Parts(req.Inclusive));

        // It is not its own time, whatever its own thread does meanwhile.
        Assert.Equal("wait 13 rest 7", WorkStory.Parts(req.Own));
        Assert.Equal((50, 0), (req.Inclusive.Bytes, req.Own.Bytes));
    }

    [Fact]
    public void A_parent_that_an_argument_names_holds_the_span_and_not_the_one_that_the_thread_was_in()
    {
        WorkStory story = new WorkStory().EndMark(0, 100, ">:5:far::").EndMark(1, 200, ">:6:near::").EndMark(2, 200, ">:7:x:parent=5:").Read(3, 8, 200, 4, 50)
            .EndMark(10, 200, "<:7:x::").EndMark(20, 200, "<:6:near::").EndMark(30, 100, "<:5:far::");
        SpanWork far = story.Span("far").Work!, near = story.Span("near").Work!;
        Assert.Equal("file 5 rest 25", WorkStory.Parts(far.Inclusive));
        Assert.Equal("rest 22", WorkStory.Parts(far.Own));
        Assert.Equal("rest 19", WorkStory.Parts(near.Inclusive));
        Assert.Equal((50, 0), (far.Inclusive.Bytes, near.Inclusive.Bytes));
    }

    [Fact]
    public void Two_spans_inside_at_once_leave_the_time_without_either_for_the_own_part()
    {
        WorkStory story = new WorkStory().EndMark(0, 100, ">:7:req::")
            .EndMark(10, 200, ">:7:req.a::").EndMark(15, 300, ">:7:req.b::")
            .Event(16, 200, 6, 4L, 9u).Event(17, 300, 6, 5L, 9u).Event(18, 200, 7, 1L, Array.Empty<byte>())
            .EndMark(20, 200, "<:7:req.a::").Event(24, 300, 7, 2L, Array.Empty<byte>()).EndMark(25, 300, "<:7:req.b::").EndMark(30, 100, "<:7:req::");
        SpanWork req = story.Span("req").Work!;
        Assert.Equal("rest 15", WorkStory.Parts(req.Own));
        Assert.Equal("file 2 network 6 rest 22", WorkStory.Parts(req.Inclusive));
        Assert.Equal("file 2 rest 8", WorkStory.Parts(story.Span("req.a").Work!.Inclusive));
        Assert.Equal("network 7 rest 3", WorkStory.Parts(story.Span("req.b").Work!.Inclusive));
    }

    [Fact]
    public void A_thread_that_ends_no_longer_works_in_the_spans_that_it_left_open()
    {
        SpanRecord span = new WorkStory().EndMark(0, 100, ">:7:req::").Event(5, 100, 0, (ushort)231, (ushort)231).Event(8, 100, 186, 0L).EndMark(20, 200, "<:7:req::").Span("req");
        Assert.Equal("other 3 rest 17", WorkStory.Parts(span.Work!.Inclusive));
    }

    [Fact]
    public void Switches_of_threads_say_how_much_of_the_rest_was_on_a_processor()
    {
        WorkStory story = new WorkStory().EndMark(0, 100, ">:1:early::").EndMark(2, 100, "<:1:early::").EndMark(3, 100, ">:2:a::")
            .Event(10, 100, 152, 300L, 0UL, 0UL, 0u, 0u, 0u)  // off
            .Event(25, 300, 152, 100L, 0UL, 0UL, 0u, 0u, 0u)  // and on
            .Event(30, 100, 6, 4L, 9u)
            .Event(31, 100, 152, 300L, 0UL, 0UL, 0u, 0u, 0u)  // a call that blocks stays one
            .Event(40, 300, 152, 100L, 0UL, 0UL, 0u, 0u, 0u)
            .Event(41, 100, 7, 9L, Array.Empty<byte>())
            .EndMark(50, 100, "<:2:a::");
        WorkTotals a = story.Span("a").Work!.Own;
        Assert.Equal("file 11 rest 36", WorkStory.Parts(a));
        Assert.Equal((21_000, 15_000), (a.CpuTime, a.OffCpuTime));
        Assert.Null(story.Span("early").Work!.Own.CpuTime);
        Assert.Null(story.Span("early").Work!.Own.OffCpuTime);
    }

    [Fact]
    public void Where_nobody_works_in_a_span_it_is_on_no_processor()
    {
        WorkTotals span = new WorkStory().EndMark(0, 100, ">:7:req::").Event(1, 200, 152, 300L, 0UL, 0UL, 0u, 0u, 0u).EndMark(10, 100, "=:0:::").EndMark(30, 200, "=:7:::")
            .EndMark(35, 200, "<:7:req::").Span("req").Work!.Inclusive;
        Assert.Equal((15_000, 20_000, 35_000), (span.CpuTime, span.OffCpuTime, span.RestTime));
    }
}
