using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.State;

/// <summary>Calls that move bytes between descriptors count as a read of the one and a write of the other.</summary>
public class TransfersTests
{
    // File 4, socket 5.
    private const string File = "/tmp/blob.bin", Socket = "10.0.0.9:50000->10.0.0.5:8888";

    [Fact]
    public void Sendfile_reads_its_second_descriptor_and_writes_its_first() =>
        AssertSides(c => c.Event(100, 188, 5L, 4L, 0L, 900L).Event(100, 189, 800L, 800L), (File, 800, 0), (Socket, 800, 1000));

    [Fact]
    public void Splice_reads_its_first_descriptor_and_writes_its_second() =>
        AssertSides(c => c.Event(100, 166, 5L, 4L, 900L, 0u).Event(100, 167, 700L), (Socket, 700, 0), (File, 700, 1000));

    [Fact]
    public void Copy_file_range_has_its_output_in_the_exit() =>
        AssertSides(c => c.Event(100, 332, 4L, 0L, 900L).Event(100, 333, 600L, 5L, 0L), (File, 600, 0), (Socket, 600, 1000));

    [Fact]
    public void Without_enter_events_the_descriptors_stand_in_the_exit()
    {
        AssertSides(c => c.Event(100, 189, 800L, 800L, 5L, 4L, 900L), (File, 800, 0), (Socket, 800, 0));
        AssertSides(c => c.Event(100, 167, 700L, 5L, 4L, 900L, 0u), (Socket, 700, 0), (File, 700, 0));
        AssertSides(c => c.Event(100, 333, 600L, 5L, 0L, 4L, 0L, 900L), (File, 600, 0), (Socket, 600, 0));
    }

    [Fact]
    public void A_failed_transfer_is_two_calls_and_one_error()
    {
        IoRow[] rows = Rows(IoKey.FdName, c => c.Event(100, 188, 5L, 4L, 0L, 900L).Event(100, 189, -11L, 0L));
        Assert.Equal([(File, 1L, 0L, 0L), (Socket, 1L, 1L, 1000L)], rows.Select(r => ((string)r.Keys[0]!, r.Totals.Calls, r.Totals.Errors, r.Totals.Time)).Order());
    }

    [Fact]
    public void Time_and_errors_of_a_transfer_are_charged_once_whatever_the_key()
    {
        foreach (IoKey key in Enum.GetValues<IoKey>())
        {
            IoRow[] rows = Rows(key, c => c.Event(100, 188, 5L, 4L, 0L, 900L).Event(100, 189, 800L, 800L).Event(100, 188, 5L, 4L, 0L, 900L).Event(100, 189, -11L, 0L));
            Assert.Equal((4, 800, 800, 1, 2000), (Sum(t => t.Calls), Sum(t => t.ReadBytes), Sum(t => t.WriteBytes), Sum(t => t.Errors), Sum(t => t.Time)));

            long Sum(Func<IoTotals, long> value) => rows.Sum(r => value(r.Totals));
        }
    }

    [Theory]
    [InlineData(50, 51, false)]
    [InlineData(54, 55, true)]
    public void A_message_counts_on_the_descriptor_in_its_exit(ushort enter, ushort exit, bool reads)
    {
        IoRow row = Assert.Single(Rows(IoKey.FdName, c => c.Event(100, exit, 30L, 5L, 64u, new byte[30], Array.Empty<byte>(), Array.Empty<byte>())));
        Assert.Equal((Socket, reads ? 30 : 0, reads ? 0 : 30, 1), ((string)row.Keys[0]!, row.Totals.ReadBytes, row.Totals.WriteBytes, row.Totals.Fds));
        Assert.Empty(Rows(IoKey.FdName, c => c.Event(100, enter).Event(100, exit)));
    }

    [Fact]
    public void A_number_of_messages_is_not_taken_for_bytes()
    {
        IoTotals totals = Assert.Single(Rows(IoKey.FdName, c => c.Event(100, 51, 3L, 5L, 0u, Array.Empty<byte>(), Array.Empty<byte>()))).Totals;
        Assert.Equal((1, 0), (totals.Calls, totals.Bytes));
    }

