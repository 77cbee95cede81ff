using System.Globalization;
using Tracers.Engine.Analysis.Spectrogram;
using Tracers.Engine.Events;
using Tracers.Engine.Filters;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Pictures.Interactive;

/// <summary>A spectrogram in which a rectangle is chosen: what keys and the mouse do to it, and what is seen.</summary>
/// <remarks>It knows no terminal: it takes input and gives lines.</remarks>
internal sealed class SpectrogramBrowser
{
    // Axis, status and keys.
    private const int LinesBelow = 3;
    private const int WheelStep = 3;
    private const int LongestName = 40;
    private const byte StatusForeground = 255;
    private const byte StatusBackground = 24;

    private readonly SpectrogramGrid _counted;
    private readonly string _name;
    private readonly TimeZoneInfo _zone;
    private readonly PictureFormats _formats;
    private SpectrogramGrid _grid = null!;
    private SpectrogramPainter _painter = null!;
    private IReadOnlyList<SpectrogramLine> _lines = [];
    private string _beside = "";
    private long _greatest;
    private IReadOnlyList<PictureLine> _legend = [];
    private int _width;
    private int _height;
    private int _top;
    private Place _cursor;

    // The other corner of the rectangle; null while it is the cell of the cursor.
    private Place? _anchor;

    // Whether moves make the rectangle larger: after the key that begins one, or after a click that waits for the second.
    private bool _isMarking;
    private bool _isDragging;

    /// <param name="grid">What is shown; its spans find their columns anew when the window becomes wider or narrower.</param>
    /// <param name="name">Of what, such as a file's name; may hold anything.</param>
    /// <param name="zone">Of the times.</param>
    /// <param name="formats">Of the numbers.</param>
    public SpectrogramBrowser(SpectrogramGrid grid, string name, TimeZoneInfo zone, PictureFormats formats)
    {
        _counted = grid;
        _name = TextColumns.Fit(name, LongestName);
        _zone = zone;
        _formats = formats;
    }

    /// <summary>When the chosen rectangle begins, ns since the epoch; what ended at this very moment is not in it.</summary>
    public long ChosenStart => IsEmpty ? 0 : _grid.StartOf(_lines[Corners.Top].Number);

    /// <summary>When the chosen rectangle ends, ns since the epoch; what ended at this very moment is in it.</summary>
    public long ChosenEnd => IsEmpty ? 0 : _grid.StartOf((Int128)_lines[Corners.Bottom].Number + _lines[Corners.Bottom].Intervals);

    /// <summary>The smallest value in the chosen rectangle.</summary>
    public long ChosenLow => _grid.Scale.Low(Corners.Left);

    /// <summary>The smallest value that is too large for the chosen rectangle.</summary>
    public long ChosenHigh => _grid.Scale.Low(Corners.Right + 1);

    /// <summary>How many spans or calls lie in the chosen rectangle.</summary>
    public long ChosenCount => ChosenCells().Sum(static c => c.Count);

    /// <summary>The spans in the chosen rectangle, in the order in which they ended.</summary>
    public IReadOnlyList<SpanRecord> ChosenSpans => [.. ChosenCells().SelectMany(static c => c.Spans).OrderBy(static s => s.End).ThenBy(static s => s.Sequence)];

    /// <summary>What is true of the calls in the chosen rectangle, as csysdig asks for them.</summary>
    /// <param name="filter">What is true of all that are shown; null for nothing.</param>
    public CaptureFilter FilterOfChosenCalls(string? filter)
    {
        string rectangle = string.Create(
            CultureInfo.InvariantCulture,
            $"evt.dir=< and evt.rawtime>{ChosenStart} and evt.rawtime<={ChosenEnd} and evt.latency>={ChosenLow} and evt.latency<{ChosenHigh}");
        return CaptureFilter.Parse(filter is null ? rectangle : $"({filter}) and {rectangle}");
    }

    private bool IsEmpty => _lines.Count == 0;

    private int VisibleLines => Math.Max(_height - LinesBelow - 1 - _legend.Count, 1);

    private (int Top, int Left, int Bottom, int Right) Corners
    {
        get
        {
            Place other = _anchor ?? _cursor;
            return (Math.Min(_cursor.Line, other.Line), Math.Min(_cursor.Column, other.Column), Math.Max(_cursor.Line, other.Line), Math.Max(_cursor.Column, other.Column));
        }
    }

    /// <summary>The window has this size now.</summary>
    public void Resize(int width, int height)
    {
        if (width != _width)
            Layout(width);
        _height = height;
        IReadOnlyList<PictureLine> legend = _painter.Legend(width, _greatest);
        _legend = height - LinesBelow - 1 - legend.Count >= 5 ? legend : [];
        ScrollToCursor();
    }

