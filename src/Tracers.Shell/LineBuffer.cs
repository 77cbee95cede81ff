namespace Tracers.Shell;

/// <summary>A line being edited: its text and where the cursor stands in it.</summary>
internal sealed class LineBuffer
{
    /// <summary>Gets the text.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Gets the cursor's place, 0 to the length of the text.</summary>
    public int Cursor { get; private set; }

    /// <summary>Replaces everything and puts the cursor at the end.</summary>
    public void Set(string text)
    {
        Text = text;
        Cursor = text.Length;
    }

    /// <summary>Inserts at the cursor.</summary>
    public void Insert(char character) => Replace(Cursor, 0, character.ToString());

    /// <summary>Replaces a part and puts the cursor behind the new text.</summary>
    public void Replace(int start, int length, string text)
    {
        Text = string.Concat(Text.AsSpan(0, start), text, Text.AsSpan(start + length));
        Cursor = start + text.Length;
    }

    /// <summary>Removes the character before the cursor.</summary>
    public void Backspace()
    {
        if (Cursor > 0)
            Replace(Cursor - 1, 1, "");
    }

    /// <summary>Removes the character under the cursor.</summary>
    public void Delete()
    {
        if (Cursor < Text.Length)
            Replace(Cursor, 1, "");
    }

    /// <summary>Removes all before the cursor.</summary>
    public void DeleteToStart() => Replace(0, Cursor, "");

    /// <summary>Removes all from the cursor on.</summary>
    public void DeleteToEnd() => Replace(Cursor, Text.Length - Cursor, "");

    /// <summary>Moves the cursor, not beyond the ends.</summary>
    public void Move(int by) => Cursor = Math.Clamp(Cursor + by, 0, Text.Length);

    /// <summary>Moves the cursor to the start.</summary>
    public void Home() => Cursor = 0;

    /// <summary>Moves the cursor to the end.</summary>
    public void End() => Cursor = Text.Length;
}
