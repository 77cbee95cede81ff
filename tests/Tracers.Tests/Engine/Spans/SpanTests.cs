using Tracers.Engine.Scap.Records;
using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Spans;

/// <summary>How markers pair into spans, and which span an I/O call lies in.</summary>
public class SpanTests
{
    [Fact]
    public void Nested_spans_of_one_name_close_from_the_inside()
    {
        Reading reading = Read(c => c.Write(100, 3, ">:1:a::").Write(100, 4, "x").Write(100, 3, ">:1:a::").Write(100, 4, "xx").Write(100, 3, "<:1:a::")
            .Write(100, 4, "xxx").Write(100, 3, "<:1:a::"));
        Assert.Equal([(2L, 1, 4000L), (1L, 0, 12_000L)], reading.Spans.Select(s => (s.Sequence, s.Depth, s.Duration)));
        Assert.Equal((1L, 1L, "a"), (reading.Spans[0].ParentSequence, reading.Spans[0].ParentId, reading.Spans[0].ParentTags!.Text));
        Assert.Null(reading.Spans[1].ParentTags);
        Assert.All(reading.Io, io => Assert.Equal("a", io.SpanTags));
    }

    [Fact]
    public void Io_belongs_to_the_newest_open_span_of_its_thread()
    {
        Reading reading = Read(c => c.Write(100, 4, "0").Write(100, 3, ">:1:a::").Write(100, 4, "1").Write(100, 3, ">:1:a.b::").Write(100, 4, "2")
            .Write(200, 4, "3").Write(100, 3, "<:1:a.b::").Write(100, 4, "4").Write(100, 3, "<:1:a::").Write(100, 4, "5"));
        Assert.Equal([null, "a", "a.b", null, "a", null], reading.Io.Select(io => io.SpanTags));
    }

    [Fact]
    public void Spans_may_interleave()
    {
        Reading reading = Read(c => c.Write(100, 3, ">:1:a::").Write(100, 3, ">:1:b::").Write(100, 4, "1").Write(100, 3, "<:1:a::").Write(100, 4, "2")
            .Write(100, 3, "<:1:b::").Write(100, 4, "3"));
        Assert.Equal(["b", "b", null], reading.Io.Select(io => io.SpanTags));
        Assert.Equal(["a", "b"], reading.Spans.Select(s => s.Tags.Text));
        Assert.All(reading.Spans, s => Assert.Equal(SpanState.Finished, s.State));
    }

    [Fact]
    public void Another_thread_may_close_a_span_and_both_are_known()
    {
        Reading reading = Read(c => c.Write(100, 3, ">:7:req:k=v:").Write(100, 4, "1").Write(200, 3, "<:7:req:done=1:").Write(100, 4, "2").Write(200, 4, "3"));
        SpanRecord span = Assert.Single(reading.Spans);
        Assert.Equal((100, 200, SpanState.Finished), (span.Opener.Tid, span.Closer!.Tid, span.State));
        Assert.Equal(("k=v", "done=1"), (Text(span.Arguments), Text(span.EndArguments)));
        Assert.Equal(["req", null, null], reading.Io.Select(io => io.SpanTags));
    }

    [Fact]
    public void A_span_is_closed_by_id_and_whole_tag_list()
    {
        Reading reading = Read(c => c.Write(100, 3, ">:1:a.b::").Write(100, 3, "<:2:a.b::").Write(100, 3, "<:1:a::").Write(100, 3, "<:1:a\\.b::").Write(100, 3, "<:1:\\a.\\b::"));
        Assert.Equal([SpanState.Orphan, SpanState.Orphan, SpanState.Orphan, SpanState.Finished], reading.Spans.Select(s => s.State));
        Assert.Equal(["a.b", "a", "a.b", "a.b"], reading.Spans.Select(s => s.Tags.Text));
        Assert.Single(reading.Spans[2].Tags.Tags);
    }

    [Fact]
    public void A_close_without_an_open_is_an_orphan_of_the_closing_thread()
    {
        SpanRecord orphan = Assert.Single(Read(c => c.Write(100, 3, "<:1:a::")).Spans);
        Assert.Equal((SpanState.Orphan, -1, CaptureBuilder.Start + 1000, 100, 0), (orphan.State, orphan.Start, orphan.End, orphan.Closer!.Tid, orphan.Sequence));
    }

    [Fact]
    public void A_span_that_is_never_closed_tags_io_to_the_end_and_is_handed_out_there()
    {
        Reading reading = Read(c => c.Write(100, 3, ">:1:a::").Write(100, 4, "x").Write(100, 3, ">:1:b::").Write(100, 4, "y"));
        Assert.Equal(["a", "b"], reading.Io.Select(io => io.SpanTags));
        Assert.Equal([("a", SpanState.Unfinished, 0L), ("b", SpanState.Unfinished, 0L)], reading.Spans.Select(s => (s.Tags.Text, s.State, s.End)));
    }

