using System.Globalization;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Spectrogram;
using Tracers.Engine.Filters;
using Tracers.Engine.Pictures;
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
