using Tracers.Engine.Analysis;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Export;

/// <summary>What is selected lies in the same spans as before, and spans last as long.</summary>
public class ExportSpanTests
{
    private const int Tid = CaptureBuilder.Tid;

    [Fact]
    public void A_span_in_which_nothing_is_selected_goes_and_any_other_stays_without_being_shown()
    {
        CaptureBuilder capture = CaptureBuilder.Typical()
            .Write(Tid, 3, ">:1:empty::").Write(Tid, 3, "<:1:empty::")
            .Write(Tid, 3, ">:2:full::").Read(Tid, 4, 10).Write(Tid, 3, "<:2:full::").Read(Tid, 5, 20);
        Exported exported = Exported.Of(capture, Exported.Named("read"));
        Assert.Equal([(8, 1u), (9, 3u), (6, 0u), (7, 0u), (8, 1u), (9, 3u), (6, 0u), (7, 0u)], exported.Blocks);
        Assert.Equal(["full", null], exported.Reading.Io.Select(io => io.SpanTags));
        Assert.Empty(exported.Reading.Spans);
        Assert.Equal(0, exported.Reading.Statistics.Markers);
    }

    [Fact]
    public void A_selected_end_keeps_the_beginning()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(Tid, 3, ">:1:a:k=v:").Read(Tid, 4, 10).Write(Tid, 3, "<:1:a::");
        Exported exported = Exported.Of(capture, new EventQuery { After = Exported.At(5) });
        Assert.Equal([(8, 1u), (9, 3u), (8, 1u), (9, 2u)], exported.Blocks);
        SpanRecord span = Assert.Single(exported.Reading.Spans);
        Assert.Equal((SpanState.Finished, 4000, "k=v"), (span.State, span.Duration, System.Text.Encoding.UTF8.GetString(span.Arguments)));
    }

    [Fact]
    public void A_selected_beginning_keeps_the_end_even_where_nothing_else_follows()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(Tid, 3, ">:1:a::").Read(Tid, 4, 10);
        for (int i = 0; i < 300; i++)
            capture.Open(Tid, 7, $"/tmp/{i}").Close(Tid, 7);
        capture.Write(Tid, 3, "<:1:a::");
        for (int i = 0; i < 300; i++)
            capture.Open(Tid, 7, $"/tmp/{i}").Close(Tid, 7);
        foreach (int held in (int[])[4096, 8 << 20])
        {
            Exported exported = Exported.Of(capture, new EventQuery { Before = Exported.At(4) }, held);
            Assert.Equal(Assert.Single(Reading.Of(capture).Spans).Duration, Assert.Single(exported.Reading.Spans).Duration);
            Assert.InRange(exported.Blocks.Count, 5, 6);
        }
    }

    [Fact]
    public void A_span_that_was_begun_long_before_is_around_what_is_selected()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Event(Tid, 124, 3L).Event(Tid, 125, 1L).Write(Tid, 1, ">:1:long::").Close(Tid, 1);
        for (int i = 0; i < 1000; i++)
            capture.Open(Tid, 7, $"/tmp/{i}").Close(Tid, 7);
        capture.Open(Tid, 1, "/tmp/other").Read(Tid, 4, 10).Write(Tid, 3, "<:1:long::");
        Exported exported = Exported.Of(capture, Exported.Named("read", "tracer"), heldBytes: 4096);
        Exported late = Exported.Of(capture, new EventQuery { Type = n => n is "read" or "tracer", After = Exported.At(4000) }, heldBytes: 4096);
        Assert.Equal("long", Assert.Single(exported.Reading.Io).SpanTags);
        Assert.Equal("long", Assert.Single(late.Reading.Io).SpanTags);
        Assert.Equal(Assert.Single(Reading.Of(capture).Spans).Duration, Assert.Single(late.Reading.Spans).Duration);
        Assert.InRange(late.Blocks.Count, 5, 200);
    }

    [Fact]
    public void A_switch_to_a_span_is_kept_as_the_write_that_other_readers_see()
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(Tid), CaptureBuilder.Process(101, pid: Tid, flags: 1))
            .Fds(Tid, FdRecord.ForFile(3, "/dev/null", 2), FdRecord.ForFile(4, "/tmp/blob.bin", 3));
        capture.Write(Tid, 3, ">:7:a::").Write(101, 3, "=:7:::").Read(101, 4, 10).Write(Tid, 3, "<:7:a::");
        Exported exported = Exported.Of(capture, Exported.Named("read"));
        Assert.Equal("a", Assert.Single(exported.Reading.Io).SpanTags);
        Assert.Equal([(8, 1u), (9, 3u), (8, 1u), (9, 1u), (6, 0u), (7, 0u)], exported.Blocks);
    }

    [Fact]
    public void A_marker_in_pieces_stays_whole()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(Tid, 3, ">:7:").Write(Tid, 3, "a::").Read(Tid, 4, 10);
        Exported exported = Exported.Of(capture, Exported.Named("read"));
        Assert.Equal("a", Assert.Single(exported.Reading.Io).SpanTags);
    }

    [Fact]
    public void Chosen_spans_are_shown_with_what_lies_in_them_and_nothing_else()
    {
        CaptureBuilder capture = CaptureBuilder.Typical()
            .Write(Tid, 3, ">:1:outer::").Read(Tid, 5, 1)
            .Write(Tid, 3, ">:2:slow::").Read(Tid, 4, 10).Write(Tid, 3, ">:3:slow.inner::").Read(Tid, 4, 20).Write(Tid, 3, "<:3:slow.inner::").Write(Tid, 3, "<:2:slow::")
            .Write(Tid, 3, ">:4:fast::").Read(Tid, 4, 30).Write(Tid, 3, "<:4:fast::").Write(Tid, 3, "<:1:outer::");
        List<SpanRecord> spans = Reading.Of(capture).Spans;
        SpanSelection chosen = new(spans.Where(s => s.Tags.Text == "slow"), SpanScope.Thread, SpanNesting.Any);
        Exported exported = Exported.Of(capture, new EventQuery { Spans = chosen });
        Assert.Equal([10, 20], exported.Reading.Io.Select(io => io.Result));
        Assert.Equal(["slow", "slow.inner"], exported.Reading.Io.Select(io => io.SpanTags));
        Assert.Equal(
            spans.Where(s => s.Tags.Text.StartsWith("slow", StringComparison.Ordinal)).Select(Text),
            exported.Reading.Spans.Select(Text));
    }

    private static string Text(SpanRecord s) => $"{s.Tags.Text} {s.Start} {s.Duration} {s.Depth} {s.ParentTags?.Text} {s.ParentEvidence}";
}
