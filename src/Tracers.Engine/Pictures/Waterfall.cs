using System.Globalization;
using Tracers.Engine.Analysis.Traces;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Pictures;

/// <summary>A trace as a waterfall: a line for each span, inside of which one stands one column further right, and beside it a bar over the time that it took.</summary>
/// <remarks>
/// The longest path is drawn into the bars, as Jaeger draws it: of every moment the span that the trace waited for. All of it is characters;
/// colours say nothing that these do not.
/// </remarks>
internal sealed class Waterfall
{
    // What is seen without colours.
    private const char PathCell = '#';
    private const char TimeCell = '=';
    private const char OpenEnd = '>';
    private const char Mark = '*';
    private const string Unknown = "?";

    // Indices into the 256 colours of a terminal: readable on dark and on light ground.
    private const byte PathColor = 208;
    private const byte TimeColor = 67;
    private const byte ErrorColor = 160;
    private const byte FaintColor = 244;

    private const int NumberWidth = 9;
    private const int ErrorWidth = 6;
    private const int DivisionRoom = 9;

    // From here on there is room for the time on the path, and for arguments; below that one there is none for self time and bytes.
    private const int WidePicture = 120;
    private const int NarrowPicture = 60;

    private readonly TraceNode _root;
    private readonly WaterfallOptions _options;
    private readonly IReadOnlyList<WaterfallRow> _rows;
    private readonly TimeScale _scale;
    private readonly bool _isWide;
    private readonly bool _isNarrow;
    private readonly int _labelWidth;

    private Waterfall(TraceNode root, WaterfallOptions options)
    {
        _root = root;
        _options = options;
        _rows = WaterfallRows.Of(root, options);
        _isWide = options.Width >= WidePicture;
        _isNarrow = options.Width < NarrowPicture;
        int numbers = (NumberWidth * (_isWide ? 4 : _isNarrow ? 1 : 3)) + ErrorWidth;
        _labelWidth = Math.Clamp(options.Width * 3 / 10, 8, 60);
        int cells = Math.Max(options.Width - _labelWidth - 1 - numbers, 4);
        _scale = new TimeScale(root.Start, root.All().Max(static s => s.End), cells);
    }

    /// <summary>Draws the lines of a trace.</summary>
    /// <param name="caption">What stands above it.</param>
    /// <param name="root">The outermost span.</param>
    /// <param name="options">How.</param>
    public static IReadOnlyList<PictureLine> Draw(string caption, TraceNode root, WaterfallOptions options)
    {
        Waterfall waterfall = new(root, options);
        return [Faint(caption, options), .. waterfall.Lines()];
    }

    private IEnumerable<PictureLine> Lines()
    {
        foreach (string line in Title())
            yield return new PictureLine().Append(TextColumns.Fit(line, _options.Width), null, bold: true);
        yield return Header();
        foreach (WaterfallRow row in _rows)
            yield return Line(row);
        yield return Legend();
        foreach (string line in Folded())
            yield return Faint(line, _options);
    }

    private static PictureLine Faint(string text, WaterfallOptions options) => new PictureLine().Append(TextColumns.Fit(text, options.Width), FaintColor);

    // Whose trace this is, and when: on as many lines as that takes.
    private IEnumerable<string> Title()
    {
        TextBuffer text = new();
        TimeOfDayText time = new(_options.Zone);
        time.AppendDate(text, _root.Start);
        text.Append((byte)' ');
        time.Append(text, _root.Start);
        SpanRecord span = _root.Span;
        string thread = span.Opener.Tid == span.Opener.Pid ? "" : string.Create(CultureInfo.InvariantCulture, $"/{span.Opener.Tid}");
        string[] parts =
        [
            $"{TextColumns.Fit(NameOf(span.Tags.Text), _options.Width - NumberWidth - 2)}  {TimeOf(_root)}",
            string.Create(CultureInfo.InvariantCulture, $"id {span.Id}"),
            string.Create(CultureInfo.InvariantCulture, $"{span.Opener.Name ?? "process"} {span.Opener.Pid}{thread}"),
            text.ToString(),
            .. _root.LacksParent ? [$"its parent {NameOf(span.ParentTags?.Text ?? "")} is not there"] : Array.Empty<string>(),
        ];
        string line = "";
        foreach (string part in parts.Select(p => TextColumns.Fit(p, _options.Width)))
        {
            bool fits = TextColumns.Of(line) + 2 + TextColumns.Of(part) <= _options.Width;
            if (line.Length > 0 && !fits)
                yield return line;
            line = line.Length > 0 && fits ? $"{line}  {part}" : part;
        }

        yield return line;
    }

