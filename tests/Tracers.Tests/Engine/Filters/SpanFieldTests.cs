using Xunit;

namespace Tracers.Tests.Engine.Filters;

/// <summary>Fields of spans, at markers and at what lies between them.</summary>
public class SpanFieldTests
{
    private const int Other = 200;

    [Theory]
    [InlineData("span.id", 7L, 7L)]
    [InlineData("span.tags", "a.b", "a.b")]
    [InlineData("span.tag[0]", "a", "a")]
    [InlineData("span.tag[-1]", "b", "b")]
    [InlineData("span.tag[2]", null, null)]
    [InlineData("span.tag[-3]", null, null)]
    [InlineData("span.ntags", 2L, 2L)]
    [InlineData("span.nargs", 2L, 2L)]
    [InlineData("span.args", "k=v,x=1", "r=200")]
    [InlineData("span.arg.k", "v", null)]
    [InlineData("span.arg.r", null, "200")]
    [InlineData("span.arg[1]", "1", null)]
    [InlineData("span.arg[-1]", "1", "200")]
    [InlineData("span.arg[-2]", "v", null)]
    [InlineData("span.enterargs", "k=v,x=1", "k=v,x=1")]
    [InlineData("span.enterarg.x", "1", "1")]
    [InlineData("span.enterarg[0]", "v", "v")]
    [InlineData("span.duration", null, 2000L)]
    [InlineData("span.duration.human", null, "2.00us")]
    [InlineData("span.duration.fortag[1]", null, 2000L)]
    [InlineData("span.duration.fortag[0]", null, null)]
    [InlineData("span.count", 0L, 1L)]
    [InlineData("span.count.fortag[1]", 0L, 1L)]
    [InlineData("span.count.fortag[0]", 0L, 0L)]
    [InlineData("span.childcount.fortag[0]", 0L, 1L)]
    [InlineData("span.childcount.fortag[1]", 0L, 0L)]
    [InlineData("span.idtag[1]", "7b", "7b")]
    [InlineData("span.idtag[5]", "7", "7")]
    [InlineData("span.rawtime", "1480000000000001000", "1480000000000001000")]
    public void Markers_have(string field, object? begin, object? end) =>
        Assert.Equal([null, begin, end, null], Filtered.Values(CaptureBuilder.Typical().Write(100, 3, ">:7:a.b:k=v,x=1:").Write(100, 3, "<:7:a.b:r=200:").Write(100, 4, "x"), field)[..4]);

    // sysdig has the time of the marker itself there, whatever its own description says.
    [Fact]
    public void The_time_of_a_span_is_that_of_its_beginning()
    {
        object?[] times = Filtered.Values(CaptureBuilder.Typical().Write(100, 3, ">:1:a::").Write(100, 3, "<:1:a::"), "span.time");
        Assert.EndsWith(".000001000", Assert.IsType<string>(times[1]), StringComparison.Ordinal);
        Assert.Equal(times[1], times[2]);
    }

    [Theory]
    [InlineData("span.id", 9L)]
    [InlineData("span.tags", "gone")]
    [InlineData("span.args", "r=1")]
    [InlineData("span.arg.r", "1")]
    [InlineData("span.count", 1L)]
    [InlineData("span.nargs", null)]
    [InlineData("span.enterargs", null)]
    [InlineData("span.enterarg.r", null)]
    [InlineData("span.duration", null)]
    [InlineData("span.duration.human", null)]
    [InlineData("span.time", null)]
    [InlineData("span.rawtime", null)]
    [InlineData("span.rawparenttime", null)]
    public void Of_a_span_without_a_beginning_only_what_its_end_says_is_known(string field, object? expected) =>
        Assert.Equal([null, expected], Filtered.Values(CaptureBuilder.Typical().Write(100, 3, "<:9:gone:r=1:"), field));

