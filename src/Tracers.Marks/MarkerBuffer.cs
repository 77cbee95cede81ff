namespace Tracers.Marks;

/// <summary>The bytes of one marker as it is put together. What does not fit sets <see cref="IsFull"/> and is left out.</summary>
internal sealed partial class MarkerBuffer
{
    /// <summary>The longest marker that recorders copy whole.</summary>
    public const int Capacity = 4096;

    private const char Replacement = '\uFFFD';

    public byte[] Bytes { get; } = new byte[Capacity];

    public int Length { get; private set; }

    /// <summary>Whether something had no room since the last <see cref="CutTo"/>.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Forgets what stands behind the first bytes.</summary>
    public void CutTo(int length)
    {
        Length = length;
        IsFull = false;
    }

    /// <summary>Turns the marker into one of the other kind.</summary>
    public void SetKind(byte kind) => Bytes[0] = kind;

    public void Append(byte value)
    {
        if (Length < Capacity)
            Bytes[Length++] = value;
        else
            IsFull = true;
    }

    public void Append(char ascii) => Append((byte)ascii);

    public void Append(ulong number)
    {
        // From the last digit: room for them is made first.
        int digits = 1;
        for (ulong rest = number; rest >= 10; rest /= 10)
            digits++;
        if (Length + digits > Capacity)
        {
            IsFull = true;
            return;
        }

        Length += digits;
        for (int at = Length - 1; digits > 0; digits--, at--)
        {
            Bytes[at] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }

    public void Append(long number)
    {
        if (number >= 0)
        {
            Append((ulong)number);
            return;
        }

        Append('-');
        Append(unchecked((ulong)-number));
    }

    /// <summary>Appends text whose characters with a meaning in markers are escaped; a NUL, which would end the marker, is left out.</summary>
    /// <param name="text">The text; null is as good as empty.</param>
    /// <param name="escapeDots">Whether a dot is a character of a tag, and does not begin the next one.</param>
    public void AppendEscaped(string? text, bool escapeDots = false)
    {
        if (text is null)
            return;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == 0)
                continue;
            if (c < 0x80)
            {
                AppendAscii(c, escapeDots);
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                AppendUtf8(char.ConvertToUtf32(c, text[++i]));
            }
            else
            {
                AppendUtf8(char.IsSurrogate(c) ? Replacement : c);
            }
        }
    }

    private void AppendAscii(char c, bool escapeDots)
    {
        if (HasMeaning(c) || (escapeDots && c == '.'))
            Append('\\');
        Append(c);
    }

    private static bool HasMeaning(char c) => c is '\\' or ':' or '=' or ',' or '<' or '>' or '\n';

    // From U+0080 on.
    private void AppendUtf8(int rune)
    {
        if (rune < 0x800)
        {
            Append((byte)(0xC0 | (rune >> 6)));
        }
        else
        {
            if (rune < 0x10000)
            {
                Append((byte)(0xE0 | (rune >> 12)));
            }
            else
            {
                Append((byte)(0xF0 | (rune >> 18)));
                Append((byte)(0x80 | ((rune >> 12) & 0x3F)));
            }

            Append((byte)(0x80 | ((rune >> 6) & 0x3F)));
        }

        Append((byte)(0x80 | (rune & 0x3F)));
    }
}
