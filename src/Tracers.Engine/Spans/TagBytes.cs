namespace Tracers.Engine.Spans;

/// <summary>The tags of a span as bytes, for filters.</summary>
internal sealed class TagBytes
{
    private readonly byte[][] _tags;
    private readonly byte[] _text;

    /// <param name="tags">One by one, unescaped.</param>
    public TagBytes(byte[][] tags)
    {
        _tags = tags;
        List<byte> text = [];
        for (int i = 0; i < tags.Length; i++)
        {
            if (i > 0)
                text.Add((byte)'.');
            text.AddRange(tags[i]);
        }

        _text = [.. text];
    }

    public int Count => _tags.Length;

    /// <summary>All of them, joined with dots.</summary>
    public ReadOnlySpan<byte> Text => _text;

    /// <summary>One of them; false when there is none.</summary>
    /// <param name="index">From 0; a negative one counts from the end.</param>
    /// <param name="tag">The tag.</param>
    public bool TryGet(int index, out ReadOnlySpan<byte> tag)
    {
        int at = index < 0 ? _tags.Length + index : index;
        bool found = (uint)at < (uint)_tags.Length;
        tag = found ? _tags[at] : default;
        return found;
    }
}
