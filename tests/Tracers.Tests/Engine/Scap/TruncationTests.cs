using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;
using Xunit;

namespace Tracers.Tests.Engine.Scap;

/// <summary>A capture cut off anywhere gives everything before the cut, then one error.</summary>
public class TruncationTests
{
    [Fact]
    public void A_capture_cut_at_any_byte_gives_all_whole_events_then_one_error_or_ends_between_blocks()
    {
        byte[] whole = Sample(out List<int> ends, out int firstEvent);
        Assert.Null(Reading.Of(whole).Error);
        for (int cut = 0; cut < whole.Length; cut++)
        {
            Reading reading = Reading.Of(whole[..cut]);
            int events = ends.Count(e => e <= cut);
            Assert.True(events == reading.Events.Count, $"cut at {cut}: {reading.Events.Count} of {events} events");
            bool clean = ends.Contains(cut);
            Assert.True(clean == reading.Error is null, $"cut at {cut}: {reading.Error?.Message ?? "no error"}");
            if (reading.Error is { } error)
                AssertNamesThePlace(error, cut, firstEvent, ends);
        }
    }

    [Fact]
    public void Gzip_cut_at_any_byte_gives_whole_events_in_order_then_one_error()
    {
        byte[] plain = Sample(out _, out _);
        byte[] gzip = GzipReadingTests.Compress(plain);
        List<SeenEvent> expected = Reading.Of(plain).Events;
        int most = 0;
        for (int cut = 2; cut < gzip.Length; cut++)
        {
            Reading reading = Reading.Of(gzip[..cut]);
            Assert.True(reading.Error is not null, $"cut at {cut}: no error");
            Assert.True(reading.Events.Count >= most, $"cut at {cut}: fewer events than before");
            most = reading.Events.Count;
            Assert.Equal(expected.Take(most).Select(e => (e.Number, e.Type, e.Timestamp)), reading.Events.Select(e => (e.Number, e.Type, e.Timestamp)));
        }

        Assert.Equal(expected.Count, most);
    }

    [Fact]
    public void Gzip_cut_between_members_ends_like_a_plain_capture_cut_there()
    {
        byte[] plain = Sample(out List<int> ends, out _);
        byte[] first = GzipReadingTests.Compress(plain[..ends[2]]), second = GzipReadingTests.Compress(plain[ends[2]..]);
        Assert.Null(Reading.Of(first).Error);
        Assert.Equal(ends.Count, Reading.Of([.. first, .. second]).Events.Count);
        Reading cut = Reading.Of([.. first, .. second[..(second.Length / 2)]]);
        Assert.Equal("gzip stream", cut.Error!.Field);
        Assert.InRange(cut.Events.Count, 3, ends.Count - 1);
    }

    private static void AssertNamesThePlace(ScapFormatException error, int cut, int firstEvent, List<int> ends)
    {
        Assert.NotEmpty(error.Field);
        Assert.Contains(error.Path, error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Offset, 0, cut);
        if (cut > firstEvent)
            Assert.Equal(ends.Where(e => e <= cut).DefaultIfEmpty(firstEvent).Max(), error.Offset);
    }

    private static byte[] Sample(out List<int> ends, out int firstEvent)
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Block(0x201, new byte[180])
            .Block(0x205, [1, 0, 2, 0, .. new byte[12], .. new byte[8], .. "lo"u8]).Processes(CaptureBuilder.Process(100))
            .Fds(100, FdRecord.ForFile(3, "/dev/null", 2));
        firstEvent = capture.Length;
        List<int> found = [];
        capture.Event(100, 8, 3L, 7u);
        found.Add(capture.Length);
        capture.EventBlock(0x217, 100, 9, 2, false, 7L, ">:1:a::"u8.ToArray());
        found.Add(capture.Length);
        capture.EventBlock(0x204, 100, 8, 0, false, 3L, 7u);
        found.Add(capture.Length);
        capture.EventBlock(0x222, 100, 324, 0, true, new byte[300]);
        found.Add(capture.Length);
        capture.Event(100, 9, 7L, "<:1:a::"u8.ToArray());
        found.Add(capture.Length);
        ends = found;
        return capture.ToArray();
    }
}
