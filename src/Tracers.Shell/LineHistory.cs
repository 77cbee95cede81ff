namespace Tracers.Shell;

/// <summary>The lines entered before, and the place in them while the user walks up and down.</summary>
internal sealed class LineHistory
{
    private const int Capacity = 1000;

    private readonly List<string> _lines = [];
    private int _place;
    private string _unfinished = "";

    /// <summary>Remembers a line, unless it is empty or the same as the one before.</summary>
    public void Add(string line)
    {
        if (!string.IsNullOrWhiteSpace(line) && (_lines.Count == 0 || _lines[^1] != line))
        {
            if (_lines.Count == Capacity)
                _lines.RemoveAt(0);
            _lines.Add(line);
        }

        _place = _lines.Count;
    }

    /// <summary>Gives the line before; the current one is kept for the way back.</summary>
    public string Previous(string current)
    {
        if (_place == _lines.Count)
            _unfinished = current;
        if (_place == 0)
            return current;

        return _lines[--_place];
    }

    /// <summary>Gives the line after, in the end the one that was being typed.</summary>
    public string Next(string current)
    {
        if (_place == _lines.Count)
            return current;

        return ++_place == _lines.Count ? _unfinished : _lines[_place];
    }
}
