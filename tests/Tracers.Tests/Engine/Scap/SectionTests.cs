using System.Text;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Scap;

public class SectionTests
{
    [Fact]
    public void The_smallest_capture_is_a_section_header_and_one_event()
    {
        Reading reading = Reading.Of(new CaptureBuilder().Header().Event(100, 8, 4L, 3u));
        Assert.Null(reading.Error);
        SeenEvent only = Assert.Single(reading.Events);
        Assert.Equal((1, 8, 100), (only.Number, only.Type, only.Tid));
        Assert.Null(only.ProcessName);
        Assert.Equal(new Version(1, 2), reading.Statistics.FormatVersion);
    }

    [Fact]
    public void An_empty_file_says_so() => AssertNoCapture([], "is empty");

    [Fact]
    public void Three_bytes_are_no_capture() => AssertNoCapture([0x0A, 0x0D, 0x0D], "not a capture");

    [Fact]
    public void A_picture_is_no_capture() => AssertNoCapture([0x89, .. "PNG\r\n\x1a\n\0\0\0\rIHDR"u8], "not a capture");

    [Fact]
    public void A_text_is_no_capture() => AssertNoCapture(Encoding.UTF8.GetBytes(new string('x', 5000)), "not a capture");

    [Fact]
    public void A_pcapng_file_is_no_capture_though_its_header_has_the_same_block_type() =>
        AssertNoCapture(CaptureBuilder.MakeBlock(0x0A0D0D0A, Written.Join(0x0A0D0D0A, (ushort)1, (ushort)0, ulong.MaxValue)), "not a capture");

    [Fact]
    public void A_big_endian_capture_is_refused_by_name() => AssertNoCapture(new CaptureBuilder().Header(magic: 0x4D3C2B1A).ToArray(), "big-endian");

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(ushort.MaxValue)]
    public void Another_major_version_asks_for_another_program(ushort major)
    {
        Reading reading = Reading.Of(new CaptureBuilder().Header(major).Event(100, 8, 4L, 3u));
        Assert.Equal("section header: major version", reading.Error!.Field);
        Assert.Contains($"{major}.2", reading.Error.Message, StringComparison.Ordinal);
        Assert.Empty(reading.Events);
    }

    [Fact]
    public void A_later_minor_version_is_read()
    {
        Reading reading = Reading.Of(new CaptureBuilder().Header(minor: 9).Write(100, 4, "abc"));
        Assert.Null(reading.Error);
        Assert.Equal(2, reading.Events.Count);
        Assert.Equal(new Version(1, 9), reading.Statistics.FormatVersion);
    }

    [Fact]
    public void Options_in_the_section_header_are_passed_over()
    {
        byte[] options = [1, 0, 5, 0, .. "hello\0\0\0"u8, 0, 0, 0, 0];
        byte[] header = CaptureBuilder.MakeBlock(0x0A0D0D0A, [.. Written.Join(0x1A2B3C4D, (ushort)1, (ushort)2, ulong.MaxValue), .. options]);
        Assert.Equal(2, Reading.Of(new CaptureBuilder().Raw(header).Write(100, 4, "abc")).Events.Count);
    }

    [Fact]
    public void A_capture_without_events_is_an_error_that_says_what_is_missing()
    {
        Reading reading = Reading.Of(CaptureBuilder.Typical());
        Assert.Equal("event block", reading.Error!.Field);
        Assert.Contains("no events", reading.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_section_forgets_threads_descriptors_and_spans_and_numbering_goes_on()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(100, 3, ">:1:a::").Open(100, 9, "/tmp/x");
        CaptureBuilder second = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(200, "other"));
        capture.Raw(second.ToArray()).Write(200, 9, "abc").Write(100, 3, "<:1:a::");
        Reading reading = Reading.Of(capture);

        Assert.Null(reading.Error);
        Assert.Equal(2, reading.Statistics.Sections);
        Assert.Equal(Enumerable.Range(1, 8).Select(n => (long)n), reading.Events.Select(e => e.Number));
        Assert.Null(reading.Events[5].FdName);
        Assert.Null(reading.Events[7].ProcessName);
        Assert.Equal(SpanState.Unfinished, Assert.Single(reading.Spans).State);
    }

    [Fact]
    public void Open_spans_of_a_section_are_handed_out_once_when_the_next_one_is_damaged()
    {
        byte[] damaged = CaptureBuilder.MakeBlock(0x0A0D0D0A, Written.Join(0x1A2B3C4D, (ushort)2, (ushort)0, ulong.MaxValue));
        Reading reading = Reading.Of(CaptureBuilder.Typical().Write(100, 3, ">:1:a::").Raw(damaged));
        Assert.NotNull(reading.Error);
        Assert.Single(reading.Spans);
    }

    [Fact]
    public void Many_small_sections_take_little_time()
    {
        CaptureBuilder capture = new CaptureBuilder().Header();
        for (int tid = 1; tid <= 20_000; tid++)
            capture.Raw(CaptureBuilder.MakeBlock(0x216, Written.Join((ushort)0, 1L, (long)tid, 26, (ushort)8, 0)));
        byte[] header = new CaptureBuilder().Header().ToArray();
        for (int i = 0; i < 20_000; i++)
            capture.Raw(header);
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(20_001, Reading.Of(capture).Statistics.Sections);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 2000);
    }

    private static void AssertNoCapture(byte[] bytes, string why)
    {
        Reading reading = Reading.Of(bytes);
        ScapFormatException error = Assert.IsType<ScapFormatException>(reading.Error);
        Assert.Equal((0, "section header"), (error.Offset, error.Field));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Path, error.Message, StringComparison.Ordinal);
        Assert.Empty(reading.Events);
    }
}