    private PictureLine Header()
    {
        PictureLine line = new PictureLine().Append(TextColumns.Fit("Span", _labelWidth), FaintColor).PadTo(_labelWidth + 1);
        foreach ((int cell, long time) in _scale.Divisions(DivisionRoom))
        {
            string division = $"|{_options.Formats.Duration(time)}";
            if (cell + division.Length <= _scale.Cells)
                line.PadTo(_labelWidth + 1 + cell).Append(division, FaintColor);
        }

        line.PadTo(_labelWidth + 1 + _scale.Cells);
        Numbers(line, "Duration", "Self", "On path", "I/O", "Err", FaintColor, FaintColor);
        return line;
    }

    private PictureLine Line(WaterfallRow row)
    {
        PictureLine line = Label(row).PadTo(_labelWidth + 1);
        Bar(line, row);
        Numbers(
            line,
            TimeOf(row),
            row.SelfTime is { } self ? _options.Formats.Duration(self) : Unknown,
            row.Path.Count == 0 ? "-" : _options.Formats.Duration(row.Path.Sum(static s => s.Length)),
            row.Bytes is { } bytes ? _options.Formats.Bytes(bytes) : Unknown,
            row.Errors is { } errors ? errors.ToString(CultureInfo.InvariantCulture) : Unknown,
            null,
            row.Errors > 0 ? ErrorColor : null);
        return line;
    }

    private void Numbers(PictureLine line, string duration, string self, string path, string bytes, string errors, byte? color, byte? errorColor)
    {
        Number(line, duration, NumberWidth, color);
        if (!_isNarrow)
            Number(line, self, NumberWidth, color);
        if (_isWide)
            Number(line, path, NumberWidth, color);
        if (!_isNarrow)
            Number(line, bytes, NumberWidth, color);
        Number(line, errors, ErrorWidth, errorColor);
    }

    private PictureLine Label(WaterfallRow row)
    {
        PictureLine line = new();
        TraceNode first = row.Spans[0];

        // Very deep ones all stand in the middle, with their depth in front.
        int indent = row.Depth <= _labelWidth / 2 ? row.Depth : _labelWidth / 2;
        bool isMarked = !row.IsFold && first.Parent is not null && _options.IsMarked(first.Span);
        line.PadTo(indent).Append(isMarked ? Mark.ToString() : "");
        string depth = indent < row.Depth ? $"{row.Depth.ToString(CultureInfo.InvariantCulture)}:" : "";
        string name = row.IsFold ? FoldName(row) : OwnName(first);
        line.Append(TextColumns.Fit(depth + name, _labelWidth - line.Columns));
        if (_isWide && !row.IsFold && ArgumentsOf(first.Span) is { Length: > 0 } arguments)
            line.Append(TextColumns.Fit(" " + arguments, _labelWidth - line.Columns), FaintColor);
        return line;
    }

