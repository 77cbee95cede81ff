using System.Buffers.Binary;
using Tracers.Tests.Scap.Writing;
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

    // Every length field of the list is varied, one by one.
    [Theory]
    [MemberData(nameof(Lists))]
    public void The_lengths_inside_a_list_cannot_leave_it(uint block, byte[] body, int[] fields, int size)
    {
        byte[] original = new CaptureBuilder().Header().Block(block, body).Write(100, 4, "abc").ToArray();
        Assert.Null(Bounded(original).Error);
        foreach (int field in fields)
        {
            int errors = 0;
            foreach (ulong value in Hostile(size))
            {
                byte[] bytes = (byte[])original.Clone();
                Put(bytes, 28 + 8 + field, size, value);
                Reading reading = Bounded(bytes);
                if (reading.Error is not { } error)
                    continue;
                errors++;
                Assert.InRange(error.Offset, 28 + 8, 28 + 8 + body.Length + 4);
                Assert.Contains(": ", error.Field, StringComparison.Ordinal);
                Assert.Empty(reading.Events);
            }

            Assert.True(errors >= 2, $"length at {field}: {errors} errors");
        }
    }

    public static TheoryData<uint, byte[], int[], int> Lists()
    {
        byte[] process9 = MetadataListTests.ProcessEntry(9, 100, "python"), process1 = MetadataListTests.ProcessEntry(1, 100, "python");
        byte[] fd = Written.Join(5L, 1L, (byte)1, MetadataListTests.Str("/x")), unix = Written.Join(5L, 1L, (byte)8, 1L, 2L, MetadataListTests.Str("/x"));
        byte[] file = Written.Join(5L, 1L, (byte)16, 1u, MetadataListTests.Str("/x"));
        byte[] user = Written.Join((byte)0, 1u, 2u, MetadataListTests.Str("ab"), MetadataListTests.Str("cd"), MetadataListTests.Str("ef"));
        byte[] group = Written.Join((byte)1, 1u, MetadataListTests.Str("ab"));
        byte[] card = Written.Join((ushort)1, (ushort)4, new byte[20], "eth0");
        return new()
        {
            { 0x215, process9, [0], 4 },
            { 0x215, process9, [4 + 40, 4 + 40 + 8, 4 + 40 + 13], 2 },
            { 0x202, process1, [24, 32, 37, 43], 2 },
            { 0x218, Written.Join(100L, fd.Length + 4, fd), [8], 4 },
            { 0x218, Written.Join(100L, fd.Length + 4, fd), [8 + 4 + 17], 2 },
            { 0x218, Written.Join(100L, unix.Length + 4, unix), [8 + 4 + 33], 2 },
            { 0x218, Written.Join(100L, file.Length + 4, file), [8 + 4 + 21], 2 },
            { 0x203, Written.Join(100L, fd), [8 + 17], 2 },
            { 0x220, Written.Join(user.Length + 4, user), [0], 4 },
            { 0x220, Written.Join(user.Length + 4, user), [4 + 9, 4 + 13, 4 + 17], 2 },
            { 0x220, Written.Join(group.Length + 4, group), [4 + 5], 2 },
            { 0x206, user, [9, 13, 17], 2 },
            { 0x219, Written.Join(card.Length, card), [0], 4 },
            { 0x219, Written.Join(card.Length, card), [4 + 2], 2 },
            { 0x205, card, [2], 2 },
        };
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
