using System.Buffers.Binary;
using Xunit;

namespace Tracers.Tests.Engine.Scap;

/// <summary>Every length field of every block with the values that break readers: one error of the right kind, or none; never memory.</summary>
public class HostileLengthTests
{
    [Theory]
    [InlineData(0x0A0D0D0Au)]
    [InlineData(0x201u)]
    [InlineData(0x215u)]
    [InlineData(0x218u)]
    [InlineData(0x219u)]
    [InlineData(0x220u)]
    [InlineData(0x999u)]
    [InlineData(0x204u)]
    [InlineData(0x208u)]
    [InlineData(0x216u)]
    [InlineData(0x217u)]
    [InlineData(0x221u)]
    [InlineData(0x222u)]
    public void A_blocks_total_length_cannot_mislead(uint block)
    {
        bool header = block == 0x0A0D0D0A, isEvent = block is 0x204 or 0x208 or 0x216 or 0x217 or 0x221 or 0x222;
        CaptureBuilder capture = new();
        if (!header)
            capture.Header();
        int at = capture.Length + 4;
        if (isEvent)
            capture.EventBlock(block, 100, 9, 0, false, 3L, "abc"u8.ToArray());
        else if (header)
            capture.Header();
        else
            capture.Block(block, new byte[180]);
        capture.Write(100, 4, "abc");
        byte[] bytes = capture.ToArray();
        foreach (uint value in (uint[])[0, 1, 8, 11, 12, 13, 0xFFFF, 65_545, 0x7FFFFFFE, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF])
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
            Reading reading = Bounded(bytes);
            Assert.True(reading.Error is not null, $"{value:X}: no error");
            Assert.InRange(reading.Error.Offset, at - 4, at + 8);
            Assert.Contains(reading.Error.Path, reading.Error.Message, StringComparison.Ordinal);
            if (isEvent)
                Assert.Empty(reading.Events);
        }
    }

    [Theory]
    [InlineData(0x204u, false)]
    [InlineData(0x216u, false)]
    [InlineData(0x221u, true)]
    public void The_lengths_inside_an_event_cannot_leave_it(uint block, bool wide)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        int start = capture.Length;
        capture.EventBlock(block, 100, wide ? (ushort)324 : (ushort)9, 0, wide, 3L, "abc"u8.ToArray());
        byte[] original = capture.ToArray();
        int header = start + 10, lengths = header + (block == 0x204 ? 22 : 26);
        Vary(header + 16, 4);
        if (block != 0x204)
            Vary(header + 22, 4);
        for (int i = 0; i < 2; i++)
            Vary(lengths + i * (wide ? 4 : 2), wide ? 4 : 2);

        void Vary(int at, int size)
        {
            foreach (ulong value in Hostile(size))
            {
                byte[] bytes = (byte[])original.Clone();
                Put(bytes, at, size, value);
                Reading reading = Bounded(bytes);
                if (reading.Error is { } error)
                {
                    Assert.StartsWith("event block: ", error.Field, StringComparison.Ordinal);
                    Assert.Equal(start, error.Offset);
                    Assert.Equal(0, reading.Statistics.Events);
                }
            }

            byte[] most = (byte[])original.Clone();
            Put(most, at, size, ulong.MaxValue);
            Assert.NotNull(Bounded(most).Error);
        }
    }

    [Fact]
    public void The_capture_with_every_block_is_read_whole_and_has_all_that_the_format_has()
    {
        LengthFieldCapture capture = new();
        Reading reading = Bounded(capture.ToArray());
        Assert.Null(reading.Error);
        Assert.Equal((10, 10, 1, 0), (capture.Events, reading.Statistics.Events, reading.Statistics.SkippedBlocks, reading.Statistics.SkippedEntries));
        Assert.Equal(18 + 1, reading.State.Threads.Count);
        Assert.All(Enumerable.Range(1, 21), fd => Assert.NotNull(reading.Fd(100, fd)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ulong.MaxValue - 1)]
    [InlineData(ulong.MaxValue)]
    public void No_length_of_any_block_or_entry_can_mislead(ulong value)
    {
        LengthFieldCapture capture = new();
        byte[] original = capture.ToArray();
        Assert.All(capture.Fields, field =>
        {
            byte[] bytes = (byte[])original.Clone();
            Put(bytes, field.At, field.Size, value);
            Reading reading = Bounded(bytes);
            if (reading.Error is not { } error)
            {
                // Too small can still be a list or an event of another form; too large cannot.
                Assert.True(value <= 1 || !field.Checked, "no error");
                return;
            }

            int length = BinaryPrimitives.ReadInt32LittleEndian(original.AsSpan(field.Block + 4));
            Assert.InRange(error.Offset, field.Block, field.Block + length);
            Assert.NotEmpty(error.Field);
            Assert.Contains($"'{error.Path}'", error.Message, StringComparison.Ordinal);
            Assert.Matches($"at byte {error.Offset}|is not a capture", error.Message);
            Assert.Matches("(capture or copy the file again|try again when that is done|Give a file made by sysdig or Falco)", error.Message);
            Assert.Equal(field.EventsBefore, reading.Events.Count);
            Assert.Equal(field.EventsBefore, reading.Statistics.Events);
        });
    }

    private static ulong[] Hostile(int size)
    {
        ulong most = size == 2 ? ushort.MaxValue : uint.MaxValue;
        return [0, 1, 2, 3, 5, most / 2, most / 2 + 1, most - 1, most];
    }

    private static void Put(byte[] bytes, int at, int size, ulong value)
    {
        if (size == 2)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), (uint)value);
    }

    // A length alone must not claim memory: the buffers of one pass are half a megabyte.
    private static Reading Bounded(byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Reading reading = Reading.Of(bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        return reading;
    }
}
