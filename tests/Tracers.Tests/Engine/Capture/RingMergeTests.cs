using System.Buffers.Binary;
using Tracers.Engine.Capture.Linux;
using Xunit;

namespace Tracers.Tests.Engine.Capture;

public sealed class RingMergeTests
{
    private const ulong Future = ulong.MaxValue / 2;

    [Fact]
    public void Records_of_all_CPUs_come_in_the_order_of_their_times()
    {
        using RingMemory memory = new(5);
        Random random = new(7);
        ulong time = 0;
        for (uint i = 0; i < 5000; i++)
            memory.Write(random.Next(5), time += (ulong)random.Next(1, 50), i);

        RingMerge merge = new(memory.Rings);
        Assert.Equal([.. Enumerable.Range(0, 5000).Select(i => (uint)i)], Take(merge));
        Assert.All(memory.Rings, ring => Assert.Equal(ring.Produced, ring.Consumed));
    }

    [Fact]
    public void Records_that_run_behind_the_end_of_the_ring_are_whole()
    {
        using RingMemory memory = new(1);
        RingMerge merge = new(memory.Rings);
        List<uint> seen = [], written = [];
        for (uint i = 0; i < 1000; i++)
        {
            memory.Write(0, i + 1, i, 1000);
            written.Add(i);
            if (i % 50 == 49)
                seen.AddRange(Take(merge));
        }

        Assert.Equal(written, seen);
        Assert.True(memory.Rings[0].Consumed > 10 * RingMemory.RingBytes);
    }

    [Fact]
    public void What_another_CPU_may_still_be_writing_is_waited_for()
    {
        using RingMemory memory = new(2);
        RingMerge merge = new(memory.Rings);
        memory.Write(0, 10, 1);
        memory.Write(1, 20, 2);
        Assert.Equal([1u, 2u], Take(merge));

        ulong bound = merge.Bound;
        memory.SetBusy(1, true);
        memory.Write(0, bound + 2, 4);
        Assert.Empty(Take(merge));
        Assert.Equal(bound, merge.Bound);

        memory.Write(1, bound + 1, 3);
        memory.SetBusy(1, false);
        Assert.Equal([3u, 4u], Take(merge));
    }

    [Fact]
    public void A_record_that_is_later_than_the_look_waits_for_the_next_one_or_the_end()
    {
        using RingMemory memory = new(2);
        RingMerge merge = new(memory.Rings);
        memory.Write(0, Future, 2);
        memory.Write(1, 5, 1);
        Assert.Equal([1u], Take(merge));
        Assert.Empty(Take(merge));
        Assert.Equal([2u], Take(merge, final: true));
    }

    [Fact]
    public void Taking_can_be_stopped_in_the_middle()
    {
        using RingMemory memory = new(2);
        RingMerge merge = new(memory.Rings);
        for (uint i = 0; i < 10; i++)
            memory.Write((int)(i % 2), i + 1, i);
        merge.Look();
        for (uint i = 0; i < 5; i++)
        {
            Assert.True(merge.TryNext(out ReadOnlySpan<byte> record, out int cpu));
            Assert.Equal((i, (int)(i % 2)), (Number(record), cpu));
        }

        merge.Release();
        Assert.Equal([5u, 6u, 7u, 8u, 9u], Take(merge));
    }

    [Theory]
    [InlineData(16u)]
    [InlineData(36u)]
    [InlineData(40_000u)]
    public void What_is_no_record_ends_the_capture_with_an_error(uint length)
    {
        using RingMemory memory = new(1);
        memory.Write(0, 1, 1);
        memory.Write(0, 2, 2, length);
        memory.Write(0, 3, 3);
        RingMerge merge = new(memory.Rings);
        merge.Look();
        Assert.True(merge.TryNext(out _, out _));
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => merge.TryNext(out _, out _));
        Assert.Contains($"CPU 0 holds a record of {length} bytes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Losses_are_told_once_and_summed()
    {
        using RingMemory memory = new(2);
        memory.SetLost(1, 5);
        LossLedger losses = new(memory.Rings);
        losses.Begin();
        Assert.Equal(0, losses.Total);

        memory.SetLost(0, 3);
        memory.SetLost(1, 12);
        Assert.Equal((3ul, 7ul, 0ul), (losses.Take(0), losses.Take(1), losses.Take(1)));
        Assert.Equal((10, 10), (losses.Total, losses.TakeTotal()));
        memory.SetLost(1, 13);
        Assert.Equal((1, 0), (losses.TakeTotal(), losses.TakeTotal()));
    }

    private static List<uint> Take(RingMerge merge, bool final = false)
    {
        List<uint> numbers = [];
        merge.Look(final);
        while (merge.TryNext(out ReadOnlySpan<byte> record, out _))
            numbers.Add(Number(record));
        merge.Release();
        return numbers;
    }

    private static uint Number(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
}
