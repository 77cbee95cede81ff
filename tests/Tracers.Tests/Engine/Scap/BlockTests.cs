using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Scap;

/// <summary>Event blocks of every type, and blocks that the reader does not know.</summary>
public class BlockTests
{
    [Theory]
    [InlineData(0x204u)]
    [InlineData(0x8010ABCDu)]
    [InlineData(0x208u)]
    [InlineData(0x216u)]
    [InlineData(0x217u)]
    [InlineData(0x221u)]
    [InlineData(0x222u)]
    public void Every_type_of_event_block_holds_the_same_event(uint block)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        capture.EventBlock(block, 100, 8, 0, false, 4L, 3u).EventBlock(block, 100, 9, 0, false, 3L, "abc"u8.ToArray());
        Reading reading = Reading.Of(capture);
        Assert.Null(reading.Error);
        SeenEvent exit = reading.Events[1];
        Assert.Equal((9, 100, CaptureBuilder.Start + 1000, 3, "/tmp/blob.bin"), (exit.Type, exit.Tid, exit.Timestamp, exit.Result, exit.FdName));
        Assert.Equal("abc"u8.ToArray(), exit.Parameters[1]);
        Assert.Equal(2, exit.Parameters.Length);
    }

    [Fact]
    public void The_parameters_of_an_old_event_are_counted_also_when_it_has_fewer_than_today()
    {
        // open had no dev when v1 was written; write of nothing has an empty last parameter.
        CaptureBuilder capture = CaptureBuilder.Typical();
        capture.EventBlock(0x204, 100, 2, 0, false, "/a", 1u, 0u).EventBlock(0x204, 100, 3, 0, false, 9L, "/a", 1u, 0u);
        capture.EventBlock(0x204, 100, 9, 0, false, 0L, Array.Empty<byte>());
        Reading reading = Reading.Of(capture);
        Assert.Equal([3, 4, 2], reading.Events.Select(e => e.Parameters.Length));
        Assert.Equal("/a", reading.FdName(100, 9));
    }

    [Fact]
    public void Old_notifications_whose_length_is_three_too_large_are_read()
    {
        byte[] body = Written.Join((ushort)0, 1L, 100L, 22 + 4 + 5 + 3, (ushort)280, (ushort)2, (ushort)3, "n\0"u8.ToArray(), "de\0"u8.ToArray());
        Reading reading = Reading.Of(CaptureBuilder.Typical().Block(0x204, body).Write(100, 4, "abc"));
        Assert.Null(reading.Error);
        Assert.Equal(["n\0"u8.ToArray(), "de\0"u8.ToArray()], reading.Events[0].Parameters);
    }

    [Theory]
    [InlineData(0x221u, 70_000)]
    [InlineData(0x222u, 3_000_000)]
    public void A_large_event_is_read_whole(uint block, int size)
    {
        byte[] payload = new byte[size];
        payload[^1] = 42;
        Reading reading = Reading.Of(CaptureBuilder.Typical().EventBlock(block, 100, 324, 0, wide: true, payload).Write(100, 4, "abc"));
        Assert.Null(reading.Error);
        Assert.Equal(payload, reading.Events[0].Parameters[0]);
        Assert.Equal(3, reading.Events.Count);
    }

    [Fact]
    public void An_event_as_large_as_a_plain_block_can_hold_is_read_and_a_larger_one_refused()
    {
        // Length fields apart a block has 65,536 bytes: cpu 2, header 26, two lengths 4, result 8, trailer 4.
        byte[] data = new byte[65_536 - 44];
        Reading whole = Reading.Of(CaptureBuilder.Typical().EventBlock(0x216, 100, 9, 0, false, 1L, data));
        Assert.Null(whole.Error);
        Assert.Equal(data.Length, Assert.Single(whole.Events).Parameters[1].Length);
        Assert.Equal("event block: total length", Reading.Of(CaptureBuilder.Typical().EventBlock(0x216, 100, 9, 0, false, 1L, new byte[data.Length + 4])).Error!.Field);
    }

    [Fact]
    public void The_trailing_length_of_an_event_block_is_not_compared()
    {
        byte[] capture = CaptureBuilder.Typical().Write(100, 4, "abc").ToArray();
        capture[^4] ^= 0xFF;
        Reading reading = Reading.Of(capture);
        Assert.Null(reading.Error);
        Assert.Equal(2, reading.Events.Count);
    }

    [Fact]
    public void The_trailing_length_of_a_metadata_block_is_compared()
    {
        byte[] capture = new CaptureBuilder().Header().Block(0x201, new byte[180]).Event(100, 8, 4L, 3u).ToArray();
        capture[28 + 188] ^= 0xFF;
        Reading reading = Reading.Of(capture);
        Assert.Equal(("machine info block: total length", 28), (reading.Error!.Field, reading.Error.Offset));
    }

    [Fact]
    public void Events_of_unknown_types_are_skipped_counted_and_take_no_number()
    {
        Reading reading = Reading.Of(CaptureBuilder.Typical().Write(100, 4, "abc").Event(100, 4001, 1L).EventBlock(0x204, 100, 4000, 0, false, 1L).Write(100, 4, "def"));
        Assert.Null(reading.Error);
        Assert.Equal([1L, 2L, 3L, 4L], reading.Events.Select(e => e.Number));
        Assert.Equal((4, 2), (reading.Statistics.Events, reading.Statistics.SkippedEvents));
    }

    [Fact]
    public void A_block_of_unknown_type_before_the_events_is_skipped_and_counted()
    {
        Reading reading = Reading.Of(CaptureBuilder.Typical().Block(0x999, 1, 2, 3, 4, 5).Write(100, 4, "abc"));
        Assert.Null(reading.Error);
        Assert.Equal((1, 2), (reading.Statistics.SkippedBlocks, reading.Events.Count));
    }

    [Fact]
    public void A_block_of_unknown_type_is_not_kept_in_memory()
    {
        const int Size = 150 << 20;
        byte[] length = BitConverter.GetBytes(Size + 12);
        MemorySource source = new(
            ([.. new CaptureBuilder().Header().ToArray(), 0x99, 9, 0, 0, .. length], 1),
            (new byte[1 << 20], Size >> 20),
            ([.. length, .. CaptureBuilder.Typical().Write(100, 4, "abc").ToArray()[28..]], 1));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Reading reading = Reading.OfSource(source);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        Assert.Null(reading.Error);
        Assert.Equal((1, 2), (reading.Statistics.SkippedBlocks, reading.Events.Count));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1_000_000)]
    public void A_block_of_unknown_type_that_is_cut_off_or_damaged_at_its_end_is_an_error_at_its_beginning(int size)
    {
        byte[] capture = new CaptureBuilder().Header().Block(0x999, new byte[size]).ToArray();
        Reading cut = Reading.Of(capture[..^1]);
        Assert.Equal(("block of unknown type 0x999", 28, true), (cut.Error!.Field, cut.Error.Offset, cut.Error.EndsEarly));
        Assert.Contains($"is cut off at byte {capture.Length - 1}", cut.Error.Message, StringComparison.Ordinal);
        capture[^4] ^= 0xFF;
        Reading damaged = Reading.Of(capture);
        Assert.Equal(("block of unknown type 0x999: total length", 28), (damaged.Error!.Field, damaged.Error.Offset));
    }

    [Theory]
    [InlineData(0x999u)]
    [InlineData(0x215u)]
    public void A_block_between_events_that_is_neither_event_nor_section_is_one_error_after_all_before_it(uint type)
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(100, 4, "abc");
        int offset = capture.Length;
        Reading reading = Reading.Of(capture.Block(type, 1, 2, 3, 4).Write(100, 4, "never"));
        Assert.Equal(("block type", offset), (reading.Error!.Field, reading.Error.Offset));
        Assert.Equal((2, 2), (reading.Events.Count, reading.Statistics.Events));
    }

    [Fact]
    public void State_only_events_change_the_state_and_are_not_shown()
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        capture.EventBlock(0x217, 100, 2, 1, false, "/x", 2u, 0u).EventBlock(0x217, 100, 3, 1, false, 8L, "/x", 2u, 0u, 0u);
        Reading reading = Reading.Of(capture.Write(100, 8, "abc"));
        Assert.Equal([3L, 4L], reading.Events.Select(e => e.Number));
        Assert.Equal("/x", reading.Events[1].FdName);
        Assert.Single(reading.Io);
    }

    [Fact]
    public void Drop_events_take_numbers_are_counted_and_not_shown()
    {
        Reading reading = Reading.Of(CaptureBuilder.Typical().Event(100, 148, 2u).Event(100, 149, 2u).Write(100, 4, "abc"));
        Assert.Equal([3L, 4L], reading.Events.Select(e => e.Number));
        Assert.Equal((1, 4), (reading.Statistics.DropIntervals, reading.Statistics.Events));
    }

    [SkippableFact]
    public void A_type_beyond_the_table_is_skipped_and_counted()
    {
        Reading reading = Reading.OfFile(Repository.Shared("vectors/newevt.scap"));
        Assert.Null(reading.Error);
        Assert.Equal(1, reading.Statistics.SkippedEvents);
    }

    [SkippableFact]
    public void Events_that_only_tell_of_users_and_groups_take_no_number()
    {
        Reading reading = Reading.OfFile(Repository.Shared("captures/libs-sample-2023.scap"));
        Assert.Null(reading.Error);
        Assert.Equal((477, 0), (reading.Statistics.Events, reading.Statistics.SkippedEvents));
    }
}
