using Tracers.Engine.Scap;
using Xunit;

namespace Tracers.Tests.Engine.Scap;

/// <summary>What a second thread inflates is decoded, where it lies, as what is read from memory.</summary>
public class PieceReadingTests
{
    private const int PieceSize = PieceSource.PieceSize;

    [Fact]
    public void Blocks_that_cross_the_pieces_anywhere_are_read_as_from_memory()
    {
        // Lengths that have nothing to do with the pieces'; large ones among them, which do not fit before a piece, or into one.
        CaptureBuilder capture = CaptureBuilder.Typical();
        Random random = new(7);
        for (int i = 0; i < 40_000; i++)
            capture.Write(100, 4, new string('x', random.Next(120)));
        for (int i = 0; i < 60; i++)
            capture.EventBlock(0x216, 100, 9, 0, false, 1L, new byte[65_000]).Write(100, 4, "between");
        for (int i = 0; i < 20; i++)
            capture.EventBlock(0x221, 100, 9, 0, false, [1L, .. Enumerable.Repeat<object>(new byte[60_000], 2 + i)]).Write(100, 4, "between");
        Same(capture.ToArray());
    }

    [Fact]
    public void A_list_of_several_pieces_and_what_stands_behind_it_are_read_as_from_memory()
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Processes([.. Enumerable.Range(1, 20_000).Select(tid => CaptureBuilder.Process(tid))]);
        for (int i = 0; i < 30_000; i++)
            capture.Write(1 + i % 20_000, 4, "abc");
        byte[] bytes = capture.ToArray();
        Assert.True(bytes.Length > 6 * PieceSize, $"{bytes.Length} bytes");
        Same(bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(PieceSize)]
    [InlineData(PieceSize + 1)]
    [InlineData(2 * PieceSize)]
    public void A_capture_that_is_cut_there_ends_with_the_same_error(int length)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        for (int i = 0; i < 20_000; i++)
            capture.Write(100, 4, "some bytes to fill the pieces with");
        Same(capture.ToArray()[..length]);
    }

    private static void Same(byte[] bytes)
    {
        Reading expected = Reading.Of(bytes), reading = Reading.Of(GzipReadingTests.Compress(bytes));
        Assert.Equal((expected.Error?.Offset, expected.Error?.Field), (reading.Error?.Offset, reading.Error?.Field));
        Assert.Equal(expected.Statistics.Events, reading.Statistics.Events);
        Assert.Equal(expected.Events.Select(e => (e.Number, e.Type, e.Timestamp)), reading.Events.Select(e => (e.Number, e.Type, e.Timestamp)));
    }
}
