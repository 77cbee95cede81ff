using System.Text;

namespace Tracers.Engine.Filters.Syntax;

/// <summary>Takes words out of a filter's text, each by the rules of its place.</summary>
internal ref struct FilterScanner(string text)
{
    private const string Blanks = " \t\r\n";

    private readonly string _text = text;

    /// <summary>Where it stands: characters from the beginning.</summary>
    public int Position { get; set; }

    public readonly bool AtEnd => Position >= _text.Length;

    /// <summary>The character here; NUL at the end.</summary>
    public readonly char Current => AtEnd ? '\0' : _text[Position];

    public readonly ReadOnlySpan<char> Rest => _text.AsSpan(Position);

    public void SkipBlanks()
    {
        while (!AtEnd && Blanks.Contains(_text[Position], StringComparison.Ordinal))
            Position++;
    }

    public bool TryTake(char c)
    {
        if (Current != c || AtEnd)
            return false;
        Position++;
        return true;
    }

    /// <summary>Takes <c>and</c>, <c>or</c>, <c>not</c>, if it stands here as a word.</summary>
    public bool TryTakeWord(string word)
    {
        if (!Rest.StartsWith(word, StringComparison.Ordinal))
            return false;
        int end = Position + word.Length;
        if (end < _text.Length && _text[end] != '(' && !Blanks.Contains(_text[end], StringComparison.Ordinal))
            return false;
        Position = end;
        return true;
    }

    /// <summary>Takes the name of a field, which ends at a blank or an operator; in its brackets everything may stand.</summary>
    public string TakeField()
    {
        int start = Position;
        bool bracket = false;
        while (!AtEnd)
        {
            char c = _text[Position];
            if (c == '[')
                bracket = true;
            else if (c == ']')
                bracket = false;
            else if (!bracket && ("()!=<>".Contains(c, StringComparison.Ordinal) || Blanks.Contains(c, StringComparison.Ordinal)))
                break;
            Position++;
        }

        return _text[start..Position];
    }

    /// <summary>Takes a value, in quotes or up to a blank, a bracket, or in a list a comma.</summary>
    public FilterValue TakeValue(bool inList)
    {
        int start = Position;
        char quote = Current is '"' or '\'' ? Current : '\0';
        if (quote != '\0')
            Position++;

        List<byte> bytes = [];
        StringBuilder text = new();
        while (true)
        {
            if (AtEnd)
            {
                if (quote != '\0')
                    throw new FilterSyntaxException("The quotes are not closed.") { Position = start, Length = _text.Length - start, Expected = $"{quote} at the end of the value" };
                break;
            }

            char c = _text[Position];
            if (quote != '\0' ? c == quote : c is '(' or ')' || Blanks.Contains(c, StringComparison.Ordinal) || (inList && c == ','))
                break;
            if (c == '\\')
                TakeEscape(bytes, text);
            else
                TakeCharacter(bytes, text);
        }

        if (quote != '\0')
            Position++;
        return new FilterValue(text.ToString(), [.. bytes], start, Position - start);
    }

    private void TakeCharacter(List<byte> bytes, StringBuilder text)
    {
        int length = char.IsHighSurrogate(_text[Position]) && Position + 1 < _text.Length && char.IsLowSurrogate(_text[Position + 1]) ? 2 : 1;
        Add(_text.AsSpan(Position, length), bytes, text);
        Position += length;
    }

    // As in sysdig: a backslash takes a backslash, a quote, or two hexadecimal digits behind x; before anything else it stands for itself.
    private void TakeEscape(List<byte> bytes, StringBuilder text)
    {
        char next = Position + 1 < _text.Length ? _text[Position + 1] : '\0';
        if (next is '\\' or '"' or '\'')
        {
            Add([next], bytes, text);
            Position += 2;
        }
        else if (next == 'x')
        {
            if (Position + 3 >= _text.Length || !char.IsAsciiHexDigit(_text[Position + 2]) || !char.IsAsciiHexDigit(_text[Position + 3]))
                throw new FilterSyntaxException("\\x stands before a byte in two hexadecimal digits.") { Position = Position, Length = Math.Min(4, _text.Length - Position), Expected = "such as \\x0a" };
            byte value = Convert.FromHexString(_text.AsSpan(Position + 2, 2))[0];
            bytes.Add(value);
            text.Append((char)value);
            Position += 4;
        }
        else
        {
            Add(['\\'], bytes, text);
            Position++;
        }
    }

    private static void Add(ReadOnlySpan<char> characters, List<byte> bytes, StringBuilder text)
    {
        Span<byte> utf8 = stackalloc byte[8];
        bytes.AddRange(utf8[..Encoding.UTF8.GetBytes(characters, utf8)]);
        text.Append(characters);
    }
}
