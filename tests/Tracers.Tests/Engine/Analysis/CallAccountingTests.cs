using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Filters;
using Xunit;

namespace Tracers.Tests.Engine.Analysis;

/// <summary>Counts of calls: those that returned, those that failed, and their time.</summary>
public sealed class CallAccountingTests
{
    private const ushort Futex = 64;
    private const ushort Switch = 152;
    private const ushort ProcessExit = 186;

    [Fact]
    public void A_row_counts_calls_that_returned_and_the_failed_ones_and_their_time()
    {
        CallTotals row = Assert.Single(Measure(IoKey.Syscall, static c => c.Read(100, 4, 10).Read(100, 4, -11).Event(100, 7, 5L, Array.Empty<byte>()).Event(100, 6, 4L, 10u)).Rows).Totals;
        Assert.Equal((3, 1, 2, 6), (row.Calls, row.Failed, row.Timed, row.Events));
        Assert.Equal((2000, 1000, 1000), (row.Time, row.Average, row.Maximum));
    }

    [Fact]
    public void A_call_that_never_returned_has_a_row_without_calls()
    {
        CallRow row = Assert.Single(Measure(IoKey.Syscall, static c => c.Event(100, Futex, 1UL, (ushort)0, 1UL)).Rows);
        Assert.Equal(("futex", 0, 1, null), (row.Keys[0], row.Totals.Calls, row.Totals.Events, row.Totals.Average));
    }

    [Fact]
    public void What_is_no_call_is_not_counted() => Assert.Equal(
        ["read"],
        Measure(IoKey.Syscall, static c => c.Event(100, Switch, 200L, 0UL, 0UL, 0u, 0u, 0u).Write(100, 3, ">:1:a::").Read(100, 4, 1).Write(100, 3, "<:1:a::").Event(100, ProcessExit, 0L)).Rows.Where(static r => r.Totals.Calls > 0).Select(static r => r.Keys[0]));

    // sysdig does not know it, and so it is among the writes of its table.
    [Fact]
    public void A_switch_marker_counts_as_the_write_that_a_listing_shows()
    {
        CallRow row = Assert.Single(Measure(IoKey.Syscall, static c => c.Write(100, 3, "=:0:::").Write(100, 3, "=:0:::")).Rows);
        Assert.Equal(("write", 2, 4, 2000), (row.Keys[0], row.Totals.Calls, row.Totals.Events, row.Totals.Time));
    }

    // Only what the kernel takes for an error: -12 is ENOMEM, and no address; 2^63 is one, if a strange one.
    [Fact]
    public void A_call_that_returns_an_address_can_fail()
    {
        Assert.All(Measure(IoKey.ErrorName, static c => c.Event(100, 158, 0UL).Event(100, 159, 0x8000_0000_0000_0000UL, 0u, 0u, 0u)).Rows, static r => Assert.Equal((null, 0), (r.Keys[0], r.Totals.Failed)));
        CallRow row = Assert.Single(Measure(IoKey.ErrorName, static c => c.Event(100, 160, 0UL, 4096UL, 3u, 2u, -1L, 0UL).Event(100, 161, -12L, 1u, 1u, 0u)).Rows, static r => r.Totals.Calls > 0);
        Assert.Equal(("ENOMEM", 1), (row.Keys[0], row.Totals.Failed));
    }

    [Fact]
    public void Calls_without_a_type_of_their_own_have_their_own_names() => Assert.Equal(
        ["alarm 1", "sysinfo 2"],
        Measure(IoKey.Syscall, static c => Generic(Generic(Generic(c, Id("alarm")), Id("sysinfo")), Id("sysinfo"))).Rows.Select(static r => $"{r.Keys[0]} {r.Totals.Calls}").Order());

    [Fact]
    public void An_error_has_its_name_or_its_number_and_success_has_none() => Assert.Equal(
        ["4000 1", "EAGAIN 2", "null 1"],
        Measure(IoKey.ErrorName, static c => c.Read(100, 4, -11).Read(100, 4, -11).Read(100, 4, 8).Read(100, 4, -4000)).Rows.Select(static r => $"{r.Keys[0] ?? "null"} {r.Totals.Calls}").Order(StringComparer.Ordinal));

