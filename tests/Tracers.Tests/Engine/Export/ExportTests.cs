using Tracers.Engine.Analysis;
using Tracers.Engine.State;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Export;

/// <summary>A part of a capture is told by the same names and times as the whole; what that takes is there without being shown.</summary>
public class ExportTests
{
    private const int Tid = CaptureBuilder.Tid;

    [Fact]
    public void Without_a_selection_every_event_is_taken_over_as_it_is()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(Tid, 3, ">:1:a::").Read(Tid, 4, 10).EventBlock(0x217, Tid, 4, 1, false, 4L).EventBlock(0x217, Tid, 5, 1, false, 0L);
        Exported exported = Exported.Of(capture, new EventQuery());
        Assert.Equal([(8, 0u), (9, 2u), (6, 0u), (7, 0u), (4, 1u), (5, 1u)], exported.Blocks);
        Assert.Equal(Reading.Of(capture).Events.Select(Text), exported.Reading.Events.Select(Text));
    }

    [Fact]
    public void A_selected_exit_keeps_its_time_and_its_descriptor_by_an_enter_event_that_is_not_shown()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Read(Tid, 4, 10).Read(Tid, 5, 20);
        Exported exported = Exported.Of(capture, new EventQuery { After = Exported.At(3) });
        Assert.Equal([(6, 1u), (7, 0u)], exported.Blocks);
        SeenEvent read = Assert.Single(exported.Reading.Events);
        Assert.Equal((1000, "10.0.0.9:50000->10.0.0.5:8888"), (read.Latency, read.FdName));
    }

    [Fact]
    public void A_selected_enter_event_has_its_call_ended_so_that_the_next_end_is_not_taken_for_its_own()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Read(Tid, 4, 10).Event(Tid, 7, 20L, Array.Empty<byte>());
        Exported exported = Exported.Of(capture, new EventQuery { After = Exported.At(0), Before = Exported.At(1) });
        Assert.Equal([(6, 0u), (7, 1u)], exported.Blocks.Concat([(7, 1u)]).Take(2));
        Exported both = Exported.Of(capture, new EventQuery { Skip = 0, Type = n => n == "read", After = Exported.At(2) });
        Assert.Equal([(7, 0u)], both.Blocks);
        Assert.Equal(-1, Assert.Single(both.Reading.Events).Latency);
    }

    [Fact]
    public void What_opens_and_closes_is_kept_and_what_moves_bytes_is_not()
    {
        CaptureBuilder capture = CaptureBuilder.Typical()
            .Open(Tid, 7, "/tmp/a").Write(Tid, 7, "some data").Close(Tid, 7).Read(Tid, 4, 10)
            .Open(Tid, 7, "/tmp/b").Read(Tid, 7, 20);
        Exported exported = Exported.Of(capture, new EventQuery { After = Exported.At(10) });
        Assert.Equal([2, 3, 4, 5, 2, 3], exported.KeptTypes);
        Assert.Equal([6, 7], exported.ShownTypes);
        Assert.Equal("/tmp/b", exported.Reading.Events[^1].FdName);
    }

    [Fact]
    public void A_call_that_failed_changes_nothing_and_goes()
    {
        CaptureBuilder capture = CaptureBuilder.Typical()
            .Event(Tid, 2, "/none", 1u, 0u).Event(Tid, 3, -2L, "/none", 1u, 0u, 0u)
            .Event(Tid, 150, 4L, (byte)3).Event(Tid, 151, 0x8000L)
            .Read(Tid, 4, 10);
        Assert.Equal([(6, 0u), (7, 0u)], Exported.Of(capture, Exported.Named("read")).Blocks);
    }

    [Fact]
    public void A_duplicate_is_kept()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Event(Tid, 150, 4L, (byte)1).Event(Tid, 151, 9L).Read(Tid, 9, 10);
        Exported exported = Exported.Of(capture, Exported.Named("read"));
        Assert.Equal([150, 151], exported.KeptTypes);
        Assert.Equal("/tmp/blob.bin", exported.Reading.Events[^1].FdName);
    }

    [Fact]
    public void A_datagram_that_names_the_other_side_is_kept_when_it_is_another_one()
    {
        byte[] tuple = Written.Join((byte)2, 0x0900000A, (ushort)53, 0x0500000A, (ushort)4000);
        CaptureBuilder capture = CaptureBuilder.Typical()
            .Event(Tid, 18, 2u, 2u, 17u).Event(Tid, 19, 8L)
            .Event(Tid, 34, 8L, 100u).Event(Tid, 35, 50L, new byte[50], tuple)
            .Event(Tid, 34, 8L, 100u).Event(Tid, 35, 50L, new byte[50], tuple)
            .Read(Tid, 8, 1);
        Exported exported = Exported.Of(capture, Exported.Named("read"));
        Assert.Equal([18, 19, 34, 35], exported.KeptTypes);
        Assert.Equal(Reading.Of(capture).Events[^1].FdName, exported.Reading.Events[^1].FdName);
    }

    [Fact]
    public void A_thread_that_a_rejected_call_made_has_its_name()
    {
        object[] child = [200L, "kid", Array.Empty<byte>(), 100L, 100L, 1L, "/", 1024L, 0L, 0L, 0u, 0u, 0u, "kid", Array.Empty<byte>(), 0u, 0u, 0u, 100L, 100L];
        CaptureBuilder capture = CaptureBuilder.Typical().Event(Tid, 222).Event(Tid, 223, child).Read(200, 4, 10).Event(200, 186, 0L);
        Exported exported = Exported.Of(capture, Exported.Named("read"));
        Assert.Equal([222, 223], exported.KeptTypes);
        Assert.Equal(("kid", "/tmp/blob.bin"), (exported.Reading.Events[^1].ProcessName, exported.Reading.Events[^1].FdName));
    }

    [Fact]
    public void Nothing_follows_the_last_selected_event()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Read(Tid, 4, 10);
        for (int i = 0; i < 1000; i++)
            capture.Open(Tid, 7, $"/tmp/{i}").Close(Tid, 7);
        Exported exported = Exported.Of(capture, Exported.Named("read"));
        Assert.Equal([(6, 0u), (7, 0u)], exported.Blocks);

        // Also where so much followed that it had been written already.
        Assert.Equal(exported.Bytes, Exported.Of(capture, Exported.Named("read"), heldBytes: 4096).Bytes);
        Exported compressed = Exported.Of(capture, Exported.Named("read"), heldBytes: 4096, compress: true);
        Assert.Equal(exported.Reading.Events.Select(Text), compressed.Reading.Events.Select(Text));
        Assert.Null(compressed.Reading.Error);
        Assert.Equal(2, compressed.Reading.Statistics.Events);
    }

    [Fact]
    public void How_much_may_wait_makes_no_difference()
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        for (int i = 0; i < 300; i++)
        {
            capture.Event(Tid, 6, 4L, 10u).Open(200 + i, 7, $"/tmp/{i}").Read(200 + i, 7, i).Event(Tid, 7, 10L, Array.Empty<byte>());
            capture.Write(Tid, 3, $">:{i}:a::").Read(Tid, 5, i).Write(Tid, 3, $"<:{i}:a::");
        }

        EventQuery query = new() { Type = n => n == "read", ThreadIds = Enumerable.Range(0, 400).Where(t => t % 3 == 1).ToHashSet() };
        Exported roomy = Exported.Of(capture, query);
        Exported tight = Exported.Of(capture, query, heldBytes: 1000);
        Assert.Equal(roomy.Reading.Events.Select(Text), tight.Reading.Events.Select(Text));
        Assert.Equal(roomy.Reading.Io, tight.Reading.Io);
        Assert.Equal(roomy.ShownTypes, tight.ShownTypes);
    }

    [Fact]
    public void What_came_of_a_long_time_before_is_told_by_lists()
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        for (int i = 0; i < 1000; i++)
            capture.Open(Tid, 7, $"/tmp/{i}").Close(Tid, 7);
        capture.Open(Tid, 7, "/tmp/last").Read(Tid, 7, 10);
        Exported exported = Exported.Of(capture, Exported.Named("read"), heldBytes: 4096);
        Assert.InRange(exported.Blocks.Count, 2, 100);
        SeenEvent read = exported.Reading.Events[^1];
        Assert.Equal(("/tmp/last", "python", 1000), (read.FdName, read.ProcessName, read.Latency));
    }

    [Fact]
    public void Lost_events_stay_told_wherever_they_were_lost()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Event(0, 148, 1u, 5L).Open(Tid, 7, "/tmp/a");
        for (int i = 0; i < 300; i++)
            capture.Open(Tid, 7, $"/tmp/{i}").Close(Tid, 7);
        capture.Read(Tid, 4, 10).Close(Tid, 7).Event(0, 148, 1u, 7L);
        for (int i = 0; i < 300; i++)
            capture.Open(Tid, 7, $"/tmp/{i}").Close(Tid, 7);
        foreach (int held in (int[])[4096, 8 << 20])
        {
            Exported exported = Exported.Of(capture, Exported.Named("read"), held);
            Assert.Equal((2, 12), (exported.Reading.Statistics.DropIntervals, exported.Reading.Statistics.LostEvents));
        }
    }

    [Fact]
    public void Every_section_that_has_something_selected_becomes_one()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Read(Tid, 4, 10)
            .Raw(CaptureBuilder.Typical().Close(Tid, 4).ToArray())
            .Raw(CaptureBuilder.Typical().Read(Tid, 5, 30).ToArray());
        Exported exported = Exported.Of(capture, Exported.Named("read"));
        Assert.Equal((2, 4), (exported.Reading.Statistics.Sections, exported.Reading.Statistics.Events));
        Assert.Equal(["/tmp/blob.bin", "10.0.0.9:50000->10.0.0.5:8888"], exported.Reading.Io.Select(io => io.FdName));
    }

    [Fact]
    public void Events_of_old_files_become_those_of_today()
    {
        CaptureBuilder capture = CaptureBuilder.Typical()
            .EventBlock(0x204, Tid, 2, 0, false, "/tmp/old", 1u, 0u).EventBlock(0x204, Tid, 3, 0, false, 7L, "/tmp/old", 1u, 0u)
            .EventBlock(0x208, Tid, 6, 0, false, 7L, 10u).EventBlock(0x204, Tid, 7, 0, false, 10L, new byte[] { 1, 2 });
        foreach (EventQuery query in (EventQuery[])[new(), Exported.Named("read")])
        {
            Exported exported = Exported.Of(capture, query);
            Assert.Equal([2, 3, 6, 7], exported.Blocks.Select(b => b.Type));
            Assert.Equal("/tmp/old", exported.Reading.Events[^1].FdName);
            Assert.Equal([[10, 0, 0, 0, 0, 0, 0, 0], [1, 2]], exported.Reading.Events[^1].Parameters);
        }
    }

    [Fact]
    public void A_part_of_a_part_is_the_part_of_the_whole()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Open(Tid, 7, "/tmp/a").Write(Tid, 3, ">:1:a::").Read(Tid, 7, 1).Read(Tid, 4, 2).Write(Tid, 3, "<:1:a::");
        Exported files = Exported.Of(capture, new EventQuery { Categories = new HashSet<EventCategory> { EventCategory.File } });
        Assert.Equal(Exported.Of(capture, Exported.Named("read")).Blocks, Exported.Of(files.Bytes, Exported.Named("read")).Blocks);
    }

    [Fact]
    public void A_capture_that_is_cut_off_gives_what_is_whole()
    {
        byte[] cut = CaptureBuilder.Typical().Read(Tid, 4, 10).Read(Tid, 5, 20).ToArray()[..^8];
        Exported exported = Exported.Of(cut, Exported.Named("read"));
        Assert.Equal([(6, 0u), (7, 0u), (6, 0u)], exported.Blocks);
        Assert.Null(exported.Reading.Error);
    }

    [Fact]
    public void After_the_first_so_many_the_rest_is_not_read()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Read(Tid, 4, 10).Read(Tid, 5, 20).Raw(1, 2, 3);
        Exported exported = Exported.Of(capture, new EventQuery { Type = n => n == "read", First = 2 });
        Assert.Equal([(6, 0u), (7, 0u)], exported.Blocks);
    }

    private static string Text(SeenEvent e) =>
        $"{e.Type} {e.Tid} {e.ProcessName} {e.Timestamp} {e.FdNumber} {e.FdName} {e.Result} {e.Latency} {e.IsMarker} {string.Join('|', e.Parameters.Select(Convert.ToHexString))}";
}
