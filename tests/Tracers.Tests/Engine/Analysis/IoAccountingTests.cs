using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.State;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Analysis;

/// <summary>Sums of I/O by one key and by several.</summary>
public class IoAccountingTests
{
    [SkippableFact]
    public void The_demo_is_charged_to_its_innermost_spans()
    {
        IoAccounting accounting = new(new IoQuery { Keys = [IoKey.SpanTag] });
        using CaptureFile file = new(Repository.Shared("vectors/demo.scap"), keepArguments: false, CancellationToken.None);
        file.MeasureIo(accounting);
        Assert.Equal(
            [("download_handler.download_write", 9000L), ("download_handler.download_headers", 40L), ("download_handler", 7L)],
            accounting.Rows.Select(r => ((string)r.Keys[0]!, r.Totals.Bytes)));
    }

    [Fact]
    public void A_row_has_all_sums()
    {
        IoTotals totals = Assert.Single(Measure(new IoQuery { Keys = [IoKey.ProcessId] }, c => c.Write(100, 4, "12345").Read(100, 4, 30).Read(100, 5, 7).Write(100, 5, "1")
            .Read(100, 4, 0).Write(100, 4, "x"u8.ToArray(), -9).Read(100, 77, 3).Event(100, 9, 50L, "no enter"u8.ToArray())).Rows).Totals;
        Assert.Equal((8, 40, 56, 96, 35, 8, 1), (totals.Calls, totals.ReadBytes, totals.WriteBytes, totals.Bytes, totals.FileBytes, totals.NetworkBytes, totals.Errors));
        Assert.Equal((7000, 2), (totals.Time, totals.Fds));
    }

