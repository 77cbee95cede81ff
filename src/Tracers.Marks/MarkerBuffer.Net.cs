namespace Tracers.Marks;

internal sealed partial class MarkerBuffer
{
    /// <summary>Appends a formatted value; all its characters are ASCII.</summary>
    public void AppendEscaped(ReadOnlySpan<char> ascii)
    {
        foreach (char c in ascii)
            AppendAscii(c, escapeDots: false);
    }

    /// <summary>Appends the tags of a span.</summary>
    /// <param name="outer">Those of the span around it, escaped; empty for none.</param>
    /// <param name="own">Its own.</param>
    /// <param name="escapeDots">Whether a dot in that is a character of the tag, and does not begin the next one.</param>
    public void AppendTags(ReadOnlySpan<byte> outer, string own, bool escapeDots)
    {
        if (!outer.IsEmpty)
        {
            Append(outer);
            Append('.');
        }
        else if (own is ['0', ..])
        {
            // Behind a colon readers take it for a number.
            Append('\\');
        }

        AppendEscaped(own, escapeDots);
    }

    /// <summary>Appends what is escaped already.</summary>
    public void Append(ReadOnlySpan<byte> escaped)
    {
        if (escaped.Length > Capacity - Length)
        {
            IsFull = true;
            return;
        }

        escaped.CopyTo(Bytes.AsSpan(Length));
        Length += escaped.Length;
    }
}