    [Fact]
    public void A_key_can_be_the_kind_of_the_call_or_a_field()
    {
        Assert.Equal(["file 2", "net 1"], Names(IoKey.Category));
        Assert.Equal(["file 2", "ipv4 1"], Names(RowKey.Parse("fd.type")));

        static IEnumerable<string> Names(RowKey key) => Measure(key, static c => c.Read(100, 4, 1).Write(100, 4, "1").Read(100, 5, 1)).Rows.Select(static r => $"{r.Keys[0]} {r.Totals.Calls}").Order();
    }

    [Theory]
    [InlineData(CallOrder.Calls, "read open write")]
    [InlineData(CallOrder.Time, "write read open")]
    [InlineData(CallOrder.Failed, "open read write")]
    [InlineData(CallOrder.Maximum, "write open read")]
    [InlineData(CallOrder.Average, "write open read")]
    public void Rows_come_in_the_order_that_was_asked_for(object order, string names)
    {
        CallAccounting accounting = new(new CallQuery { Keys = [IoKey.Syscall], Order = (CallOrder)order });
        Pass(accounting, static c =>
        {
            c.Read(100, 4, 1).Read(100, 4, -11).Read(100, 4, 1).Event(100, 8, 4L, 1u);
            c.Now += 8000;
            c.Event(100, 9, 1L, "x"u8.ToArray()).Event(100, 2, "/a", 1u, 0u);
            c.Now += 500;
            c.Event(100, 3, -2L, "/a", 1u, 0u, 0u).Event(100, 3, -2L, "/a", 1u, 0u, 0u);
        });
        Assert.Equal(names, string.Join(' ', accounting.Rows.Select(static r => r.Keys[0])));
        Assert.Equal(names.Split(' ')[0], Assert.Single(accounting.Top(1)).Keys[0]);
    }

    [Fact]
    public void A_filter_is_asked_of_both_events_of_a_call()
    {
        CallTotals exits = Assert.Single(Measure(IoKey.Syscall, static c => c.Read(100, 4, 1), "evt.dir=<").Rows).Totals;
        Assert.Equal((1, 1), (exits.Calls, exits.Events));
        CallTotals enters = Assert.Single(Measure(IoKey.Syscall, static c => c.Read(100, 4, 1), "evt.dir=>").Rows).Totals;
        Assert.Equal((0, 1), (enters.Calls, enters.Events));
    }

    [Fact]
    public void A_key_of_the_span_leaves_out_what_lies_in_none_unless_asked()
    {
        CallAccounting without = Measure(IoKey.SpanTag, Story);
        Assert.Equal(["a 1"], Text(without));
        Assert.Equal(2, without.Unattributed.Calls);
        CallAccounting with = new(new CallQuery { Keys = [IoKey.SpanTag], IncludeUnattributed = true });
        Pass(with, Story);
        Assert.Equal(["a 1", "null 2"], Text(with));

        static void Story(CaptureBuilder c) => c.Read(100, 4, 1).Write(100, 3, ">:1:a::").Read(100, 4, 1).Write(100, 3, "<:1:a::").Read(100, 4, 1);
        static IEnumerable<string> Text(CallAccounting accounting) => accounting.Rows.Select(static r => $"{r.Keys[0] ?? "null"} {r.Totals.Calls}").Order(StringComparer.Ordinal);
    }

    private static CaptureBuilder Generic(CaptureBuilder c, ushort id) => c.Event(100, 0, id, (ushort)0).Event(100, 1, id);

    private static ushort Id(string name) => (ushort)Enumerable.Range(1, Tracers.Engine.Events.SyscallTable.Count - 1).First(id => Tracers.Engine.Events.SyscallTable.Name(id) == name);

    private static CallAccounting Measure(RowKey key, Action<CaptureBuilder> script, string? filter = null)
    {
        CallAccounting accounting = new(new CallQuery { Keys = [key], Filter = filter is null ? null : CaptureFilter.Parse(filter) });
        Pass(accounting, script);
        return accounting;
    }

    private static void Pass(CallAccounting accounting, Action<CaptureBuilder> script)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        script(capture);
        using CaptureFile file = new("memory", MemorySource.Of(capture.ToArray()), keepArguments: false, CancellationToken.None);
        file.MeasureCalls(accounting);
    }
}
