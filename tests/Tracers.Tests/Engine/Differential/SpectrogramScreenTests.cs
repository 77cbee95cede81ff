using System.Globalization;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Spectrogram;
using Tracers.Engine.Filters;
using Tracers.Engine.Pictures;
using Tracers.Tests.Commands;
using Tracers.Tests.Scap.Writing;
using Tracers.Tests.Terminals;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>csysdig 0.29.3 in a real terminal shows the same cells in the same colours.</summary>
/// <remarks>
/// Its columns stand one further right than their labels: what it counts in column c is drawn in column c + 1, and of the scale's last two columns
/// nothing is ever seen. Intervals in which nothing ended have no line there.
/// </remarks>
public sealed class SpectrogramScreenTests(LoadCapture load) : IClassFixture<LoadCapture>
{
    [SkippableTheory]
    [InlineData(SpectrogramMetric.Duration, 80, 500)]
    [InlineData(SpectrogramMetric.Duration, 200, 500)]
    [InlineData(SpectrogramMetric.Duration, 133, 100)]
    [InlineData(SpectrogramMetric.Latency, 80, 500)]
    [InlineData(SpectrogramMetric.Latency, 200, 100)]
    public void The_demos_cells_are_csysdigs(SpectrogramMetric metric, int width, int milliseconds) =>
        AssertSameCells(Repository.PathOf("src/Tracers.Demo/demo.scap"), metric, width, milliseconds);

    [SkippableTheory]
    [InlineData(SpectrogramMetric.Duration, 80)]
    [InlineData(SpectrogramMetric.Duration, 200)]
    [InlineData(SpectrogramMetric.Latency, 200)]
    public void The_load_captures_cells_are_csysdigs(SpectrogramMetric metric, int width) => AssertSameCells(load.Path, metric, width, 100);

    // 0 ns, 10 us, 99.9 s and 100 s: of these csysdig shows the second, one column right of its label, and no line for what is between.
    [SkippableFact]
    public void What_csysdig_shows_elsewhere_or_not_at_all_is_here_in_its_column_or_in_words()
    {
        Skip.IfNot(File.Exists("/usr/bin/csysdig"), "csysdig is not installed: apt-get install sysdig");
        const int Width = 110;
        using TempFile capture = new();
        CaptureScript.Write(capture.Path, static script =>
        {
            script.Mark(1 * CaptureScript.Millisecond, CaptureScript.Web, ">:1:none::");
            script.Mark(1 * CaptureScript.Millisecond, CaptureScript.Web, "<:1:none::");
            script.Mark(2 * CaptureScript.Millisecond, CaptureScript.Web, ">:2:last::");
            script.Mark(3 * CaptureScript.Millisecond, CaptureScript.Web, ">:3:long::");
            script.Mark(4 * CaptureScript.Millisecond, CaptureScript.Web, ">:4:short::");
            script.Mark((4 * CaptureScript.Millisecond) + (10 * CaptureScript.Microsecond), CaptureScript.Web, "<:4:short::");
            script.Mark((99_900 + 2) * CaptureScript.Millisecond, CaptureScript.Web, "<:2:last::");
            script.Mark((100_000 + 3) * CaptureScript.Millisecond, CaptureScript.Web, "<:3:long::");
        });

        using (TmuxTerminal terminal = new(Width, 30, $"exec csysdig -r '{capture.Path}' -v spectro_traces"))
        {
            string[] screen = terminal.WaitForColored(static lines => CellsOf(lines, Width).Count > 0);
            string axis = screen.Single(static line => line.Contains("|1ns", StringComparison.Ordinal));
            IReadOnlyList<int> row = Assert.Single(screen.TakeWhile(line => line != axis).Select(ColoredCells.Of), static cells => cells.Any(static c => c != 0));
            Assert.Equal(axis.IndexOf("|10us", StringComparison.Ordinal) + 1, Assert.Single(row.Index(), static cell => cell.Item != 0).Index);
        }

        SpectrogramGrid grid = new(new SpectrogramQuery { Columns = Width });
        using (CaptureFile file = new(capture.Path, keepArguments: false, CancellationToken.None))
            file.ReadSpectrogram(grid);
        string[] picture = [.. SpectrogramPicture.Draw(grid, "here", Width + 13, TimeZoneInfo.Utc, Views.Pictures).Select(static line => line.ToString())];
        Assert.Equal(picture.Single(static line => line.Contains("|1ns", StringComparison.Ordinal)).IndexOf("|10us", StringComparison.Ordinal), picture[1].IndexOf('.', 13));
        Assert.EndsWith("··· 198 intervals (99s) without any span ···", picture[2], StringComparison.Ordinal);
        Assert.Equal(Width + 13 - 1, picture[3].IndexOf('.', 13));
        Assert.Equal(["1 span left of the scale: less than 1ns.", "1 span right of the scale: 100s or more."], picture[^2..]);
    }

    private static void AssertSameCells(string path, SpectrogramMetric metric, int width, int milliseconds)
    {
        Skip.IfNot(File.Exists("/usr/bin/csysdig"), "csysdig is not installed: apt-get install sysdig");
        List<string> expected = ReadRows(path, metric, width, milliseconds);
        Assert.NotEmpty(expected);

        // Its 500 ms are a quarter of the 2 s that it has where nothing is said.
        string delay = milliseconds == 500 ? "" : string.Create(CultureInfo.InvariantCulture, $"-d {milliseconds}");
        string view = metric == SpectrogramMetric.Latency ? "spectro_all" : "spectro_traces";
        using TmuxTerminal terminal = new(width, expected.Count + 30, $"exec csysdig -r '{path}' {delay} -v {view}");
        string[] screen = terminal.WaitForColored(lines => CellsOf(lines, width).Count >= expected.Count);
        Assert.Equal(expected, CellsOf(screen, width));
    }

    // Of the lines that have a coloured cell; the menu is the last one, below the axis.
    private static List<string> CellsOf(string[] screen, int width)
    {
        int axis = Array.FindIndex(screen, static line => line.Contains("|1ns", StringComparison.Ordinal));
        return axis < 0 ? [] : [.. screen.Take(axis).Select(ColoredCells.Of).Select(cells => string.Join(' ', cells.Skip(1).Take(width - 2))).Where(IsSeen)];
    }

    private static List<string> ReadRows(string path, SpectrogramMetric metric, int width, int milliseconds)
    {
        SpectrogramGrid grid = new(new SpectrogramQuery
        {
            Metric = metric,
            Columns = width,
            Interval = milliseconds * 1_000_000L,
            Spans = new SpanQuery { Filter = CaptureFilter.Parse("span.ntags=1") },
        });
        using CaptureFile file = new(path, keepArguments: true, CancellationToken.None);
        file.ReadSpectrogram(grid);
        return [.. grid.Rows().Select(row => RowOf(row, width)).Where(IsSeen)];
    }

    private static string RowOf(SpectrogramRow row, int width)
    {
        int[] colors = new int[width - 2];
        foreach (SpectrogramCell cell in row.Cells.Where(c => c.Column >= 0 && c.Column < colors.Length))
            colors[cell.Column] = SpectrogramPalette.ColorOf(SpectrogramPalette.LevelOf(cell.Count));
        return string.Join(' ', colors);
    }

    private static bool IsSeen(string cells) => cells.Any(static c => c is not ('0' or ' '));
}
