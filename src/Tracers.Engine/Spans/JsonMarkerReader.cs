using Tracers.Engine.State;

namespace Tracers.Engine.Spans;

/// <summary>Walks over a marker in JSON, part by part. A NUL ends the text.</summary>
/// <param name="text">The text.</param>
internal ref struct JsonMarkerReader(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    /// <summary>Why a method returned false.</summary>
    public MarkerParse Failure { get; private set; }

    /// <summary>The next byte, 0 at the end.</summary>
    public readonly byte Peek => _at < _text.Length ? _text[_at] : (byte)0;

    public bool TrySkip(byte wanted)
    {
        if (Peek != wanted)
            return false;
        _at++;
        return true;
    }

    /// <summary>The bracket that all begins with. Blanks alone are no beginning.</summary>
    public bool TryBegin()
    {
        SkipBlanks();
        return TrySkip((byte)'[') || Fail(MarkerParse.Invalid);
    }

    /// <summary>The bracket that all ends with; what follows it is ignored.</summary>
    public bool TryEnd()
    {
        SkipBlanks();
        return TrySkip((byte)']') || Fail();
    }

    /// <summary>A string in quotes; a quote behind a backslash does not end it.</summary>
    public bool TryString(out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!TrySkip((byte)'"'))
            return Fail();
        int start = _at;
        while (true)
        {
            int length = _text[_at..].IndexOfAny((byte)'"', (byte)0);
            if (length < 0 || _text[_at + length] == 0)
                return Fail(MarkerParse.Incomplete);
            _at += length + 1;
            if (_text[_at - 2] != '\\')
                break;
        }

        content = _text[start..(_at - 1)];
        return true;
    }

    /// <summary>A string, or any other byte in its place: the end of an empty list.</summary>
    public bool TryStringOrOther(out ReadOnlySpan<byte> content, out bool any)
    {
        content = default;
        any = Peek == '"';
        if (any)
            return TryString(out content);
        if (Peek == 0)
            return Fail(MarkerParse.Incomplete);
        _at++;
        return true;
    }

    /// <summary>The id and the comma behind it.</summary>
    public bool TryId(ThreadIdentity writer, out long id)
    {
        if (TrySkip((byte)'"'))
            return TryLetters(writer, out id) && TrySkipCommas(least: 1);

        bool negative = TrySkip((byte)'-');
        for (id = 0; Peek is >= (byte)'0' and <= (byte)'9'; _at++)
            id = unchecked(id * 10 + (Peek - '0'));
        if (negative)
            id = unchecked(-id);
        return TrySkip((byte)',') || (Peek == ' ' ? TrySkipCommas(least: 1) : Fail());
    }

    /// <summary>Blanks and commas, at least so many of these.</summary>
    public bool TrySkipCommas(int least)
    {
        int commas = 0;
        for (; Peek is (byte)' ' or (byte)','; _at++)
            commas += Peek == ',' ? 1 : 0;
        if (Peek == 0)
            return Fail(MarkerParse.Incomplete);
        return commas >= least || Fail(MarkerParse.Invalid);
    }

    /// <summary>One byte of this kind among blanks, and no second one.</summary>
    public bool TrySkipOne(byte wanted)
    {
        int count = 0;
        for (; Peek == ' ' || Peek == wanted; _at++)
            count += Peek == wanted ? 1 : 0;
        if (Peek == 0)
            return Fail(MarkerParse.Incomplete);
        return count == 1 || Fail(MarkerParse.Invalid);
    }

    /// <summary>From the tags to the first argument, or to the bracket that closes an empty list of them.</summary>
    public bool TrySkipToArguments()
    {
        int commas = 0;
        int lists = 0;
        int objects = 0;
        for (; Peek is (byte)' ' or (byte)',' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}'; _at++)
        {
            if (Peek == ']' && lists > 0)
                break;
            commas += Peek == ',' ? 1 : 0;
            lists += Peek == '[' ? 1 : 0;
            objects += Peek == '{' ? 1 : 0;
        }

        if (Peek == 0)
            return Fail(MarkerParse.Incomplete);
        return (commas == 1 && lists == 1 && (objects == 1 || Peek == ']')) || Fail(MarkerParse.Invalid);
    }

    /// <summary>From an argument to the next one, or to the bracket that closes the list.</summary>
    public bool TrySkipBetweenArguments()
    {
        int commas = 0;
        int opened = 0;
        int closed = 0;
        for (; Peek is (byte)' ' or (byte)',' or (byte)'{' or (byte)'}'; _at++)
        {
            commas += Peek == ',' ? 1 : 0;
            opened += Peek == '{' ? 1 : 0;
            closed += Peek == '}' ? 1 : 0;
        }

        if (Peek == 0)
            return Fail(MarkerParse.Incomplete);
        return commas == 1 && (opened == 1 || closed == 1) || closed == 1 && Peek == ']' || Fail(MarkerParse.Invalid);
    }

    // The letters of an id and their closing quote.
    private bool TryLetters(ThreadIdentity writer, out long id)
    {
        id = 0;
        if (TrySkip((byte)'t'))
            id = writer.Tid;
        else if (TrySkip((byte)'p'))
            id = TrySkip((byte)'p') ? writer.ParentTid : writer.Pid;
        else if (!TrySkip((byte)'g'))
            return Fail();
        return TrySkip((byte)'"') || Fail();
    }

    private void SkipBlanks()
    {
        while (Peek == ' ')
            _at++;
    }

    // What should stand here does not, or the text is at its end.
    private bool Fail() => Fail(Peek == 0 ? MarkerParse.Incomplete : MarkerParse.Invalid);

    private bool Fail(MarkerParse failure)
    {
        Failure = failure;
        return false;
    }
}
