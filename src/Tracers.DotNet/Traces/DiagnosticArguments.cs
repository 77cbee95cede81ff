namespace Tracers.DotNet.Traces;

/// <summary>The named texts that an event of a DiagnosticSource brings; those of one event at a time.</summary>
internal sealed class DiagnosticArguments
{
    private const int Most = 64;
    private const int MostInterned = 4096;
    private const int LongestInterned = 128;

    private readonly HashSet<string> _interned = [];
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<(string Name, int Start, int Length)> _places = [];
    private char[] _text = new char[1024];
    private int _used;

    public DiagnosticArguments() => _lookup = _interned.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>An argument of the event; empty when it has none of this name.</summary>
    public ReadOnlySpan<char> this[string name]
    {
        get
        {
            foreach ((string known, int start, int length) in _places)
            {
                if (known == name)
                    return _text.AsSpan(start, length);
            }

            return default;
        }
    }

    /// <summary>Reads the arguments where they begin.</summary>
    public void Read(scoped ref PayloadReader reader)
    {
        _places.Clear();
        _used = 0;
        int count = Math.Min((int)reader.ReadUInt16(), Most);
        for (int i = 0; i < count && !reader.IsAtEnd; i++)
        {
            string name = Intern(reader.ReadText());
            _places.Add((name, _used, Keep(reader.ReadText())));
        }
    }

    /// <summary>A text as a string, the same object for texts that come again and again.</summary>
    public string Intern(ReadOnlySpan<char> text)
    {
        if (_lookup.TryGetValue(text, out string? known))
            return known;
        string made = text.ToString();
        if (text.Length <= LongestInterned && _interned.Count < MostInterned)
            _interned.Add(made);
        return made;
    }

    // The payload is the runtime's memory, and moves on.
    private int Keep(ReadOnlySpan<char> text)
    {
        if (_used + text.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _used + text.Length));
        text.CopyTo(_text.AsSpan(_used));
        _used += text.Length;
        return text.Length;
    }
}
