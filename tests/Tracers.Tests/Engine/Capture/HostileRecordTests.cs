using System.Buffers.Binary;
using Tracers.Engine.Capture;
using Tracers.Engine.Capture.Linux;
using Tracers.Engine.Scap.Records;
using Xunit;

namespace Tracers.Tests.Engine.Capture;

public class HostileRecordTests
{
    [Fact]
    public void A_record_that_is_shorter_than_its_fixed_part_is_counted()
    {
        byte[] record = RecordBytes.Enter(0, 4, 1, 100).ToArray();
        for (int length = 0; length < record.Length; length++)
        {
            using Shaped shaped = new();
            Assert.Equal("malformed", shaped.Add(record[..length]));
            Assert.Equal(1, shaped.Shaper.Malformed);
        }
    }

    [Fact]
    public void A_record_whose_length_leaves_what_was_given_is_counted()
    {
        byte[] record = RecordBytes.Exit(0, 5).Data("hello").ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(record, record.Length + 8);
        using Shaped shaped = new();
        Assert.Equal("malformed", shaped.Add(record));
    }

    [Fact]
    public void A_record_larger_than_the_probe_writes_is_counted()
    {
        byte[] record = RecordBytes.Exit(0, 5).Copy(CopyKind.Buffer, new byte[RecordShaper.MostBytes]).ToArray();
        using Shaped shaped = new();
        Assert.Equal("malformed", shaped.Add(record));
    }

    [Fact]
    public void An_exit_that_lacks_the_arguments_it_needs_is_counted()
    {
        using Shaped shaped = new();
        Assert.Equal("malformed", shaped.Add(RecordBytes.Exit(257, 3).Text("a")));
    }

    [Fact]
    public void A_copy_that_leaves_its_record_is_unknown()
    {
        byte[] record = RecordBytes.Exit(0, 5).Data("hello").ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(34), 9);
        using Shaped shaped = new();
        Assert.Equal("7 read res=5 data=", shaped.Add(record));
    }

    [Fact]
    public void Copies_of_another_kind_are_unknown() =>
        Assert.Equal("67 stat res=0 path=<NA>", Shaped.One(RecordBytes.Exit(4, 0).Data("hello")));

    [Fact]
    public void A_kind_of_record_that_does_not_exist_is_counted() => Assert.Equal("malformed", Shaped.One(RecordBytes.Of(9)));

    [Theory]
    [InlineData(CaptureMode.Full)]
    [InlineData(CaptureMode.ExitOnly)]
    [InlineData(CaptureMode.MarkersOnly)]
    public void Records_of_any_bytes_are_events_that_the_reader_takes_or_are_counted(CaptureMode mode)
    {
        Random random = new(4711);
        using Shaped shaped = new(mode) { Cgroups = new string('c', 9000) + "\0" };
        int events = 0;
        for (int i = 0; i < 20_000; i++)
        {
            RecordBytes record = random.Next(3) switch
            {
                0 => RecordBytes.Enter(random.Next(512), Arguments(random)),
                1 => RecordBytes.ExitWith(random.Next(512), random.Next(-200, 5000), Arguments(random)),
                _ => RecordBytes.ExitCompat(random.Next(512), random.Next(-200, 5000), Arguments(random)),
            };
            for (int copies = random.Next(6); copies > 0; copies--)
            {
                byte[] bytes = new byte[random.Next(random.Next(2) == 0 ? 300 : 4096)];
                random.NextBytes(bytes);
                record.Copy((CopyKind)random.Next(16), bytes, random.Next(4) == 0 ? -1 : null);
            }

            byte[] all = record.ToArray();
            for (int changes = random.Next(3); changes > 0; changes--)
                all[random.Next(4, all.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0)
                all = all[..random.Next(all.Length)];
            if (shaped.Add(all) is not ("malformed" or "none"))
                events++;
        }

        Reading reading = shaped.Read();
        Assert.Null(reading.Error);
        Assert.Equal(events, shaped.Writer.EventCount);
        Assert.True(events > 500, $"{events} events");
    }

    [Fact]
    public void Copies_of_the_kinds_that_a_row_asks_for_may_hold_any_bytes()
    {
        Random random = new(815);
        using Shaped shaped = new() { Cgroups = new string('c', 9000) + "\0" };
        for (int i = 0; i < 200 * CallRow.FirstCompat; i++)
        {
            int number = random.Next(CallRow.FirstCompat);
            EventShape shape = (i & 1) == 0 ? shaped.Table.Enter[number]! : shaped.Table.Exit[number]!;
            if (shape.Slots.Length == 0)
                continue;
            RecordBytes record = (i & 1) == 0 ? RecordBytes.Enter(number, Arguments(random)) : RecordBytes.ExitWith(number, random.Next(-5, 300), Arguments(random));
            foreach (CopyKind kind in shape.Slots)
            {
                byte[] bytes = new byte[random.Next(300)];
                random.NextBytes(bytes);
                if (bytes.Length > 2)
                    bytes[1] = 0;
                record.Copy(kind, bytes);
            }

            Assert.StartsWith($"{shape.Type} ", shaped.Add(record), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_first_byte_of_a_write_is_known_before_it_is_shaped()
    {
        using Shaped shaped = new();
        Assert.Equal('>', shaped.Shaper.FirstByte(RecordBytes.Exit(1, 5).Data(">a:b:").ToArray()));
        Assert.Equal('<', shaped.Shaper.FirstByte(RecordBytes.ExitWith(1, 5, 3, 1, 5).Data("<a:b:").ToArray()));
        Assert.Equal(RecordShaper.NoByte, shaped.Shaper.FirstByte(RecordBytes.Exit(1, -9).NotReadable(CopyKind.Buffer).ToArray()));
        Assert.Equal(RecordShaper.NoByte, shaped.Shaper.FirstByte(RecordBytes.Exit(1, 0).Data("").ToArray()));
        Assert.Equal(RecordShaper.NoByte, shaped.Shaper.FirstByte(RecordBytes.Exit(1, 5).ToArray()));
        Assert.Equal(RecordShaper.NoByte, shaped.Shaper.FirstByte(RecordBytes.Exit(3, 0).Data(">").ToArray()));
        Assert.Equal(9, shaped.Shaper.TypeOf(RecordBytes.Exit(1, 5).Data(">a:b:").ToArray()));
        Assert.Equal(RecordShaper.NoEvent, shaped.Shaper.TypeOf(RecordBytes.Of((byte)RecordKind.Fork).ToArray()));
    }

    [Fact]
    public void A_marker_is_said_to_be_one_by_its_block()
    {
        using Shaped shaped = new();
        shaped.Add(RecordBytes.Enter(1, 3, 1, 7));
        shaped.Add(RecordBytes.Exit(1, 7).Data(">:7:a::"), EventBlockOptions.Marker);
        shaped.Add(RecordBytes.Enter(1, 3, 1, 7));
        Assert.Equal("9 write res=7 data=<:7:a::", shaped.Add(RecordBytes.Exit(1, 7).Data("<:7:a::"), EventBlockOptions.Marker));
        Reading reading = shaped.Read();
        Assert.Null(reading.Error);
        Assert.Single(reading.Spans);
        Assert.All(reading.Events, e => Assert.Equal((long)(Shaped.ClockOffset + RecordBytes.Time), e.Timestamp));
    }

    private static long[] Arguments(Random random) => [.. Enumerable.Range(0, 6).Select(_ => random.Next(2) == 0 ? random.Next(70) : random.NextInt64())];
}
