using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Scap.Writing;

public class EventBuilderTests
{
    [Fact]
    public void An_event_is_header_lengths_data_and_padding()
    {
        byte[] bytes = Written.AfterHeader(writer =>
        {
            EventBuilder builder = writer.BeginEvent(0x1122334455667788, 100, 9, 2, cpu: 3);
            builder.AddI64(-2);
            builder.AddBytes("abc"u8);
            builder.End();
            Assert.Equal(1, writer.EventCount);
            Assert.Equal(28 + 56, writer.BytesWritten);
        });
        Assert.Equal(
            Written.Join(
                0x216, 56, (ushort)3, 0x1122334455667788, 100L, 41, (ushort)9, 2, (ushort)8, (ushort)3, -2L, "abc", new byte[1], 56),
            bytes);
    }

    [Theory]
    [InlineData(EventBlockOptions.Marker)]
    [InlineData(EventBlockOptions.StateOnly)]
    public void An_event_with_options_has_a_flag_word(EventBlockOptions options)
    {
        byte[] bytes = Written.AfterHeader(writer =>
        {
            EventBuilder builder = writer.BeginEvent(1, 100, 4, 1, 0, options);
            builder.AddI64(5);
            builder.End();
        });
        Assert.Equal(Written.Join(0x217, 56, (ushort)0, (uint)options, 1L, 100L, 36, (ushort)4, 1, (ushort)8, 5L, new byte[2], 56), bytes);
    }