    [Theory]
    [InlineData(@">:1:a\.b.c:k\=x=v\,w,=e:", "span.tags", "a.b.c")]
    [InlineData(@">:1:a\.b.c:k\=x=v\,w,=e:", "span.tag[0]", "a.b")]
    [InlineData(@">:1:a\.b.c:k\=x=v\,w,=e:", "span.ntags", 2L)]
    [InlineData(@">:1:a\.b.c:k\=x=v\,w,=e:", "span.args", "k=x=v,w,=e")]
    [InlineData(@">:1:a\.b.c:k\=x=v\,w,=e:", "span.arg.k=x", "v,w")]
    [InlineData(@">:1:a\.b.c:k\=x=v\,w,=e:", "span.nargs", 2L)]
    [InlineData(">:1:::", "span.tags", "")]
    [InlineData(">:1:::", "span.ntags", 0L)]
    [InlineData(">:1:::", "span.tag[0]", null)]
    [InlineData(">:1:::", "span.args", "")]
    [InlineData(">:1:a:k=1,k=2:", "span.arg.k", "1")]
    [InlineData("[\">\",1,[\"a.b\"],[{\"k\":\"v\"}]]", "span.tag[0]", "a.b")]
    public void Names_and_values_are_without_their_escapes(string marker, string field, object? expected) =>
        Assert.Equal(expected, Filtered.Values(CaptureBuilder.Typical().Write(100, 3, marker), field)[1]);

    [Fact]
    public void A_parent_began_when_its_marker_was_written()
    {
        CaptureBuilder c = CaptureBuilder.Typical().Write(100, 3, ">:1:a::").Write(100, 3, ">:1:a.b::").Write(100, 3, "<:1:a.b::").Write(100, 3, "<:1:a::");
        Assert.Equal([null, null, "1480000000000001000", "1480000000000001000", null], Filtered.Values(c, "span.rawparenttime"));
    }

    [Theory]
    [InlineData("span.duration > 1us", new long[] { 4 })]
    [InlineData("span.duration >= 2us and span.tags = a", new long[] { 4 })]
    [InlineData("span.duration < 1ms", new long[] { 4 })]
    [InlineData("not span.id exists", new long[] { 1, 5, 6 })]
    [InlineData("span.id != 1", new long[] { })]
    [InlineData("span.tags contains a", new long[] { 2, 4 })]
    public void What_is_no_marker_has_no_field_of_spans(string filter, long[] expected) =>
        Assert.Equal(expected, Filtered.Numbers(CaptureBuilder.Typical().Write(100, 3, ">:1:a::").Write(100, 3, "<:1:a::").Write(100, 4, "x").ToArray(), filter));

    // Two nested spans on one thread, and a third that begins within the inner one and ends behind both.
    private static CaptureBuilder Interleaved() => CaptureBuilder.Typical()
        .Write(100, 3, ">:1:a:u=x:")        // 1 2
        .Write(100, 4, "1")                 // 3 4
        .Write(100, 3, ">:1:a.b:w=y:")      // 6
        .Write(100, 4, "2")                 // 7 8
        .Write(100, 3, ">:2:c::")           // 10
        .Write(100, 3, "<:1:a.b::")         // 12
        .Write(100, 4, "3")                 // 13 14
        .Write(100, 3, "<:1:a::")           // 16
        .Write(100, 4, "4")                 // 17 18
        .Write(100, 3, "<:2:c::")           // 20
        .Write(100, 4, "5");                // 21 22

    [Theory]
    [InlineData("evtin.span.tags = a", new long[] { 3, 4, 6, 7, 8, 10, 12, 13, 14, 16 })]
    [InlineData("evtin.span.tags = a.b", new long[] { 7, 8, 10, 12 })]
    [InlineData("evtin.span.tags = c", new long[] { 12, 13, 14, 16, 17, 18, 20 })]
    [InlineData("evtin.span.tag[1] = b", new long[] { 7, 8, 10, 12 })]
    [InlineData("evtin.span.tag[-1] = a", new long[] { 3, 4, 6, 7, 8, 10, 12, 13, 14, 16 })]
    [InlineData("evtin.span.id = 2", new long[] { 12, 13, 14, 16, 17, 18, 20 })]
    [InlineData("evtin.span.arg.w = y", new long[] { 7, 8, 10, 12 })]
    [InlineData("evtin.span.arg[0] = x", new long[] { 3, 4, 6, 7, 8, 10, 12, 13, 14, 16 })]
    [InlineData("evtin.span.nargs = 0", new long[] { 12, 13, 14, 16, 17, 18, 20 })]
    [InlineData("evtin.span.id exists", new long[] { 3, 4, 6, 7, 8, 10, 12, 13, 14, 16, 17, 18, 20 })]
    [InlineData("evtin.span.tags != a", new long[] { 7, 8, 10, 12, 13, 14, 16, 17, 18, 20 })]
    public void A_filter_asks_all_spans_around_an_event(string filter, long[] expected) => Assert.Equal(expected, Filtered.Numbers(Interleaved().ToArray(), filter));

