using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Spectrogram;
using Tracers.Engine.Events;

namespace Tracers.Engine.Pictures;

/// <summary>A whole spectrogram, one line an interval, as csysdig shows it and with what csysdig does not say.</summary>
internal static class SpectrogramPicture
{
    /// <summary>Draws it.</summary>
    /// <param name="grid">What was counted.</param>
    /// <param name="name">Of what, such as a file's name; may hold anything.</param>
    /// <param name="width">The columns that the lines may take.</param>
    /// <param name="zone">Of the times.</param>
    /// <param name="formats">Of the numbers.</param>
    public static IReadOnlyList<PictureLine> Draw(SpectrogramGrid grid, string name, int width, TimeZoneInfo zone, PictureFormats formats)
    {
        SpectrogramPainter painter = new(grid, zone, formats);
        IReadOnlyList<SpectrogramRow> rows = grid.Rows();
        List<PictureLine> lines = [new PictureLine().Append(Title(grid, name, width, rows, painter, formats))];
        lines.AddRange(SpectrogramLine.Of(rows).Select(line => painter.Line(line)));
        lines.Add(painter.Axis());
        lines.AddRange(painter.Legend(width, GreatestOnScale(rows, grid.Scale)));
        lines.AddRange(Beside(grid, rows, painter).SelectMany(text => Wrapped(text, width)));
        return lines;
    }

    /// <summary>What is not on the scale, in sentences.</summary>
    public static IEnumerable<string> Beside(SpectrogramGrid grid, IReadOnlyList<SpectrogramRow> rows, SpectrogramPainter painter)
    {
        long below = 0;
        long above = 0;
        foreach (SpectrogramCell cell in rows.SelectMany(static r => r.Cells))
        {
            below += cell.Column == LogScale.Below ? cell.Count : 0;
            above += cell.Column == grid.Scale.Columns ? cell.Count : 0;
        }

        bool isBytes = grid.Query.Metric == SpectrogramMetric.Bytes;
        if (grid.Count == 0)
            yield return $"There is no {painter.Thing} to show.";
        if (below > 0)
            yield return $"{SpectrogramPainter.Plural(below, painter.Thing)} left of the scale: {(isBytes ? "no bytes" : "less than 1ns")}.";
        if (above > 0)
            yield return $"{SpectrogramPainter.Plural(above, painter.Thing)} right of the scale: {painter.RangeOf(grid.Scale.End, null)}.";
        if (grid.Unplaced > 0)
        {
            yield return grid.Query.Metric == SpectrogramMetric.Latency
                ? $"{SpectrogramPainter.Plural(grid.Unplaced, "call")} without a place: when they began is not in the capture."
                : $"{SpectrogramPainter.Plural(grid.Unplaced, "span")} without a place: the beginning or the end is not in the capture.";
        }
    }

    /// <summary>The largest count of a cell on the scale; 0 for none.</summary>
    public static long GreatestOnScale(IReadOnlyList<SpectrogramRow> rows, LogScale scale) =>
        rows.SelectMany(static r => r.Cells).Where(c => c.Column >= 0 && c.Column < scale.Columns).Select(static c => c.Count).DefaultIfEmpty().Max();

    // The file's name gives way: it is the only part that can be long.
    private static string Title(SpectrogramGrid grid, string name, int width, IReadOnlyList<SpectrogramRow> rows, SpectrogramPainter painter, PictureFormats formats)
    {
        string of = grid.Query.Metric switch
        {
            SpectrogramMetric.Bytes => "bytes",
            SpectrogramMetric.Latency => "latency",
            _ => "duration",
        };
        string day = rows is [var first, ..] ? $", {painter.Times.DaysOf(first.Start, rows[^1].Start)}" : "";
        string text = $"{SpectrogramPainter.Plural(grid.Count, painter.Thing)} by {of}, a row is {formats.Duration(grid.Query.Interval)}{day}";
        return TextColumns.Fit($"{TextColumns.Fit(name, Math.Max(width - text.Length - 2, 12))}: {text}", width);
    }

    private static IEnumerable<PictureLine> Wrapped(string text, int width)
    {
        PictureLine line = new();
        foreach (string word in text.Split(' '))
        {
            if (line.Columns > 0 && line.Columns + 1 + word.Length > width)
            {
                yield return line;
                line = new PictureLine();
            }

            line.Append(line.Columns > 0 ? " " + word : word);
        }

        yield return line;
    }
}
