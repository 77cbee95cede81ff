using System.Diagnostics;
using System.Text;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Spans;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Spans;

/// <summary>Markers that try to make the reader slow or large: its work grows with the bytes of the file and no faster.</summary>
public class HostileMarkerTests
{
    // Far above what a slow machine needs, far below what quadratic work would take.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_hundred_thousand_open_spans_nest_and_close_from_either_end()
    {
        const int Count = 100_000;
        Reading inside = Within(c =>
        {
            for (int i = 0; i < Count; i++)
                c.Write(100, 3, $">:{i}:a::");
            for (int i = Count; i-- > 0;)
                c.Write(100, 3, $"<:{i}:a::");
        });
        Assert.Equal(Count - 1, inside.Spans[0].Depth);
        Assert.All(inside.Spans, s => Assert.Equal(SpanState.Finished, s.State));

        Reading outside = Within(c =>
        {
            // One id and a switch marker: all of them stand in one list of the look-up by id.
            c.Write(100, 3, "=:1:::");
            for (int i = 0; i < Count; i++)
                c.Write(100, 3, $">:1:t{i}:parent=1:");
            for (int i = 0; i < Count; i++)
                c.Write(100, 3, $"<:1:t{i}::");
        });
        Assert.Equal(Count, outside.Spans.Count(s => s.State == SpanState.Finished));
    }

    [Fact]
    public void Events_in_a_hundred_thousand_open_spans_know_them_all_and_share_what_they_know()
    {
        const int Count = 100_000;
        CaptureBuilder capture = CaptureBuilder.Typical();
        for (int i = 0; i < Count; i++)
            capture.Write(100, 3, $">:{i}:a::");
        for (int i = Count; i-- > Count - 1000;)
            capture.Write(100, 3, $"<:{i}:a::").Write(100, 4, "x");
        using TempFile file = new();
        File.WriteAllBytes(file.Path, capture.ToArray());

        List<EventRecord> events = [];
        Stopwatch watch = Stopwatch.StartNew();
        using CaptureFile reader = new(file.Path, keepArguments: false, CancellationToken.None);
        reader.ReadEvents(new EventQuery(), events.Add);
        Assert.True(watch.Elapsed < s_patience, $"{watch.Elapsed}");
        Assert.Equal((Count - 1000, Count - 1001L, 0L), (events[^1].Spans.Length, events[^1].Span!.Id, events[^1].Spans[^1].Id));
        Assert.Same(events[^1].Span, events[^4].Span!.Outer);
    }

    [Fact]
    public void Tags_that_go_deeper_with_every_span_are_parents_of_one_another()
    {
        const int Count = 2_000;
        Reading reading = Within(c =>
        {
            StringBuilder tags = new("t");
            for (int i = 0; i < Count; i++, tags.Append(".t"))
                c.Write(100, 3, $">:1:{tags}::");
        });
        Assert.Equal(Enumerable.Range(0, Count), reading.Spans.Select(s => s.Depth));
        Assert.Equal(Count - 1, reading.Spans.Count(s => s.ParentEvidence == ParentEvidence.Tags));
    }

    [Fact]
    public void A_million_tags_in_the_markers_of_a_capture_are_a_million_tags()
    {
        string many = new('.', 62_500 - 1);
        Reading reading = Within(c =>
        {
            for (int i = 0; i < 16; i++)
                c.Write(100, 3, $">:{i}:{many}{i}::");
        });
        Assert.Equal(1_000_000, reading.Spans.Sum(s => s.Tags.Tags.Length));
    }

    [Theory]
    [InlineData('\\')]
    [InlineData('.')]
    [InlineData('a')]
    [InlineData('1')]
    public void A_marker_of_64_KiB_of_one_byte_is_read_once(char fill)
    {
        string tags = new(fill, 65_000);
        Reading reading = Within(c =>
        {
            for (int i = 0; i < 50; i++)
                c.Write(100, 3, $">:1:{tags}::").Write(100, 3, $"<:1:{tags}::");
        });
        Assert.Equal(50, reading.Spans.Count);
        Assert.All(reading.Spans, s => Assert.Equal(SpanState.Finished, s.State));
    }

    [Theory]
    [InlineData(">:1:", "a")]
    [InlineData(">:1:a:", "b=c,")]
    [InlineData(">:1:a:", "a:b")]
    [InlineData("[\">\",1,[", "\"a\",")]
    [InlineData("[\">\",1,[\"", "\\\"")]
    [InlineData("[\">\",1", " ")]
    public void A_marker_that_never_ends_is_given_up_again_and_again(string begin, string more)
    {
        Reading reading = Within(c =>
        {
            string piece = string.Concat(Enumerable.Repeat(more, 16));
            for (int i = 0; i < 6_000; i++)
                c.Write(100, 3, i % 2_500 == 0 ? begin : piece);
            c.Write(100, 3, ">:9:last::");
        });
        Assert.Equal("last", Assert.Single(reading.Spans).Tags.Text);
        Assert.True(reading.Statistics.BadMarkers > 0);
        Assert.Equal(0, reading.Statistics.UnfinishedMarkers);
    }

    private static Reading Within(Action<CaptureBuilder> script)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        script(capture);
        byte[] bytes = capture.ToArray();
        Stopwatch watch = Stopwatch.StartNew();
        Reading reading = Reading.Of(bytes);
        Assert.Null(reading.Error);
        Assert.True(watch.Elapsed < s_patience, $"{watch.Elapsed}");
        return reading;
    }
}
