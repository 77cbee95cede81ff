using System.IO.Compression;
using Xunit;

namespace Tracers.Tests.Engine.Scap;

public class GzipReadingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Gzip_of_one_or_many_members_reads_like_the_plain_capture(int members)
    {
        byte[] plain = Sample(20_000);
        byte[] gzip = [.. plain.Chunk(plain.Length / members + 1).SelectMany(Compress)];
        Reading expected = Reading.Of(plain), reading = Reading.Of(gzip);
        Assert.Null(reading.Error);
        Assert.True(reading.Statistics.Compressed);
        Assert.False(expected.Statistics.Compressed);
        Assert.Equal(expected.Events.Select(e => (e.Number, e.Type, e.Timestamp)), reading.Events.Select(e => (e.Number, e.Type, e.Timestamp)));
    }

    [Fact]
    public void Gzip_that_is_cut_in_the_middle_gives_what_can_be_inflated_and_one_error_that_names_the_stream()
    {
        byte[] gzip = Compress(Sample(20_000));
        Reading reading = Reading.Of(gzip[..(gzip.Length / 2)]);
        Assert.Equal("gzip stream", reading.Error!.Field);
        Assert.InRange(reading.Events.Count, 10_000, 30_000);
        Assert.Equal(reading.Events.Count, reading.Statistics.Events);
    }

    [Fact]
    public void Gzip_of_stored_blocks_that_is_cut_between_events_is_an_error_too_and_gives_nothing_that_was_not_there()
    {
        byte[] plain = Sample(50);
        byte[] gzip = Compress(plain, CompressionLevel.NoCompression);
        int header = gzip.AsSpan().IndexOf(plain);
        Assert.True(header > 0, "the blocks are not stored as they are");
        for (int events = 1; events < 100; events++)
        {
            Reading reading = Reading.Of(gzip[..(header + plain.Length - (100 - events) * ((plain.Length - CaptureBuilder.Typical().Length) / 100))]);
            Assert.Equal("gzip stream", reading.Error?.Field);
            Assert.InRange(reading.Events.Count, events - 1, events);
        }
    }

    [Fact]
    public void Damaged_gzip_is_one_error_that_names_the_stream()
    {
        byte[] gzip = Compress(Sample(2000));
        gzip.AsSpan(gzip.Length / 2, 40).Fill(0xFF);
        Reading reading = Reading.Of(gzip);
        Assert.NotNull(reading.Error);
        Assert.InRange(reading.Events.Count, 1500, 2500);
    }

    // As gzip does; zeros are what tapes and some copying programs add.
    [Fact]
    public void Bytes_behind_the_last_member_that_are_no_gzip_are_passed_over_wherever_it_ends()
    {
        // What the inflater reads of its file at a time: the member's end comes on both sides of such a border.
        const int Piece = 8192;
        byte[][] tails = [[0], [1], new byte[100], [.. "garbage"u8], [0, 0x1f, 0x8b], new byte[200_000]];
        byte[] member = Compress(CaptureBuilder.Typical().Write(100, 4, new byte[7000]).ToArray(), CompressionLevel.NoCompression);
        for (int length = Piece - 12; length <= Piece + 12; length++)
        {
            // A file name in the member's header makes its length.
            byte[] gzip = [.. member[..3], 8, .. member[4..10], .. Enumerable.Repeat((byte)'x', length - member.Length - 1), 0, .. member[10..]];
            Assert.Equal(length, gzip.Length);
            foreach (byte[] tail in tails)
            {
                Reading reading = Reading.Of([.. gzip, .. tail]);
                Assert.True(reading.Error is null, $"member of {gzip.Length} bytes and {tail.Length} more: {reading.Error?.Message}");
                Assert.Equal(2, reading.Events.Count);
                Assert.True(reading.Statistics.HasTrailingBytes);
            }

            Assert.False(Reading.Of(gzip).Statistics.HasTrailingBytes);
        }
    }

    [Fact]
    public void What_begins_like_another_member_and_is_none_is_an_error_after_all_that_was_whole()
    {
        byte[] gzip = Compress(Sample(50));
        foreach (byte[] tail in (byte[][])[[0x1f], [0x1f, 0x8b], [0x1f, 0x8b, 8, 0, 0], [0x1f, 0x8b, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]])
        {
            Reading reading = Reading.Of([.. gzip, .. tail]);
            Assert.True(reading.Error?.Field == "gzip stream", $"{tail.Length} bytes: {reading.Error?.Message ?? "no error"}");
            Assert.Equal(100, reading.Events.Count);
        }
    }

    [Fact]
    public void Members_may_begin_and_end_anywhere_also_inside_a_block()
    {
        byte[] plain = Sample(3);
        byte[][] bytes = [.. plain.Select(b => Compress([b], CompressionLevel.NoCompression))];
        Assert.Equal(6, Reading.Of([.. bytes.SelectMany(b => b)]).Events.Count);
        for (int at = 1; at < plain.Length; at++)
        {
            Reading reading = Reading.Of([.. Compress(plain[..at]), .. Compress([]), .. Compress(plain[at..])]);
            Assert.Null(reading.Error);
            Assert.Equal(6, reading.Events.Count);
        }
    }

    [Fact]
    public void Gzip_of_something_else_is_no_capture() =>
        Assert.Contains("not a capture", Reading.Of(Compress(new byte[1000])).Error!.Message, StringComparison.Ordinal);

    [Fact]
    public void Gzip_of_nothing_is_empty() => Assert.Equal("section header", Reading.Of(Compress([])).Error!.Field);

    [Fact]
    public void Two_bytes_of_gzip_are_one_error() => Assert.NotNull(Reading.Of([0x1F, 0x8B]).Error);

    internal static byte[] Compress(byte[] bytes) => Compress(bytes, CompressionLevel.Fastest);

    private static byte[] Compress(byte[] bytes, CompressionLevel level)
    {
        using MemoryStream output = new();
        using (GZipStream gzip = new(output, level))
            gzip.Write(bytes);
        return output.ToArray();
    }

    private static byte[] Sample(int writes)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        byte[] pair = new CaptureBuilder().Write(100, 4, "some bytes").ToArray();
        Random random = new(1);
        for (int i = 0; i < writes; i++)
        {
            // Times that do not repeat, so that it does not compress to nothing.
            BitConverter.TryWriteBytes(pair.AsSpan(10), CaptureBuilder.Start + random.NextInt64(1L << 40));
            capture.Raw(pair);
        }

        return capture.ToArray();
    }
}
