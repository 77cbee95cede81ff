using System.Text;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Spans;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Spans;

/// <summary>Markers that are written in pieces, and what happens when a piece is missing.</summary>
public class MarkerFragmentTests
{
    [Fact]
    public void A_marker_in_pieces_is_one_at_the_time_of_the_last_and_its_pieces_are_no_io()
    {
        Reading reading = Read(c => c.Write(100, 3, ">:1:").Write(100, 3, "ab.cd").Write(100, 3, ":k=").Write(100, 3, "v:").Write(100, 4, "x").Write(100, 3, "<:1:ab.cd:").Write(100, 3, ":"));
        SpanRecord span = Assert.Single(reading.Spans);
        Assert.Equal(("ab.cd", "k=v", 6000L), (span.Tags.Text, Encoding.UTF8.GetString(span.Arguments), span.Duration));
        Assert.Equal(CaptureBuilder.Start + 7000, span.Start);
        Assert.Equal(["ab.cd"], reading.Io.Select(io => io.SpanTags));
        AssertCounts(reading, markers: 2, bad: 0, unfinished: 0);
    }

    [Theory]
    [InlineData(">:t:a\\.b.c\\\\:k\\==v\\,w,l=:")]
    [InlineData("[\">\", \"t\", [\"a\\\"b\",\"c\"], [{\"k\":\"v\"}, {\"l\":\"w\"}]]")]
    public void A_marker_may_be_cut_between_any_two_bytes_and_everywhere(string marker)
    {
        SpanRecord whole = Assert.Single(Read(c => c.Write(100, 3, marker)).Spans);
        for (int at = 1; at < marker.Length; at++)
            AssertSame(whole, Read(c => c.Write(100, 3, marker[..at]).Write(100, 3, marker[at..])));
        AssertSame(whole, Read(c =>
        {
            foreach (char piece in marker)
                c.Write(100, 3, piece.ToString());
        }));
    }

    [Fact]
    public void The_pieces_belong_to_the_thread_on_whatever_descriptor()
    {
        Reading reading = Read(c => c.Open(100, 9, "/dev/null", 2).Write(100, 3, ">:1:a").Write(200, 3, ">:2:b").Write(100, 4, "x").Write(100, 9, "::").Write(200, 3, "::"));
        Assert.Equal(["a", "b"], reading.Spans.Select(s => s.Tags.Text));
        Assert.Equal([100, 200], reading.Spans.Select(s => s.Opener.Tid));
        Assert.Single(reading.Io);
    }

    [Fact]
    public void A_piece_that_makes_the_marker_invalid_ends_it()
    {
        Reading reading = Read(c => c.Write(100, 3, ">:1:a").Write(100, 3, "=b::").Write(100, 3, "::").Write(100, 3, ">:2:c::"));
        Assert.Equal("c", Assert.Single(reading.Spans).Tags.Text);
        Assert.Equal([4L, 2L], reading.Io.Select(io => io.Result));
        AssertCounts(reading, markers: 1, bad: 1, unfinished: 0);
    }

    // sysdig glues the two, finds no marker in them and never looks at the descriptor again.
    [Theory]
    [InlineData(">:1:lost.in.tags")]
    [InlineData(">:1:lost:name")]
    [InlineData("[\">\",1,[\"lost")]
    [InlineData(">:1:lost:k=v,")]
    public void A_marker_that_is_begun_and_not_finished_does_not_cost_the_next_one(string begun)
    {
        Reading reading = Read(c => c.Write(100, 3, begun).Write(100, 3, ">:2:next::").Write(100, 3, begun).Write(100, 3, "<:2:next::"));
        Assert.Equal(("next", SpanState.Finished), (Assert.Single(reading.Spans).Tags.Text, reading.Spans[0].State));
        AssertCounts(reading, markers: 2, bad: 2, unfinished: 0);
        Assert.Empty(reading.Io);
    }

    [Fact]
    public void Nor_does_it_cost_a_next_one_that_comes_in_pieces()
    {
        Reading reading = Read(c => c.Write(100, 3, ">:1:lost").Write(100, 3, ">:2:ne").Write(100, 3, "xt::"));
        Assert.Equal("next", Assert.Single(reading.Spans).Tags.Text);
        AssertCounts(reading, markers: 1, bad: 1, unfinished: 0);
    }