    [Theory]
    [InlineData(IoKey.SpanTag, "a|a.b|<null>")]
    [InlineData(IoKey.SpanRoot, "a|<null>")]
    [InlineData(IoKey.SpanId, "1|<null>")]
    [InlineData(IoKey.FdName, "/tmp/blob.bin|10.0.0.9:50000->10.0.0.5:8888|")]
    [InlineData(IoKey.FdType, "file|ipv4|<null>")]
    [InlineData(IoKey.ProcessName, "python|<null>")]
    [InlineData(IoKey.ProcessId, "100|200")]
    [InlineData(IoKey.ThreadId, "100|200")]
    [InlineData(IoKey.Syscall, "read|write")]
    public void Every_key_has_its_values_and_null_where_there_is_none(object key, string values)
    {
        IoAccounting accounting = Measure(new IoQuery { Keys = [(IoKey)key], IncludeUnattributed = true }, Story);
        Assert.Equal(values.Split('|').Order(StringComparer.Ordinal), accounting.Rows.Select(r => r.Keys[0]?.ToString() ?? "<null>").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Several_keys_together_sum_up_to_each_alone()
    {
        IoKey[] all = Enum.GetValues<IoKey>();
        IoAccounting together = Measure(new IoQuery { Keys = [.. all], IncludeUnattributed = true }, Story);
        for (int i = 0; i < all.Length; i++)
        {
            IoAccounting alone = Measure(new IoQuery { Keys = [all[i]], IncludeUnattributed = true }, Story);
            Assert.Equal(Rows(alone, 0), Rows(together, i));
        }

        static IEnumerable<(string? Key, long Calls, long Bytes, long Time, long Errors)> Rows(IoAccounting accounting, int index) => accounting.Rows
            .GroupBy(r => r.Keys[index]?.ToString())
            .Select(g => (g.Key, g.Sum(r => r.Totals.Calls), g.Sum(r => r.Totals.Bytes), g.Sum(r => r.Totals.Time), g.Sum(r => r.Totals.Errors)))
            .OrderBy(r => r.Key, StringComparer.Ordinal);
    }

    [Fact]
    public void What_lies_in_no_span_has_no_row_unless_asked_for_and_is_kept_apart()
    {
        IoAccounting without = Measure(new IoQuery { Keys = [IoKey.SpanTag] }, Story), with = Measure(new IoQuery { Keys = [IoKey.SpanTag], IncludeUnattributed = true }, Story);
        Assert.DoesNotContain(without.Rows, r => r.Keys[0] is null);
        IoTotals row = Assert.Single(with.Rows, r => r.Keys[0] is null).Totals;
        Assert.Equal((row.Calls, row.Bytes), (without.Unattributed.Calls, without.Unattributed.Bytes));
        Assert.True(row.Bytes > 0);
        Assert.Equal(0, with.Unattributed.Calls);
    }

    [Fact]
    public void Kinds_and_direction_choose_what_is_summed()
    {
        Assert.Equal(["file"], Keys(new IoQuery { Keys = [IoKey.FdType], FdKinds = [FdKind.File] }));
        Assert.Equal(["file", "ipv4"], Keys(new IoQuery { Keys = [IoKey.FdType], FdKinds = [FdKind.File, FdKind.Ipv4] }));
        Assert.Equal(["read"], Keys(new IoQuery { Keys = [IoKey.Syscall], Direction = IoDirection.Read }));
        Assert.Equal(["write"], Keys(new IoQuery { Keys = [IoKey.Syscall], Direction = IoDirection.Write }));

        static IEnumerable<string> Keys(IoQuery query) => Measure(query, Story).Rows.Select(r => (string)r.Keys[0]!).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void A_tag_is_looked_for_in_all_open_spans_of_the_thread()
    {
        Assert.Equal(3 + 4 + 5, Inside("a"));
        Assert.Equal(4, Inside("a.b"));
        Assert.Equal(0, Inside("b"));

        static long Inside(string tag) => Measure(new IoQuery { Keys = [IoKey.ProcessId], Tag = t => t.Text == tag }, Story).Rows.Sum(r => r.Totals.WriteBytes);
    }

    [Fact]
    public void Distinct_descriptors_are_told_apart_by_number_and_name()
    {
        IoAccounting accounting = Measure(new IoQuery { Keys = [IoKey.ProcessId] }, c => c.Write(100, 4, "x").Write(100, 4, "x").Open(100, 9, "/a").Write(100, 9, "x").Close(100, 9)
            .Open(100, 9, "/b").Write(100, 9, "x").Open(100, 10, "/b").Write(100, 10, "x").Write(100, 4, "x"));
        Assert.Equal(4, Assert.Single(accounting.Rows).Totals.Fds);
    }

    [Fact]
    public void Descriptors_are_counted_once_also_when_very_many_alternate()
    {
        IoAccounting accounting = Measure(new IoQuery { Keys = [IoKey.ProcessId] }, c =>
        {
            for (int fd = 10; fd < 3010; fd++)
                c.Open(100, fd, $"/f{fd % 100}");
            for (int round = 0; round < 2; round++)
            {
                for (int fd = 10; fd < 3010; fd++)
                    c.Write(100, fd, "x");
            }
        });
        Assert.Equal((6000, 3000), (accounting.Rows[0].Totals.Calls, accounting.Rows[0].Totals.Fds));
    }

    [Fact]
    public void Several_captures_are_summed_up_though_their_names_are_numbered_differently()
    {
        foreach (IoKey[] keys in (IoKey[][])[[IoKey.FdName], [IoKey.FdName, IoKey.SpanTag]])
        {
            IoAccounting accounting = new(new IoQuery { Keys = [.. keys], IncludeUnattributed = true });
            Pass(accounting, c => c.Open(100, 9, "/a").Open(100, 10, "/b").Write(100, 9, "1").Write(100, 10, "22"));
            Pass(accounting, c => c.Open(100, 9, "/b").Open(100, 10, "/c").Write(100, 9, "333").Write(100, 10, "4444"));
            Assert.Equal([("/a", 1L), ("/b", 5L), ("/c", 4L)], accounting.Rows.Select(r => ((string)r.Keys[0]!, r.Totals.Bytes)).Order());
        }
    }

    [Fact]
    public void A_descriptor_that_has_the_numbers_of_another_captures_last_one_is_one_more()
    {
        IoAccounting accounting = new(new IoQuery { Keys = [IoKey.ProcessName] });
        foreach (string name in (string[])["/a", "/b", "/b"])
            Pass(accounting, c => c.Open(100, 9, name).Read(100, 9, 10).Read(100, 9, 10));
        Assert.Equal((6, 2), (accounting.Rows[0].Totals.Calls, accounting.Rows[0].Totals.Fds));
    }

    [Fact]
    public void A_damaged_capture_leaves_the_sums_of_what_is_whole()
    {
        IoAccounting accounting = new(new IoQuery { Keys = [IoKey.FdName] });
        using TempFile path = new();
        File.WriteAllBytes(path.Path, CaptureBuilder.Typical().Write(100, 4, "12345").Raw(1, 2, 3).ToArray());
        using CaptureFile file = new(path.Path, keepArguments: false, CancellationToken.None);
        Assert.Throws<Tracers.Engine.Scap.ScapFormatException>(() => file.MeasureIo(accounting));
        Assert.Equal(5, Assert.Single(accounting.Rows).Totals.Bytes);
    }

    private static void Story(CaptureBuilder c) => c.Write(100, 4, "12").Write(100, 3, ">:1:a::").Write(100, 4, "123").Read(100, 4, 50).Write(100, 3, ">:1:a.b::").Write(100, 5, "1234")
        .Read(100, 5, -11).Write(100, 3, "<:1:a.b::").Write(100, 77, "12345").Write(100, 3, "<:1:a::").Read(200, 4, 9);

    private static IoAccounting Measure(IoQuery query, Action<CaptureBuilder> script)
    {
        IoAccounting accounting = new(query);
        Pass(accounting, script, query.NeedsSpans);
        return accounting;
    }

    private static void Pass(IoAccounting accounting, Action<CaptureBuilder> script, bool needsSpans = true)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        script(capture);
        using TempFile path = new();
        File.WriteAllBytes(path.Path, capture.ToArray());
        using CaptureFile file = new(path.Path, keepArguments: false, CancellationToken.None);
        file.MeasureIo(accounting);
    }
}