    private void Bar(PictureLine line, WaterfallRow row)
    {
        char[] cells = new char[_scale.Cells];
        Array.Fill(cells, ' ');
        foreach (TraceNode span in row.Spans)
        {
            (int from, int to) = _scale.CellsOf(span.Start, span.End);
            cells.AsSpan(from, to - from).Fill(TimeCell);
        }

        foreach (PathSection section in row.Path)
        {
            int from = _scale.BorderAt(section.Start);
            int to = _scale.BorderAt(section.End);

            // A short one is seen where its span is no longer than a cell.
            if (from == to && _scale.CellsOf(section.Node.Start, section.Node.End) is var (own, end) && end == own + 1)
                (from, to) = (own, end);
            cells.AsSpan(from, to - from).Fill(PathCell);
        }

        if (row.IsUnfinished)
            cells[_scale.CellsOf(row.Spans.Max(static s => s.End), long.MaxValue).From] = OpenEnd;
        for (int at = 0; at < cells.Length;)
        {
            int to = at + 1;
            while (to < cells.Length && cells[to] == cells[at])
                to++;
            if (cells[at] == ' ')
                line.Append(new string(' ', to - at));
            else if (cells[at] == OpenEnd)
                line.Append(OpenEnd.ToString(), PathColor);
            else
                line.AppendCells(cells[at], cells[at] == PathCell ? PathColor : TimeColor, to - at);
            at = to;
        }
    }

    private static void Number(PictureLine line, string text, int width, byte? color)
    {
        string fitting = TextColumns.Fit(text, width - 1);
        line.Append(new string(' ', width - TextColumns.Of(fitting)));
        if (color is null)
            line.Append(fitting);
        else
            line.Append(fitting, color);
    }

    private PictureLine Legend()
    {
        PictureLine line = new PictureLine().AppendCells(PathCell, PathColor).Append(" longest path   ", FaintColor)
            .AppendCells(TimeCell, TimeColor).Append(" other time of a span", FaintColor);
        if (_rows.Any(static r => r.IsUnfinished))
            line.Append("   ").Append(OpenEnd.ToString(), PathColor).Append(" still open at the end of the capture", FaintColor);
        if (_rows.Any(r => !r.IsFold && r.Spans[0].Parent is not null && _options.IsMarked(r.Spans[0].Span)))
            line.Append($"   {Mark} selected", FaintColor);
        return line.CutAt(_options.Width);
    }

    private IEnumerable<string> Folded()
    {
        long folded = _rows.Where(static r => r.IsFold).Sum(static r => r.Spans.Count + r.Inside);
        if (folded > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{folded:N0} of {_root.All().LongCount():N0} spans folded: their lines have their sums.");
    }

    private string TimeOf(TraceNode span) => (span.IsUnfinished ? OpenEnd.ToString() : "") + _options.Formats.Duration(span.End - span.Start);

    private string TimeOf(WaterfallRow row) => (row.IsUnfinished ? OpenEnd.ToString() : "") + _options.Formats.Duration(row.Duration);

    private static string FoldName(WaterfallRow row)
    {
        int kinds = row.Spans.Select(static s => s.Span.Tags.Text).Distinct(StringComparer.Ordinal).Count();
        string what = kinds == 1 ? OwnName(row.Spans[0]) : string.Create(CultureInfo.InvariantCulture, $"of {kinds:N0} kinds");
        string inside = row.Inside == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" +{row.Inside:N0} inside");
        return string.Create(CultureInfo.InvariantCulture, $"...{row.Spans.Count:N0} more {what}{inside}");
    }

    // The tags that its parent does not have.
    private static string OwnName(TraceNode span)
    {
        string[] tags = span.Span.Tags.Tags;
        string[] outer = span.Parent?.Span.Tags.Tags ?? [];
        bool isLonger = outer.Length > 0 && outer.Length < tags.Length && tags.AsSpan(0, outer.Length).SequenceEqual(outer);
        return NameOf(isLonger ? string.Join('.', tags[outer.Length..]) : span.Span.Tags.Text);
    }

    private static string NameOf(string tags) => tags.Length == 0 ? "(no tags)" : tags;

    private static string ArgumentsOf(SpanRecord span) =>
        string.Join(' ', MarkerText.SplitArguments(span.Arguments).Concat(MarkerText.SplitArguments(span.EndArguments)).Select(static a => $"{a.Key}={a.Value}"));
}