    /// <summary>Takes a key, or what the mouse did.</summary>
    public BrowserOutcome Handle(TerminalInput input)
    {
        if (input.Mouse != MouseAction.None)
            return IsEmpty ? BrowserOutcome.Nothing : HandleMouse(input);
        KeyStroke key = input.Stroke;
        switch (key.Key)
        {
            // csysdig leaves with q, F10 and Backspace as well.
            case ConsoleKey.Escape or ConsoleKey.F10 or ConsoleKey.Backspace:
                return BrowserOutcome.Leave;
            case ConsoleKey.Enter:
                return IsEmpty ? BrowserOutcome.Nothing : BrowserOutcome.Take;
        }

        if (key.Character is 'q' or 'Q')
            return BrowserOutcome.Leave;
        if (key.Character is '\r' or '\n' && !IsEmpty)
            return BrowserOutcome.Take;
        return IsEmpty ? BrowserOutcome.Nothing : HandleMove(key);
    }

    /// <summary>The whole window, from the top.</summary>
    public IReadOnlyList<PictureLine> Draw()
    {
        List<PictureLine> window = [new PictureLine().Append(Cut($"{_name}: {SpectrogramPainter.Plural(_grid.Count, _painter.Thing)}{_beside}"))];
        (int top, int left, int bottom, int right) = Corners;
        for (int i = _top; i < _top + VisibleLines; i++)
        {
            if (i >= _lines.Count)
                window.Add(new PictureLine());
            else if (i < top || i > bottom)
                window.Add(_painter.Line(_lines[i]));
            else if (i == top || i == bottom)
                window.Add(_painter.Line(_lines[i], column => column >= left && column <= right));
            else
                window.Add(_painter.Line(_lines[i], column => column == left || column == right));
        }

        window.Add(_painter.Axis());
        window.AddRange(_legend);
        window.Add(new PictureLine().Append(Cut(Status()).PadRight(_width), StatusForeground, StatusBackground));
        window.Add(new PictureLine().Append(Cut(Keys())));

        // Calls keep the columns that they were counted in, also where the window has become narrower; a window of a few lines keeps what one acts on.
        return [.. window.Skip(window.Count - Math.Max(_height, 1)).Select(line => line.CutAt(_width))];
    }

    private string Status()
    {
        if (IsEmpty)
            return $"There is no {_painter.Thing} to show.";
        string times = $"{_painter.Times.Of(ChosenStart)} to {_painter.Times.Of(ChosenEnd)}";
        return $"{times}, {_painter.RangeOf(ChosenLow, ChosenHigh)}: {SpectrogramPainter.Plural(ChosenCount, _painter.Thing)}";
    }

    // It fits 80 columns; in fewer what one cannot do without is still there.
    private string Keys() =>
        $"Enter: take {_painter.Thing}s  q: leave  {(_isMarking ? "arrows, click: other corner  s: undo" : "arrows  Shift+arrows, s: rectangle  mouse: drag")}";

    private string Cut(string text) => TextColumns.Fit(text, _width);

    private IEnumerable<SpectrogramCell> ChosenCells()
    {
        (int top, int left, int bottom, int right) = Corners;
        return IsEmpty ? [] : Enumerable.Range(top, bottom - top + 1)
            .SelectMany(line => _lines[line].Row?.Cells ?? [])
            .Where(c => c.Column >= left && c.Column <= right);
    }

    private BrowserOutcome HandleMove(KeyStroke key)
    {
        Place last = new(_lines.Count - 1, _grid.Scale.Columns - 1);
        Place? to = (key.Key, key.Character) switch
        {
            (ConsoleKey.UpArrow, _) => _cursor with { Line = _cursor.Line - 1 },
            (ConsoleKey.DownArrow, _) => _cursor with { Line = _cursor.Line + 1 },
            (ConsoleKey.LeftArrow, _) => _cursor with { Column = _cursor.Column - 1 },
            (ConsoleKey.RightArrow, _) => _cursor with { Column = _cursor.Column + 1 },
            (ConsoleKey.PageUp, _) => _cursor with { Line = _cursor.Line - VisibleLines },

            // A csysdig user goes on to the next screenful with a blank.
            (ConsoleKey.PageDown, _) or (_, ' ') => _cursor with { Line = _cursor.Line + VisibleLines },
            (ConsoleKey.Home, _) => (key.Modifiers & ConsoleModifiers.Control) != 0 ? default(Place) : _cursor with { Column = 0 },
            (ConsoleKey.End, _) => (key.Modifiers & ConsoleModifiers.Control) != 0 ? last : _cursor with { Column = last.Column },
            _ => null,
        };
        if (to is { } place)
        {
            Move(place, extend: _isMarking || (key.Modifiers & ConsoleModifiers.Shift) != 0);
            return BrowserOutcome.Redraw;
        }

        if (key.Character is not ('s' or 'S'))
            return BrowserOutcome.Nothing;
        _isMarking = !_isMarking;
        _anchor = _isMarking ? _cursor : null;
        return BrowserOutcome.Redraw;
    }