    [Fact]
    public void Damaged_parameters_leave_the_sides_unknown()
    {
        foreach (ushort exit in (ushort[])[189, 167, 333, 51, 55])
        {
            foreach (int size in (int[])[0, 1, 3, 7, 9])
            {
                byte[] odd = new byte[size];
                Reading reading = Reading.Of(CaptureBuilder.Typical().Event(100, (ushort)(exit - 1), odd, odd, odd, odd).Event(100, exit, odd, odd, odd, odd, odd, odd));
                Assert.Null(reading.Error);
                Assert.All(reading.Io, io => Assert.Equal((null, 0), (io.FdName, io.Result)));
            }
        }
    }

    [Fact]
    public void Events_that_were_handed_out_give_the_same_rows()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(100, 3, ">:1:a::").Event(100, 188, 5L, 4L, 0L, 900L).Event(100, 189, 800L, 800L)
            .Event(100, 332, 4L, 0L, 900L).Event(100, 333, 600L, 77L, 0L).Event(100, 51, 30L, 5L, 64u, new byte[30], Array.Empty<byte>());
        using TempFile path = new();
        System.IO.File.WriteAllBytes(path.Path, capture.ToArray());
        IoQuery query = new() { Keys = [.. Enum.GetValues<IoKey>()] };
        IoAccounting live = new(query), recorded = new(query);
        using (CaptureFile file = new(path.Path, keepArguments: false, CancellationToken.None))
            file.MeasureIo(live);
        using (CaptureFile file = new(path.Path, keepArguments: false, CancellationToken.None))
            file.ReadEvents(new EventQuery(), recorded.Add);
        Assert.Equal(5, live.Rows.Sum(r => r.Totals.Calls));
        Assert.Equal(Text(live), Text(recorded));

        static IEnumerable<string> Text(IoAccounting accounting) => accounting.Rows
            .Select(r => $"{string.Join(' ', r.Keys)} {r.Totals.Calls} {r.Totals.ReadBytes} {r.Totals.WriteBytes} {r.Totals.Time} {r.Totals.Fds}").Order();
    }

    [Fact]
    public void A_handed_out_event_tells_the_bytes_once()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Event(100, 188, 5L, 4L, 0L, 900L).Event(100, 189, 800L, 800L).Event(100, 188, 5L, 4L, 0L, 900L).Event(100, 189, -11L, 0L)
            .Event(100, 50).Event(100, 51).Event(100, 51, 30L, 5L, 64u, new byte[30], Array.Empty<byte>()).Write(100, 4, "12");
        using TempFile path = new();
        System.IO.File.WriteAllBytes(path.Path, capture.ToArray());
        List<long?> bytes = [];
        using CaptureFile file = new(path.Path, keepArguments: false, CancellationToken.None);
        file.ReadEvents(new EventQuery(), record =>
        {
            if (record.IsExit)
                bytes.Add(record.MovedBytes);
        });
        Assert.Equal([800, null, null, 30, 2], bytes);
    }

    private static void AssertSides(Action<CaptureBuilder> script, (string Name, long Bytes, long Time) read, (string Name, long Bytes, long Time) written)
    {
        IoRow[] rows = Rows(IoKey.FdName, script);
        Assert.Equal(2, rows.Length);
        Assert.Equal(read, Assert.Single(rows.Where(r => r.Totals.ReadBytes > 0).Select(r => ((string)r.Keys[0]!, r.Totals.ReadBytes, r.Totals.Time))));
        Assert.Equal(written, Assert.Single(rows.Where(r => r.Totals.WriteBytes > 0).Select(r => ((string)r.Keys[0]!, r.Totals.WriteBytes, r.Totals.Time))));
        Assert.All(rows, r => Assert.Equal((1, 1), (r.Totals.Calls, r.Totals.Fds)));
    }

    private static IoRow[] Rows(IoKey key, Action<CaptureBuilder> script)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        script(capture);
        using TempFile path = new();
        System.IO.File.WriteAllBytes(path.Path, capture.ToArray());
        IoAccounting accounting = new(new IoQuery { Keys = [key], IncludeUnattributed = true });
        using CaptureFile file = new(path.Path, keepArguments: false, CancellationToken.None);
        file.MeasureIo(accounting);
        return [.. accounting.Rows];
    }
}