    // What the kernel wrote is longer than what was captured of it: the rest is not what comes next.
    [Fact]
    public void A_marker_that_the_capture_cut_short_does_not_wait_for_its_rest()
    {
        byte[] cut = Encoding.ASCII.GetBytes($">:1:lost:k={new string('v', 69)}");
        Reading reading = Read(c => c.Write(100, 3, cut, result: 200).Write(100, 3, ">:2:next::").Write(100, 3, ">:3:ab").Write(100, 3, cut, result: 200).Write(100, 3, "<:2:next::"));
        Assert.Equal(("next", SpanState.Finished), (Assert.Single(reading.Spans).Tags.Text, reading.Spans[0].State));
        AssertCounts(reading, markers: 2, bad: 3, unfinished: 0);
        Assert.Empty(reading.Io);
    }

    [Fact]
    public void A_marker_that_is_whole_in_what_was_captured_is_one()
    {
        byte[] data = Encoding.ASCII.GetBytes($">:1:a::{new string('v', 73)}");
        Assert.Equal("a", Assert.Single(Read(c => c.Write(100, 3, data, result: 4096)).Spans).Tags.Text);
    }

    [Fact]
    public void What_is_begun_when_the_capture_or_the_thread_ends_is_counted()
    {
        Reading reading = Read(c => c.Write(100, 3, ">:1:a").Write(200, 3, ">:1:b").Event(200, 186, 0L).Write(200, 3, "::"));
        Assert.Empty(reading.Spans);
        AssertCounts(reading, markers: 0, bad: 0, unfinished: 2);
    }

    [Fact]
    public void A_switch_marker_is_not_put_together()
    {
        Reading reading = Read(c => c.Write(100, 3, "=:1").Write(100, 3, ":::"));
        Assert.Equal(2, reading.Io.Count);
        AssertCounts(reading, markers: 0, bad: 1, unfinished: 0);
    }

    [Fact]
    public void A_nul_ends_the_text_of_a_write()
    {
        Reading reading = Read(c => c.Write(100, 3, ">:1:a::\0").Write(100, 3, "<:1:a\0b::").Write(100, 3, "<:1:a::"));
        Assert.Equal(SpanState.Finished, Assert.Single(reading.Spans).State);
        AssertCounts(reading, markers: 2, bad: 1, unfinished: 0);
    }

    [Fact]
    public void Above_64_KiB_the_beginning_and_the_write_that_came_on_top_are_given_up()
    {
        string piece = new('a', 20_000);
        Reading fits = Read(c => c.Write(100, 3, ">:1:").Write(100, 3, piece).Write(100, 3, piece).Write(100, 3, piece).Write(100, 3, piece).Write(100, 3, "::"));
        Assert.Equal(80_000, Assert.Single(fits.Spans).Tags.Text.Length);

        Reading overflows = Read(c =>
        {
            c.Write(100, 3, ">:1:");
            for (int i = 0; i < 5; i++)
                c.Write(100, 3, piece);
            c.Write(100, 3, "::").Write(100, 3, ">:2:b::");
        });
        Assert.Equal("b", Assert.Single(overflows.Spans).Tags.Text);
        AssertCounts(overflows, markers: 1, bad: 1, unfinished: 0);
    }

    [Fact]
    public void More_threads_in_the_middle_of_a_marker_than_are_remembered_lose_old_ones_and_that_is_counted()
    {
        int threads = ScapLimits.MarkersInPieces + 10;
        CaptureBuilder capture = CaptureBuilder.Typical();
        for (int tid = 1000; tid < 1000 + threads; tid++)
            capture.EventBlock(0x217, tid, 9, 2, false, 3L, ">:1"u8.ToArray());
        for (int tid = 1000; tid < 1000 + threads; tid++)
            capture.EventBlock(0x217, tid, 9, 2, false, 3L, $":{tid}::");
        Reading reading = Reading.Of(capture);
        Assert.Equal(Enumerable.Range(1010, threads - 10).Select(tid => $"{tid}"), reading.Spans.Select(s => s.Tags.Text));
        AssertCounts(reading, markers: threads - 10, bad: 0, unfinished: 10);
    }