    [Fact]
    public void A_clock_that_goes_back_gives_a_duration_of_zero()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(100, 3, ">:1:a::");
        capture.Now -= 1_000_000;
        SpanRecord span = Assert.Single(Reading.Of(capture.Write(100, 3, "<:1:a::")).Spans);
        Assert.Equal((0, SpanState.Finished), (span.Duration, span.State));
        Assert.True(span.End < span.Start);
    }

    [Fact]
    public void A_thousand_spans_may_be_open_at_once()
    {
        Reading reading = Read(c =>
        {
            for (int i = 0; i < 1000; i++)
                c.Write(100, 3, $">:{i}:tag{i % 7}::");
            for (int i = 0; i < 1000; i += 2)
                c.Write(100, 3, $"<:{i}:tag{i % 7}::");
            for (int i = 999; i > 0; i -= 2)
                c.Write(100, 4, "x").Write(100, 3, $"<:{i}:tag{i % 7}::");
        });
        Assert.Equal(1000, reading.Spans.Count);
        Assert.All(reading.Spans, s => Assert.Equal(SpanState.Finished, s.State));
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), reading.Spans.Select(s => s.Id).Order());
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"tag{(999 - 2 * i) % 7}"), reading.Io.Select(io => io.SpanTags));
    }

    [Fact]
    public void Ids_and_tags_may_begin_with_zero()
    {
        Reading reading = Read(c => c.Write(100, 3, ">:0:0a::").Write(100, 4, "x").Write(100, 3, "<:0:0a::"));
        Assert.Equal((0L, "0a", SpanState.Finished), (reading.Spans[0].Id, reading.Spans[0].Tags.Text, reading.Spans[0].State));
        Assert.Equal("0a", reading.Io[0].SpanTags);
    }

    [Fact]
    public void A_write_that_is_no_marker_does_not_condemn_the_descriptor_and_is_io()
    {
        Reading reading = Read(c => c.Write(100, 3, "garbage").Write(100, 3, ">:1:bad=x::").Write(100, 3, ">:1:ok::").Write(100, 3, "<:1:ok::"));
        Assert.Equal("ok", Assert.Single(reading.Spans).Tags.Text);
        Assert.Equal([7L, 11L], reading.Io.Select(io => io.Result));
        Assert.Equal((2, 1), (reading.Statistics.Markers, reading.Statistics.BadMarkers));
        Assert.Equal([false, false, true, true], reading.Events.Where(e => e.Type == 9).Select(e => e.IsMarker));
    }

    [Fact]
    public void Only_writes_to_dev_null_are_markers_by_whatever_path_it_was_opened()
    {
        Reading reading = Read(c => c.Write(100, 4, ">:1:file::").Open(100, 9, "/dev/../dev//null", 2).Write(100, 9, ">:1:a::").Event(100, 124, 9L).Event(100, 125, 10L)
            .Write(100, 10, "<:1:a::").Event(100, 118, 10L, 7u).Event(100, 119, 7L, ">:1:v::"u8.ToArray()));
        Assert.Equal(["a", "v"], reading.Spans.Select(s => s.Tags.Text));
        Assert.Equal(10, Assert.Single(reading.Io).Result);
    }

    [Fact]
    public void The_flag_of_the_block_makes_a_write_a_marker_where_the_descriptor_is_not_known()
    {
        CaptureBuilder capture = new CaptureBuilder().Header();
        capture.EventBlock(0x217, 100, 9, 2, false, 7L, ">:1:a::"u8.ToArray());
        Assert.Single(Reading.Of(capture).Spans);
    }

    [Fact]
    public void The_result_of_the_write_does_not_matter() =>
        Assert.Single(Read(c => c.Write(100, 3, ">:1:a::"u8.ToArray(), result: -9)).Spans);

    [Fact]
    public void Nodes_that_are_used_again_carry_nothing_over()
    {
        Reading reading = Read(c => c.Write(100, 3, ">:1:a:k=v:").Write(100, 3, ">:2:b:l=w:").Write(200, 3, "<:2:b:m=x:").Write(100, 3, "<:1:a:n=y:")
            .Write(200, 3, ">:3:c::").Write(200, 3, "<:3:c::").Write(200, 3, "<:4:d::"));
        foreach (SpanRecord span in reading.Spans.Skip(2))
            Assert.Equal((0, 0, 0L, 0, 200), (span.Arguments.Length, span.EndArguments.Length, span.ParentSequence, span.Depth, span.Opener.Tid));
        Assert.Equal([2L, 1L, 3L, 0L], reading.Spans.Select(s => s.Sequence));
    }

    [Fact]
    public void A_thread_that_gets_a_dead_ones_tid_is_in_none_of_its_spans()
    {
        Reading reading = Read(c => c.Write(100, 3, ">:1:a::").Event(100, 186, 0L).Write(100, 4, "x").Write(200, 3, "<:1:a::"));
        Assert.Null(Assert.Single(reading.Io).SpanTags);
        Assert.Equal((SpanState.Finished, 100), (reading.Spans[0].State, reading.Spans[0].Opener.Tid));
    }

    private static Reading Read(Action<CaptureBuilder> script)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        CaptureBuilder other = new CaptureBuilder().Processes(CaptureBuilder.Process(200, "other"))
            .Fds(200, FdRecord.ForFile(3, "/dev/null", 2), FdRecord.ForFile(4, "/tmp/other", 2));
        capture.Raw(other.ToArray());
        script(capture);
        Reading reading = Reading.Of(capture);
        Assert.Null(reading.Error);
        return reading;
    }

    private static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);
}