    [Fact]
    public void Every_kind_of_parameter_has_its_length_and_bytes()
    {
        byte[] bytes = Written.AfterHeader(writer =>
        {
            EventBuilder builder = writer.BeginEvent(1, 2, 3, 10);
            builder.AddI64(-1);
            builder.AddU64(2);
            builder.AddI32(-3);
            builder.AddU32(4);
            builder.AddU16(5);
            builder.AddU8(6);
            builder.AddCharBuf("name"u8);
            builder.AddCharBuf("é");
            builder.AddBytes([9, 9]);
            builder.AddEmpty();
            builder.End();
        });
        byte[] lengths = Written.Join(new ushort[] { 8, 8, 4, 4, 2, 1, 5, 3, 2, 0 }.Cast<object>());
        byte[] data = Written.Join(-1L, 2L, -3, 4, (ushort)5, (byte)6, "name\0", "é\0", new byte[] { 9, 9 });
        Assert.Equal(Written.Join(lengths, data), bytes[36..^7]);
        Assert.Equal(26 + 20 + 37, BitConverter.ToInt32(bytes, 26));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Blocks_are_padded_to_four_bytes(int extra)
    {
        byte[] bytes = Written.AfterHeader(writer =>
        {
            EventBuilder builder = writer.BeginEvent(1, 2, 9, 1);
            builder.AddBytes(new byte[extra]);
            builder.End();
        });
        int total = BitConverter.ToInt32(bytes, 4);
        Assert.Equal(bytes.Length, total);
        Assert.Equal(0, total % 4);
        Assert.Equal(total, BitConverter.ToInt32(bytes, total - 4));
        Assert.Equal(28 + extra, BitConverter.ToInt32(bytes, 26));
    }

    [Fact]
    public void The_largest_event_fills_its_block_to_65536_bytes_and_one_byte_more_is_refused()
    {
        byte[] bytes = Written.AfterHeader(writer =>
        {
            EventBuilder builder = writer.BeginEvent(1, 2, 9, 1);
            int largest = builder.Remaining;
            builder.AddBytes(new byte[largest]);
            builder.End();

            ArgumentException error = Assert.Throws<ArgumentException>(() =>
            {
                EventBuilder tooLong = writer.BeginEvent(1, 2, 9, 1);
                tooLong.AddBytes(new byte[largest + 1]);
            });
            string expected = $"Parameter 0 has {largest + 1} bytes, but the event has room for {largest}";
            Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
            Written.AddWrite(writer);
            Assert.Equal(2, writer.EventCount);
        });
        Assert.Equal(65_536, BitConverter.ToInt32(bytes, 4) - 8);
        Assert.Equal(0x216, BitConverter.ToInt32(bytes, 65_544));
    }

    [Fact]
    public void Parameters_must_be_as_many_as_announced()
    {
        byte[] bytes = Written.AfterHeader(writer =>
        {
            InvalidOperationException tooFew = Assert.Throws<InvalidOperationException>(() =>
            {
                EventBuilder few = writer.BeginEvent(1, 2, 9, 2);
                few.AddEmpty();
                few.End();
            });
            InvalidOperationException tooMany = Assert.Throws<InvalidOperationException>(() =>
            {
                EventBuilder many = writer.BeginEvent(1, 2, 9, 0);
                many.AddEmpty();
            });
            Assert.Equal("The event was begun with 2 parameters, but 1 were added.", tooFew.Message);
            Assert.Equal("The event was begun with 0 parameters; there is no place for another.", tooMany.Message);
            Assert.Equal(0, writer.EventCount);
        });
        Assert.Empty(bytes);
    }

    [Fact]
    public void Only_one_event_is_open_at_a_time()
    {
        byte[] bytes = Written.AfterHeader(writer =>
        {
            EventBuilder builder = writer.BeginEvent(1, 2, 9, 0);
            Assert.Throws<InvalidOperationException>(() => writer.BeginEvent(1, 2, 9, 0));
            Assert.Throws<InvalidOperationException>(() => writer.WriteRawEvent(0, EventBlockOptions.None, RawEvent()));
            Assert.Throws<InvalidOperationException>(writer.Flush);
            builder.Cancel();
            Written.AddWrite(writer);
        });
        Assert.Equal(9, BitConverter.ToInt16(bytes, 30));
    }

    [Fact]
    public void An_event_is_ended_once()
    {
        Written.AfterHeader(writer => Assert.Throws<InvalidOperationException>(() =>
        {
            EventBuilder builder = writer.BeginEvent(1, 2, 9, 0);
            builder.End();
            builder.End();
        }));
    }

    [Fact]
    public void A_formed_event_is_copied_unchanged()
    {
        byte[] raw = RawEvent();
        byte[] bytes = Written.AfterHeader(writer => writer.WriteRawEvent(7, EventBlockOptions.None, raw));
        Assert.Equal(Written.Join(0x216, 52, (ushort)7, raw, new byte[1], 52), bytes);
        bytes = Written.AfterHeader(writer => writer.WriteRawEvent(7, EventBlockOptions.Marker, raw));
        Assert.Equal(Written.Join(0x217, 56, (ushort)7, 2, raw, new byte[1], 56), bytes);
    }

    [Fact]
    public void A_formed_event_of_a_large_block_stays_in_one_and_may_exceed_64_KiB()
    {
        byte[] small = RawEvent();
        byte[] large = new byte[300_000];
        RawEvent().CopyTo(large, 0);
        BitConverter.TryWriteBytes(large.AsSpan(16), large.Length);
        byte[] bytes = Written.AfterHeader(
            writer =>
            {
                writer.WriteRawEvent(0, EventBlockOptions.None, small, large: true);
                writer.WriteRawEvent(0, EventBlockOptions.StateOnly, large, large: true);
                Assert.Contains(
                    "300000 bytes does not fit",
                    Assert.Throws<ArgumentException>(() => writer.WriteRawEvent(0, EventBlockOptions.None, large)).Message,
                    StringComparison.Ordinal);
                Assert.Equal(2, writer.EventCount);
            },
            new() { BufferBytes = 128 << 10 });
        Assert.Equal(Written.Join(0x221, 52), bytes[..8]);
        Assert.Equal(Written.Join(0x222, 300_020, (ushort)0, 1, large, new byte[2], 300_020), bytes[52..]);
    }

    [Fact]
    public void An_event_of_an_old_capture_gets_the_header_of_today()
    {
        byte[] raw = RawEvent();
        byte[] old = [.. raw[..22], .. raw[26..]];
        old[16] -= 4;
        byte[] bytes = Written.AfterHeader(writer =>
        {
            writer.WriteRawEventV1(7, EventBlockOptions.None, old, 2);
            Assert.Throws<ArgumentException>(() => writer.WriteRawEventV1(7, EventBlockOptions.None, old, 8));
        });
        Assert.Equal(Written.Join(0x216, 52, (ushort)7, raw, new byte[1], 52), bytes);
    }

    [Fact]
    public void A_formed_event_that_contradicts_itself_is_refused()
    {
        byte[] wrongLength = RawEvent();
        wrongLength[16]++;
        byte[] wrongCount = RawEvent();
        wrongCount[22] = 9;
        Written.AfterHeader(writer =>
        {
            Assert.Contains("header of 26 bytes", Refused(writer, new byte[25]), StringComparison.Ordinal);
            Assert.Contains("says 38 bytes, but 37", Refused(writer, wrongLength), StringComparison.Ordinal);
            Assert.Contains("says 9 parameters", Refused(writer, wrongCount), StringComparison.Ordinal);
            Assert.Equal(0, writer.EventCount);
        });
    }

    [Fact]
    public void Writing_events_allocates_nothing()
    {
        using CaptureWriter writer = new(Stream.Null);
        writer.WriteSectionHeader();
        byte[] raw = RawEvent();
        for (int i = 0; i < 2_000; i++) WriteTwo(writer, raw);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50_000; i++) WriteTwo(writer, raw);

        // The runtime itself allocates a little when it replaces the loop's code; one object an event would be megabytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000);
        Assert.Equal(104_000, writer.EventCount);
    }

    /// <summary>A write exit event of 37 bytes, as a reader yields it.</summary>
    internal static byte[] RawEvent() => Written.Join(5L, 100L, 37, (ushort)9, 2, (ushort)6, (ushort)1, "ab\0\0x\0\0"u8.ToArray());

    private static void WriteTwo(CaptureWriter writer, byte[] raw)
    {
        Written.AddWrite(writer);
        writer.WriteRawEvent(0, EventBlockOptions.None, raw);
    }

    private static string Refused(CaptureWriter writer, byte[] raw) =>
        Assert.Throws<ArgumentException>(() => writer.WriteRawEvent(0, EventBlockOptions.None, raw)).Message;
}
