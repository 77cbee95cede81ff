using System.Management.Automation;
using Tracers.Engine.Analysis;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class ShowTracerSpectrogramTests(ModuleHost host) : CommandTests(host)
{
    private const string Picture = "Show-TracerSpectrogram";

    private static readonly string[] s_captures = ["sample", "service", "demo"];

    public static TheoryData<string, SpectrogramMetric, string> Questions => new()
    {
        { "sample", SpectrogramMetric.Duration, "" },
        { "service", SpectrogramMetric.Duration, "" },
        { "demo", SpectrogramMetric.Duration, "-Width 93 -Interval 100ms" },
        { "demo", SpectrogramMetric.Bytes, "-Width 200" },
        { "service", SpectrogramMetric.Bytes, "-Interval 1.5s" },
        { "sample", SpectrogramMetric.Bytes, "" },
    };

    // The rules in other words: a cell is the interval that ends at or behind the span's end, and the column of its logarithm.
    [Theory]
    [MemberData(nameof(Questions))]
    public void The_cells_are_those_of_the_spans_by_the_rules(string capture, SpectrogramMetric metric, string parameters)
    {
        long interval = parameters.Contains("100ms", StringComparison.Ordinal) ? 100_000_000 : parameters.Contains("1.5s", StringComparison.Ordinal) ? 1_500_000_000 : 500_000_000;
        int columns = (parameters.Contains("93", StringComparison.Ordinal) ? 93 : parameters.Contains("200", StringComparison.Ordinal) ? 200 : 119) - 13;
        List<TracerSpan> spans = [.. Host.Run($"Get-TracerSpan ${capture} -IO").Select(static o => (TracerSpan)o.BaseObject)];
        var expected = spans.Where(static s => s.Duration is not null)
            .GroupBy(s => ((long)Math.Ceiling(s.End!.Value.Nanoseconds / (decimal)interval), ColumnOf(s)))
            .OrderBy(static g => g.Key)
            .Select(static g => (g.Key.Item1, g.Key.Item2, string.Join(' ', g.Select(static s => $"{s.Tag}{s.Id}"))));

        TracerSpectrogramCell[] cells = [.. Host.Run($"{Picture} ${capture} -PassThru -Metric {metric} {parameters}").Select(static o => (TracerSpectrogramCell)o.BaseObject)];
        Assert.Equal(expected, cells.Select(c => (c.End.Nanoseconds / interval, ColumnOf(c.Spans[0]), string.Join(' ', c.Spans.Select(static s => $"{s.Tag}{s.Id}")))));
        Assert.All(cells, c =>
        {
            Assert.Equal((c.Spans.Count, interval), (c.Count, (c.End - c.Start).Nanoseconds));
            Assert.All(c.Spans, s => Assert.True(s.End > c.Start && s.End <= c.End && ValueOf(s) >= Number(c.Low) && (c.High is null || ValueOf(s) < Number(c.High))));
        });

        int ColumnOf(TracerSpan span)
        {
            long value = ValueOf(span);
            if (value < 1)
                return -1;
            double place = metric == SpectrogramMetric.Bytes ? Math.Log2(value) * columns / 40 : Math.Log10(value) * columns / 11;
            return (int)Math.Min(place, columns);
        }

        long ValueOf(TracerSpan span) => metric == SpectrogramMetric.Bytes ? span.Bytes!.Value : span.Duration!.Value.Nanoseconds;

        static long Number(object value) => value is Duration duration ? duration.Nanoseconds : (long)value;
    }

    [Theory]
    [InlineData("sample", null)]
    [InlineData("service", null)]
    [InlineData("demo", null)]
    [InlineData("demo", "fd.type = file")]
    [InlineData("service", "evt.type = read or evt.type = futex")]
    public void The_cells_of_calls_are_those_of_the_returns_with_a_latency(string capture, string? filter)
    {
        Host.SetVariable("filter", filter is null ? "evt.dir = <" : $"evt.dir = < and ({filter})");
        List<TracerEvent> calls = [.. Host.Run($"Get-TracerEvent ${capture} -Filter $filter").Select(static o => (TracerEvent)o.BaseObject).Where(static e => e.Type != "tracer" && e.Latency is not null)];
        var expected = calls
            .GroupBy(static e => ((long)Math.Ceiling(e.Time.Nanoseconds / 500_000_000m), e.Latency!.Value.Nanoseconds < 1 ? -1 : (int)(Math.Log10(e.Latency.Value.Nanoseconds) * 106 / 11)))
            .OrderBy(static g => g.Key)
            .Select(static g => (g.Key.Item1, g.LongCount()));
        TracerSpectrogramCell[] cells = [.. Host.Run($"{Picture} ${capture} -PassThru -Metric Latency" + (filter is null ? "" : " -Filter $filter")).Select(static o => (TracerSpectrogramCell)o.BaseObject)];
        Assert.Equal(expected, cells.Select(static c => (c.End.Nanoseconds / 500_000_000, c.Count)));
        Assert.All(cells, static c => Assert.Empty(c.Spans));
    }

    [Fact]
    public void What_one_sees_can_be_asked()
    {
        Host.Run($"$right = {Picture} $demo -PassThru | Where-Object {{ $_.Low -gt '500ms' }}");
        TracerSpectrogramCell[] right = [.. Host.Run("$right").Select(static o => (TracerSpectrogramCell)o.BaseObject)];
        Assert.True(right.Length > 5);
        Host.SetVariable("least", right.Min(static c => (Duration)c.Low));
        Assert.Equal(Lines("Get-TracerSpan $demo -MinDuration $least | ForEach-Object Id").Order(), Lines("$right | ForEach-Object Spans | ForEach-Object Id").Order());
        Assert.Equal(
            Host.Run("Get-TracerSpan $demo -MinDuration $least | Measure-TracerIO -By FdName").Select(static r => Values(r, "FdName", "Bytes")),
            Host.Run("$right | ForEach-Object Spans | Measure-TracerIO -By FdName").Select(static r => Values(r, "FdName", "Bytes")));
    }

    [Fact]
    public void Spans_from_the_pipeline_give_the_picture_of_their_file()
    {
        foreach (string capture in s_captures)
        {
            string[] of = Shown($"{Picture} ${capture}");
            string[] piped = Shown($"Get-TracerSpan ${capture} | {Picture}");
            Assert.Equal(of.Skip(1), piped.Skip(1));
            Assert.StartsWith("pipeline: ", piped[0], StringComparison.Ordinal);
            Assert.Equal(
                Shown($"{Picture} ${capture} -Metric Bytes").Skip(1),
                Shown($"Get-TracerSpan ${capture} -IO | {Picture} -Metric Bytes").Skip(1));
        }

        Assert.Equal(Shown($"{Picture} $demo -Tag *_write").Skip(1), Shown($"Get-TracerSpan $demo | {Picture} -Tag *_write").Skip(1));

        // The objects are those that came.
        Assert.Equal(true, Host.Run($"$s = Get-TracerSpan $sample -Id 11; [object]::ReferenceEquals($s, ($s | {Picture} -PassThru).Spans[0])").Single().BaseObject);
    }

    [Fact]
    public void Of_spans_the_calls_in_them_are_shown()
    {
        // The request reads twice in a part of its own, and sends once.
        Assert.Equal(["50us 1", "100us 1", "200us 1"], Calls("-Id 7 -Tag request", ""));
        Assert.Equal(["50us 1"], Calls("-Id 7 -Tag request", "-Nesting Innermost"));
        Assert.Equal(["50us 1"], Calls("-Id 7 -Tag request", "-Filter 'evt.type = sendto'"));
        Assert.Equal(["10us 1"], Calls("-Id 8", ""));

        string[] Calls(string spans, string parameters) =>
        [
            .. Host.Run($"Get-TracerSpan $sample {spans} | Where-Object Tag -eq request | {Picture} -PassThru -Metric Latency {parameters}").Select(static o => (TracerSpectrogramCell)o.BaseObject)
                .OrderBy(static c => (Duration)c.Low).Select(static c => $"{Within(c)} {c.Count}"),
        ];

        static string Within(TracerSpectrogramCell cell) =>
            ((string[])["10us", "50us", "100us", "200us"]).First(t => Duration.Parse(t, null) >= (Duration)cell.Low && Duration.Parse(t, null) < (Duration)cell.High!);
    }

    [Fact]
    public void Tags_and_filters_choose_spans()
    {
        Assert.Equal(Lines("Get-TracerSpan $demo -Tag fib_handler | ForEach-Object Id").Order(), Lines($"{Picture} $demo -PassThru -Tag fib_handler | ForEach-Object Spans | ForEach-Object Id").Order());
        Assert.Equal(
            Lines("Get-TracerSpan $demo -Filter 'span.ntags = 1' | ForEach-Object Id").Order(),
            Lines($"{Picture} $demo -PassThru -Filter 'span.ntags = 1' | ForEach-Object Spans | ForEach-Object Id").Order());
    }

    [Fact]
    public void Without_a_path_it_is_the_sessions_last_capture_and_an_empty_pipeline_is_nothing()
    {
        Host.Run("$null = Get-TracerCapture $demo");
        Assert.StartsWith("demo.scap: 532 spans", Shown(Picture)[0], StringComparison.Ordinal);
        Assert.Empty(Host.Run($"Get-TracerSpan $demo -Id 987654321 | {Picture}"));
        Assert.Equal(2, Host.Run($"$demo, $sample | {Picture}").Count);
        Assert.Equal(2, Host.Run($"Get-TracerCapture $demo, $sample | {Picture}").Count);
    }

    [Fact]
    public void A_damaged_capture_gives_the_picture_of_what_is_whole_and_then_the_error()
    {
        byte[] whole = File.ReadAllBytes(Demo);
        File.WriteAllBytes(FileName("cut.scap"), whole[..^(whole.Length / 3)]);
        PSObject output = Assert.Single(Host.Try($"{Picture} $folder/cut.scap"));
        Assert.IsType<TracerPicture>(output.BaseObject);
        Assert.Single(Host.Errors);
        Assert.NotEmpty(Host.Try($"{Picture} $folder/cut.scap -PassThru"));
        Assert.Empty(Host.Try($"{Picture} $folder/none.scap"));
        Assert.Equal(["CaptureNotFound"], ShortErrorIds);
    }

    [Fact]
    public void A_picture_is_as_wide_as_it_is_asked_for()
    {
        foreach (int width in (int[])[40, 93, 119])
        {
            string[] lines = Shown($"{Picture} $demo -Metric Latency -Width {width}");
            Assert.All(lines, line => Assert.True(line.Length <= width));
            Assert.InRange(lines.Single(static line => line.Contains("|1ns", StringComparison.Ordinal)).Length, width - 8, width);
        }

        // Nothing asked: the host's window but one column.
        Assert.Equal(Shown($"{Picture} $demo -Width 119"), Shown($"{Picture} $demo"));
        Host.Try($"{Picture} $demo -Width 3");
        Assert.Equal(["ParameterArgumentValidationError"], ShortErrorIds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Metric Bytes")]
    [InlineData("-PassThru")]
    public void Where_there_is_no_span_a_warning_says_what_can_be_seen(string parameters)
    {
        Host.Run($"{Picture} $sample -Tag nothing {parameters}");
        Assert.EndsWith("has no span to show that was asked for. Its system calls are shown with -Metric Latency.", Assert.Single(Host.Warnings), StringComparison.Ordinal);
        Host.Run($"{Picture} $sample -Metric Latency -Filter 'evt.num > 1000000'");
        Assert.Empty(Host.Warnings);
    }

    [Fact]
    public void The_console_shows_the_lines_and_a_string_is_the_same_without_colours()
    {
        string[] console = [.. Host.Text($"{Picture} $service").Split('\n').Where(static line => line.Length > 0)];
        Assert.Equal(Shown($"{Picture} $service").Select(static line => line.TrimEnd()), console);

        string rendering = (string)Host.Run("\"$($PSStyle.OutputRendering)\"").Single().BaseObject;
        try
        {
            Host.Run("$PSStyle.OutputRendering = 'Ansi'");
            Assert.Contains("\u001b[38;5;28;48;5;28m.", string.Concat(Lines($"({Picture} $demo).Lines")), StringComparison.Ordinal);
            Assert.Equal(Shown($"{Picture} $demo"), Lines($"({Picture} $demo).Lines").Select(static line => System.Text.RegularExpressions.Regex.Replace(line, "\u001b\\[[0-9;]*m", "")));
            Assert.DoesNotContain('\u001b', (string)Host.Run($"\"$({Picture} $demo)\"").Single().BaseObject);
            Host.Run("$PSStyle.OutputRendering = 'PlainText'");
            Assert.DoesNotContain('\u001b', string.Concat(Lines($"({Picture} $demo).Lines")));
        }
        finally
        {
            Host.SetVariable("rendering", rendering);
            Host.Run("$PSStyle.OutputRendering = $rendering");
        }
    }

    [Fact]
    public void A_hostile_name_of_a_file_reaches_no_terminal_as_a_command()
    {
        string name = FileName("a\u001b[2J\u001b]0;t\u0007\u009b31m\u202eb.scap");
        File.Copy(Demo, name);
        Host.SetVariable("hostile", name);
        string shown = string.Concat(Shown($"{Picture} -LiteralPath $hostile"));
        Assert.DoesNotContain(shown, static c => char.IsControl(c) || c == '\u202e');
        Assert.StartsWith("a\uFFFD[2J\uFFFD]0;t\uFFFD\uFFFD31m\uFFFDb.scap: 532 spans", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Show-TracerSpectrogram $sample -Interval 0s", "IntervalNotPositive")]
    [InlineData("Show-TracerSpectrogram $sample -Metric Latency -Tag request", "TagOfCalls")]
    [InlineData("Get-TracerSpan $sample | Show-TracerSpectrogram -Scope Machine", "CallsInSpansOnly")]
    [InlineData("Show-TracerSpectrogram $sample -Nesting Innermost", "CallsInSpansOnly")]
    [InlineData("Show-TracerSpectrogram $sample -Metric Latency -Scope Machine", "NoSpans")]
    [InlineData("Get-TracerSpan $sample | Show-TracerSpectrogram -Metric Bytes", "SpansWithoutIO")]
    [InlineData("Get-TracerSpan $sample | Show-TracerSpectrogram -Filter 'evt.num > 1'", "FilterOfInput")]
    [InlineData("Show-TracerSpectrogram $sample -PassThru -Interactive", "CellsOrChoice")]
    [InlineData("Show-TracerSpectrogram $sample -Interactive", "NotATerminal")]
    [InlineData("Get-TracerEvent $sample | Show-TracerSpectrogram", "NotACaptureObject")]
    public void What_cannot_be_shown_is_one_clear_error(string script, string id)
    {
        Assert.Empty(Host.Try(script));
        Assert.Equal([id], ShortErrorIds);
    }

    [Fact]
    public void Tab_offers_the_metrics() => Assert.Equal(
        ["Duration", "Bytes", "Latency"], Host.Complete($"{Picture} -Metric ").Select(static c => c.CompletionText));

    // The lines as they are, of one picture.
    private string[] Shown(string script)
    {
        TracerPicture picture = (TracerPicture)Host.Run(script).Single().BaseObject;
        return picture.ToString().Split(Environment.NewLine);
    }
}