    [Theory]
    [InlineData("evtin.span.tags", new[] { null, null, "a", "a", null, "a.b", "a.b", null, null, "c", "c", null, "c", "c", null, null, null })]
    [InlineData("evtin.span.tag[1]", new[] { null, null, null, null, null, "b", "b", null, null, null, null, null, null, null, null, null, null })]
    [InlineData("evtin.span.arg[0]", new[] { null, null, "x", "x", null, "y", "y", null, null, "x", "x", null, null, null, null, null, null })]
    [InlineData("evtin.span.args", new[] { null, null, "u:x", "u:x", null, "w:y", "w:y", null, null, "", "", null, "", "", null, null, null })]
    public void A_value_is_that_of_the_newest_span_that_has_one(string field, object?[] expected) => Assert.Equal(expected, Filtered.Values(Interleaved(), field));

    // Each event of the capture by the thread that makes it: 100 opens, 101 is of its process, 300 its child, 400 a stranger.
    [Theory]
    [InlineData("evtin.span.id=5", new[] { 100 })]
    [InlineData("evtin.span.p.id=5", new[] { 100, 101 })]
    [InlineData("evtin.span.s.id=5", new[] { 100, 101, 300 })]
    [InlineData("evtin.span.m.id=5", new[] { 100, 101, 300, 400 })]
    [InlineData("evtin.span.m.tag[0]=t and evtin.span.m.ntags=1 and evtin.span.m.args=\"\"", new[] { 100, 101, 300, 400 })]
    public void A_scope_says_whose_events_lie_in_a_span(string filter, int[] threads)
    {
        CaptureBuilder c = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(100), CaptureBuilder.Process(101, pid: 100, flags: 0x2001), CaptureBuilder.Process(300) with { ParentTid = 100 }, CaptureBuilder.Process(400))
            .Fds(100, Tracers.Engine.Scap.Records.FdRecord.ForFile(3, "/dev/null", 2))
            .Write(100, 3, ">:5:t::");
        foreach (int tid in (int[])[100, 101, 300, 400])
            c.Event(tid, 60);
        c.Write(100, 3, "<:5:t::");
        foreach (int tid in (int[])[100, 101, 300, 400])
            c.Event(tid, 60);

        // What stands behind the closing marker, and the calls that write markers, are not told apart by their numbers.
        Assert.Equal(threads, Filtered.Numbers(c.ToArray(), $"evt.type=pipe and ({filter})").Select(static n => (int[])[100, 101, 300, 400] is var t ? t[n - 3] : 0));
    }

    [Fact]
    public void A_thread_that_a_marker_says_to_run_a_span_lies_in_it()
    {
        CaptureBuilder c = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(100), CaptureBuilder.Process(Other)).Fds(100, Tracers.Engine.Scap.Records.FdRecord.ForFile(3, "/dev/null", 2)).Fds(Other, Tracers.Engine.Scap.Records.FdRecord.ForFile(3, "/dev/null", 2))
            .Write(100, 3, ">:5:t::").Event(Other, 60).Write(Other, 3, "=:5:::").Event(Other, 60).Write(100, 3, "<:5:t::").Event(Other, 60);
        Assert.Equal([null, "t", null], Filtered.Values(c, "evtin.span.tags").Where((_, i) => i is 2 or 5 or 7));
    }
}