    [SkippableFact]
    public void What_is_listed_is_what_sysdig_lists()
    {
        using TempFile file = Listed();
        string sysdig = Sysdig.Read(file.Path, "-p", "*%evt.num");
        Assert.Equal(sysdig.Split('\n', StringSplitOptions.RemoveEmptyEntries), Numbers(file.Path, includeHidden: false).Select(n => $"{n}"));
    }

    [Fact]
    public void What_enters_a_write_to_a_descriptor_that_carries_markers_is_hidden_and_so_are_pieces()
    {
        using TempFile file = Listed();
        Assert.Equal([1, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 27, 28, 29, 30, 31, 33], Numbers(file.Path, includeHidden: false));
        Assert.Equal(Enumerable.Range(1, 33), Numbers(file.Path, includeHidden: true));
    }

    // A marker in pieces; a duplicate, which carries markers too; writev, whose entering is never hidden; a read; a new descriptor; a fork.
    private static TempFile Listed()
    {
        CaptureBuilder capture = Capture().Write(100, 3, ">:1:a").Write(100, 3, "::").Event(100, 124, 3L).Event(100, 125, 9L).Write(100, 9, "<:1:").Write(100, 9, "a::")
            .Event(100, 118, 9L, 7u).Event(100, 119, 7L, ">:1:v::"u8.ToArray()).Read(100, 3, 0).Close(100, 9).Open(100, 9, "/dev/null").Write(100, 9, ">:2:b::");

        // A child has what its parent had when it forked, and what it finds out itself is its own.
        capture.Open(100, 10, "/dev/null").Event(100, 222);
        foreach ((int on, long result, long tid, long parent) in ((int, long, long, long)[])[(100, 300, 100, 1), (300, 0, 300, 100)])
        {
            capture.Event(
                on, 223, result, "/usr/bin/python", Array.Empty<byte>(), tid, tid, parent, "", 1024L, 0L, 0L, 10u, 5u, 0u, "python",
                Array.Empty<byte>(), 0u, 0u, 0u, tid, tid);
        }

        capture.Write(300, 9, "<:2:b::").Write(300, 10, ">:3:c::").Write(100, 10, "<:3:c::").Write(300, 10, "<:3:c::");
        TempFile file = new();
        File.WriteAllBytes(file.Path, capture.ToArray());
        return file;
    }

    private static List<int> Numbers(string path, bool includeHidden)
    {
        List<int> numbers = [];
        using CaptureFile reader = new(path, keepArguments: false, CancellationToken.None);
        reader.ReadEvents(new EventQuery { IncludeHidden = includeHidden }, e => numbers.Add((int)e.Number));
        return numbers;
    }

    private static void AssertSame(SpanRecord whole, Reading pieces)
    {
        SpanRecord span = Assert.Single(pieces.Spans);
        Assert.Equal((whole.Id, whole.Tags.Text, whole.Tags.Tags.Length), (span.Id, span.Tags.Text, span.Tags.Tags.Length));
        Assert.Equal(whole.Arguments, span.Arguments);
        AssertCounts(pieces, markers: 1, bad: 0, unfinished: 0);
    }

    private static void AssertCounts(Reading reading, long markers, long bad, long unfinished) =>
        Assert.Equal((markers, bad, unfinished), (reading.Statistics.Markers, reading.Statistics.BadMarkers, reading.Statistics.UnfinishedMarkers));

    private static CaptureBuilder Capture()
    {
        CaptureBuilder other = new CaptureBuilder().Processes(CaptureBuilder.Process(200, "other")).Fds(200, FdRecord.ForFile(3, "/dev/null", 2));
        return CaptureBuilder.Typical().Raw(other.ToArray());
    }

    private static Reading Read(Action<CaptureBuilder> script)
    {
        CaptureBuilder capture = Capture();
        script(capture);
        Reading reading = Reading.Of(capture);
        Assert.Null(reading.Error);
        return reading;
    }
}
