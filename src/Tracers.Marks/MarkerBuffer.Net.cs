namespace Tracers.Marks;

internal sealed partial class MarkerBuffer
{
    /// <summary>Appends a formatted value; all its characters are ASCII.</summary>
    public void AppendEscaped(ReadOnlySpan<char> ascii)
    {
        foreach (char c in ascii)
            AppendAscii(c, escapeDots: false);
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
