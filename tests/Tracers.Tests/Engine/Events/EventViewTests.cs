using Tracers.Engine.Events;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Events;

public class EventViewTests
{
    [Fact]
    public void Lengths_that_sum_up_to_more_than_31_bits_cannot_lead_out_of_the_event()
    {
        const int Count = 40_000;
        byte[] lengths = new byte[2 * Count];
        lengths.AsSpan().Fill(0xFF);
        byte[] block = Written.Join(new byte[8], (ushort)0, 1L, 100L, 26 + lengths.Length, (ushort)9, Count, lengths);
        Assert.Null(EventView.TryCreate(block, 10, 0, EventTable.Traits, out EventView e));
        foreach (int index in (int[])[1, 32_767, 32_768, 32_769, Count - 1])
        {
            EventDamagedException? error = null;
            try
            {
                e.Parameter(index);
            }
            catch (EventDamagedException damaged)
            {
                error = damaged;
            }

            Assert.NotNull(error);
            Assert.Contains($"parameter {index}", error.Field, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_parameter_that_the_file_does_not_hold_is_empty_and_numbers_are_read_in_their_width()
    {
        byte[] block = Written.Join(new byte[8], (ushort)3, 7L, 100L, 26 + 8 + 8 + 4 + 3 + 4, (ushort)9, 4, (ushort)8, (ushort)4, (ushort)3, (ushort)4, -9L, -5, "ab\0", "text");
        Assert.Null(EventView.TryCreate(block, 10, 2, EventTable.Traits, out EventView e));
        Assert.Equal((7L, 100, (ushort)3, (ushort)9, 2u, 4), (e.Timestamp, e.Tid, e.Cpu, e.Type, e.Flags, e.ParameterCount));
        Assert.True(e.IsExit);
        Assert.Equal((-9L, -5L, 1L, 1L), (e.Int64(0, 1), e.Int64(1, 1), e.Int64(2, 1), e.Int64(9, 1)));
        Assert.Equal((uint.MaxValue - 4, 6u), (e.UInt32(1, 6), e.UInt32(0, 6)));
        Assert.Equal("ab"u8.ToArray(), e.Text(2).ToArray());
        Assert.Equal("text"u8.ToArray(), e.Text(3).ToArray());
        Assert.True(e.Parameter(4).IsEmpty);
        Assert.True(e.Parameter(-1).IsEmpty);
    }

    [Fact]
    public void A_view_over_a_copy_of_the_bytes_is_the_same_event()
    {
        byte[] block = Written.Join(new byte[8], (ushort)3, 7L, 100L, 26 + 4 + 8 + 2, (ushort)9, 2, (ushort)8, (ushort)2, 5L, "ab");
        EventView.TryCreate(block, 10, 2, EventTable.Traits, out EventView e);
        byte[] copy = e.Bytes.ToArray();
        EventView again = new(copy, e.Layout);
        Assert.Equal((e.Timestamp, e.Tid, e.Cpu, e.Type, e.Flags), (again.Timestamp, again.Tid, again.Cpu, again.Type, again.Flags));
        Assert.Equal((5L, "ab"), (again.Int64(0, 0), System.Text.Encoding.UTF8.GetString(again.Parameter(1))));
    }

    [Fact]
    public void The_table_knows_the_events_that_matter_by_number()
    {
        Assert.Equal(("write", EventTraits.Writes), (EventTable.Infos[9].Name, EventTable.Traits[9] & EventTraits.Io));
        Assert.Equal(("read", EventTraits.Reads), (EventTable.Infos[7].Name, EventTable.Traits[7] & EventTraits.Io));
        Assert.Equal(EventTraits.None, EventTable.Traits[189] & EventTraits.Io);
        Assert.Equal(EventTraits.Io, EventTable.Traits[333] & EventTraits.Io);
        Assert.True((EventTable.Traits[324] & EventTraits.Large) != 0);
        Assert.True(EventTable.Infos.Length >= 336);
        Assert.All(EventTable.Infos, (info, number) => Assert.Equal(number, info.Number));
    }
}
