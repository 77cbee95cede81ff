using System.Globalization;
using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Spectrogram;
using Tracers.Engine.Events;

namespace Tracers.Engine.Pictures;

/// <summary>Draws the parts of a spectrogram: rows with their times, the axis below them, the legend.</summary>
internal sealed class SpectrogramPainter
{
    private readonly SpectrogramGrid _grid;
    private readonly SpectrogramQuery _query;
    private readonly LogScale _scale;
    private readonly PictureFormats _formats;

    /// <param name="grid">What is drawn.</param>
    /// <param name="zone">Of the times.</param>
    /// <param name="formats">Of the numbers.</param>
    public SpectrogramPainter(SpectrogramGrid grid, TimeZoneInfo zone, PictureFormats formats)
    {
        _grid = grid;
        _query = grid.Query;
        _scale = grid.Scale;
        _formats = formats;
        Times = new RowTimes(_query.Interval, zone);
    }

    /// <summary>The times of the rows.</summary>
    public RowTimes Times { get; }

    /// <summary>The columns that a row's time takes, with the blank behind it.</summary>
    public int Margin => Times.Length + 1;

    /// <summary>What is counted: <c>span</c> or <c>call</c>.</summary>
    public string Thing => _query.Metric == SpectrogramMetric.Latency ? "call" : "span";

    /// <summary>How many columns a scale can have in a window.</summary>
    /// <param name="width">Of the window.</param>
    /// <param name="interval">Nanoseconds of a row.</param>
    public static int ColumnsIn(int width, long interval) => Math.Max(width - new RowTimes(interval, TimeZoneInfo.Utc).Length - 1, 1);

    /// <summary>A row, or a gap.</summary>
    /// <param name="line">Which.</param>
    /// <param name="mark">Of a column whether it is marked; null for none.</param>
    public PictureLine Line(SpectrogramLine line, Func<int, bool>? mark = null)
    {
        PictureLine picture = new();
        picture.Append(Times.Of(_grid.StartOf(line.Number))).Append(" ");
        if (line.Intervals > 1)
        {
            string text = $"{Plural(line.Intervals, "interval")} ({_formats.Duration(Span(line.Intervals))}) without any {Thing}";
            return picture.Append(TextColumns.Fit($"··· {text} ···", _scale.Columns));
        }

        int next = 0;
        foreach (SpectrogramCell cell in line.Row?.Cells ?? [])
        {
            if (cell.Column < 0 || cell.Column >= _scale.Columns)
                continue;
            AppendEmpty(picture, next, cell.Column, mark);
            int level = SpectrogramPalette.LevelOf(cell.Count);
            byte color = SpectrogramPalette.ColorOf(level);
            if (mark is not null && mark(cell.Column))
                picture.Append("X", 0, color);
            else
                picture.AppendCells(SpectrogramPalette.CharacterOf(level), color);
            next = cell.Column + 1;
        }

        if (mark is not null)
            AppendEmpty(picture, next, _scale.Columns, mark);
        return picture;
    }

    /// <summary>The labels below the rows: a bar stands in the column of the value beside it.</summary>
    public PictureLine Axis()
    {
        PictureLine line = new PictureLine().PadTo(Margin);
        foreach (long value in _scale.Divisions)
        {
            int column = Margin + _scale.ColumnOf(value);
            string label = "|" + (_query.Metric == SpectrogramMetric.Bytes ? _formats.BytesOfScale(value) : _formats.Duration(value));
            if (column < line.Columns || column + label.Length > Margin + _scale.Columns)
                continue;
            line.PadTo(column).Append(label);
        }

        return line;
    }

    /// <summary>What the colours and characters stand for, up to the largest count.</summary>
    /// <param name="width">Of a line.</param>
    /// <param name="greatest">The largest count of a cell; 0 for none.</param>
    public IReadOnlyList<PictureLine> Legend(int width, long greatest)
    {
        if (greatest == 0)
            return [];
        PictureLine line = new PictureLine().Append($"{Thing}s in a cell:");
        List<PictureLine> lines = [line];
        for (int level = 0; level <= SpectrogramPalette.LevelOf(greatest); level++)
        {
            string counts = CountsOf(level);
            if (line.Columns + counts.Length + 4 > width)
            {
                line = new PictureLine().Append(" ");
                lines.Add(line);
            }

            line.Append(" ").AppendCells(SpectrogramPalette.CharacterOf(level), SpectrogramPalette.ColorOf(level)).Append(" " + counts);
        }

        return lines;
    }

    /// <summary>Where values lie: <c>1ms to 10ms</c>.</summary>
    /// <param name="low">The least of them.</param>
    /// <param name="high">What is too large; null when nothing is.</param>
    public string RangeOf(long low, long? high) =>
        high is { } end ? $"{ValueOf(low)} to {ValueOf(end)}" : $"{ValueOf(low)} or more";

    /// <summary>A value on the scale.</summary>
    public string ValueOf(long value) => _query.Metric == SpectrogramMetric.Bytes ? _formats.Bytes(value) : _formats.Duration(value);

    /// <summary>A number of things.</summary>
    public static string Plural(long count, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {thing}{(count == 1 ? "" : "s")}");

    private long Span(long intervals) => (long)Int128.Min((Int128)intervals * _query.Interval, long.MaxValue);

    private static void AppendEmpty(PictureLine picture, int from, int to, Func<int, bool>? mark)
    {
        for (int column = from; column < to; column++)
        {
            if (mark is not null && mark(column))
                picture.Append("X", 255, 0);
            else
                picture.Append(" ");
        }
    }

    private static string CountsOf(int level)
    {
        long least = SpectrogramPalette.LeastOf(level);
        if (level == SpectrogramPalette.Levels - 1)
            return string.Create(CultureInfo.InvariantCulture, $"{least}+");
        long most = SpectrogramPalette.LeastOf(level + 1) - 1;
        return least == most ? least.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{least}-{most}");
    }
}