    // A rectangle is dragged; or, as in csysdig, one corner is clicked and then the other.
    private BrowserOutcome HandleMouse(TerminalInput input)
    {
        switch (input.Mouse)
        {
            case MouseAction.WheelUp or MouseAction.WheelDown:
                int step = input.Mouse == MouseAction.WheelUp ? -WheelStep : WheelStep;
                _top = Math.Clamp(_top + step, 0, Math.Max(_lines.Count - VisibleLines, 0));
                return BrowserOutcome.Redraw;
            case MouseAction.Press when PlaceAt(input) is { } place:
                if (_isMarking)
                {
                    _isMarking = false;
                    Move(place, extend: true);
                }
                else
                {
                    Move(place, extend: false);
                    _anchor = place;
                    _isDragging = true;
                }

                return BrowserOutcome.Redraw;
            case MouseAction.Drag when _isDragging:
                Move(new Place(_top + input.Y - 1, input.X - _painter.Margin), extend: true);
                return BrowserOutcome.Redraw;
            case MouseAction.Release when _isDragging:
                _isDragging = false;
                _isMarking = _anchor == _cursor;
                return BrowserOutcome.Redraw;
            default:
                return BrowserOutcome.Nothing;
        }
    }

    private Place? PlaceAt(TerminalInput input)
    {
        int row = input.Y - 1;
        Place place = new(_top + row, input.X - _painter.Margin);
        return row < 0 || row >= VisibleLines || place.Line >= _lines.Count || place.Column < 0 || place.Column >= _grid.Scale.Columns ? null : place;
    }

    private void Move(Place to, bool extend)
    {
        if (extend)
            _anchor ??= _cursor;
        else
            _anchor = null;
        _cursor = new Place(Math.Clamp(to.Line, 0, _lines.Count - 1), Math.Clamp(to.Column, 0, _grid.Scale.Columns - 1));
        ScrollToCursor();
    }

    // Where the cursor is seen, and no lines below the last while there are some above.
    private void ScrollToCursor()
    {
        int shown = Math.Clamp(_top, Math.Max(_cursor.Line - VisibleLines + 1, 0), _cursor.Line);
        _top = Math.Min(shown, Math.Max(_lines.Count - VisibleLines, 0));
    }

    // Other columns mean other bounds: what was chosen is where its values are now.
    private void Layout(int width)
    {
        LogScale? before = _width == 0 ? null : _grid.Scale;
        _width = width;
        _grid = _counted.WithColumns(SpectrogramPainter.ColumnsIn(width, _counted.Query.Interval));
        _painter = new SpectrogramPainter(_grid, _zone, _formats);
        IReadOnlyList<SpectrogramRow> rows = _grid.Rows();
        _lines = SpectrogramLine.Of(rows);
        _greatest = SpectrogramPicture.GreatestOnScale(rows, _grid.Scale);
        _beside = IsEmpty ? "" : string.Concat(SpectrogramPicture.Beside(_grid, rows, _painter).Select(static text => ". " + text.TrimEnd('.')));
        if (before is null)
        {
            int first = _lines.Count == 0 ? 0 : _lines[0].Row!.Cells.Select(static c => c.Column).FirstOrDefault(c => c >= 0 && c < _grid.Scale.Columns);
            _cursor = new Place(0, first);
            return;
        }

        Place other = _anchor ?? _cursor;
        _anchor = _anchor is null ? null : Moved(other, before, other.Column > _cursor.Column);
        _cursor = Moved(_cursor, before, _cursor.Column > other.Column);
    }

    // The right side of a rectangle goes to where its largest values are.
    private Place Moved(Place place, LogScale before, bool isRight)
    {
        long value = isRight ? before.Low(place.Column + 1) - 1 : before.Low(place.Column);
        return place with { Column = Math.Clamp(_grid.Scale.ColumnOf(value), 0, _grid.Scale.Columns - 1) };
    }

    private readonly record struct Place(int Line, int Column);
}
