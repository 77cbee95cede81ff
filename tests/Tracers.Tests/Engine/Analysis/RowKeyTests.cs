using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Filters;
using Xunit;

namespace Tracers.Tests.Engine.Analysis;

/// <summary>What rows are told apart by: short names, fields and the time.</summary>
public sealed class RowKeyTests
{
    [Theory]
    [InlineData("spantag", "SpanTag")]
    [InlineData("FdName", "FdName")]
    [InlineData("Tag", "SpanTag")]
    [InlineData("root", "SpanRoot")]
    [InlineData("proc.name", "proc.name")]
    public void A_key_is_a_short_name_in_any_case_or_a_field_as_it_was_written(string text, string name) => Assert.Equal(name, RowKey.Parse(text).Name);

    [Theory]
    [InlineData("Colour", "There is no key 'Colour'.")]
    [InlineData("FdNmae", "There is no key 'FdNmae'. Did you mean FdName?")]
    [InlineData("proc.nme", "There is no field 'proc.nme'. Did you mean proc.name?")]
    [InlineData("proc.aname", "proc.aname stands for several values at once: without a number it can only be compared in a filter. Write one, as in proc.aname[1].")]
    [InlineData("3", "There is no key '3'.")]
    [InlineData("SpanTag,FdName", "There is no key 'SpanTag,FdName'.")]
    [InlineData("", "There is no key ''.")]
    public void What_is_neither_is_an_error_with_the_nearest_name(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<FilterSyntaxException>(() => RowKey.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("evt.type", IoKey.Syscall)]
    [InlineData("fd.type", IoKey.FdType)]
    [InlineData("proc.name", IoKey.ProcessName)]
    public void A_field_gives_the_rows_of_the_short_name_that_means_the_same(string field, object shortName)
    {
        IoRow[] expected = [.. Measure([(IoKey)shortName], Story).Rows];
        Assert.True(expected.Length > 1, "One row tells nothing apart.");
        Assert.Equal(Text(expected), Text(Measure([RowKey.Parse(field)], Story).Rows));

        // Next to another key they take the other way.
        Assert.Equal(
            Text(Measure([IoKey.ThreadId, (IoKey)shortName], Story).Rows),
            Text(Measure([IoKey.ThreadId, RowKey.Parse(field)], Story).Rows));
    }

    [Fact]
    public void A_number_of_the_event_is_a_row_of_its_own()
    {
        IoAccounting accounting = Measure([RowKey.Parse("evt.num")], Story);
        Assert.Equal(5, accounting.Rows.Count);
        Assert.All(accounting.Rows, static r => Assert.Equal(1, r.Totals.Calls));
        Assert.All(accounting.Rows, static r => Assert.IsType<long>(r.Keys[0]));
    }

    [Fact]
    public void Several_captures_are_summed_up_though_their_names_are_numbered_differently()
    {
        IoAccounting accounting = new(new IoQuery { Keys = [RowKey.Parse("fd.type"), RowKey.Parse("evt.type")] });
        Pass(accounting, static c => c.Write(100, 4, "1").Read(100, 5, 20));
        Pass(accounting, static c => c.Read(100, 5, 300).Write(100, 4, "4444"));
        Assert.Equal(["ipv4 read 320", "file write 5"], Text(accounting.Rows));
    }

    [Fact]
    public void Intervals_are_counted_from_the_first_event_and_an_empty_one_has_no_row()
    {
        IoAccounting accounting = new(new IoQuery { Keys = [RowKey.Every(1000), IoKey.FdType] });
        CaptureBuilder c = CaptureBuilder.Typical();
        c.Now = 5_300;
        c.Write(100, 4, "1");
        c.Now = 6_299 - 1000;
        c.Write(100, 4, "22");
        c.Now = 8_300;
        c.Read(100, 5, 7).Write(100, 4, "333").Read(100, 5, 9);
        Pass(accounting, c);
        Assert.Equal(["5300 file 2", "6300 file 1", "9300 ipv4 7", "11300 file 3", "13300 ipv4 9"], Text(accounting.Rows));
    }

    [Fact]
    public void The_top_rows_are_those_of_each_interval()
    {
        IoAccounting accounting = new(new IoQuery { Keys = [RowKey.Every(1_000_000), IoKey.FdType] });
        CaptureBuilder c = CaptureBuilder.Typical();
        c.Now = 1_000_000;
        c.Write(100, 4, "1").Read(100, 5, 20);
        c.Now = 2_000_000;
        c.Write(100, 4, "333").Read(100, 5, 2);
        Pass(accounting, c);
        Assert.Equal(["1000000 ipv4 20", "2000000 file 3"], Text(accounting.Top(1)));
    }

    [Fact]
    public void A_filter_is_asked_of_the_return_of_a_call_before_it_is_summed()
    {
        Assert.Equal(["write 5"], Text(Measure([IoKey.Syscall], Story, "evt.type=write and evt.dir=<").Rows));
        Assert.Equal(["read 27"], Text(Measure([IoKey.Syscall], Story, "fd.type=ipv4").Rows));
        Assert.Empty(Measure([IoKey.Syscall], Story, "evt.dir=>").Rows);
    }

    private static void Story(CaptureBuilder c) =>
        c.Write(100, 4, "12").Read(100, 5, 20).Write(100, 4, "123").Read(100, 5, 7).Write(200, 9, "");

    private static string[] Text(IEnumerable<IoRow> rows) => [.. rows.Select(static r => $"{string.Join(' ', r.Keys.Select(static k => k ?? "null"))} {r.Totals.Bytes}")];

    private static IoAccounting Measure(IReadOnlyList<RowKey> keys, Action<CaptureBuilder> script, string? filter = null)
    {
        IoAccounting accounting = new(new IoQuery { Keys = keys, Filter = filter is null ? null : CaptureFilter.Parse(filter) });
        Pass(accounting, script);
        return accounting;
    }

    private static void Pass(IoAccounting accounting, Action<CaptureBuilder> script)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        script(capture);
        Pass(accounting, capture);
    }

    private static void Pass(IoAccounting accounting, CaptureBuilder capture)
    {
        using CaptureFile file = new("memory", MemorySource.Of(capture.ToArray()), keepArguments: false, CancellationToken.None);
        file.MeasureIo(accounting);
    }
}
