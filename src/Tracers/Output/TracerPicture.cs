using Tracers.Engine.Pictures;

namespace Tracers;

/// <summary>A picture of text, as the Show commands draw it. The view of the module shows its lines; as a string it has no colours.</summary>
public sealed class TracerPicture
{
    private readonly IReadOnlyList<PictureLine> _lines;
    private readonly bool _colored;

    internal TracerPicture(IReadOnlyList<PictureLine> lines, bool colored)
    {
        _lines = lines;
        _colored = colored;
    }

    // An array: the list that the compiler makes for an interface cannot be indexed in a script.
    /// <summary>The lines from top to bottom, with the codes for colours where the session allowed them when it was drawn.</summary>
    public IReadOnlyList<string> Lines => _lines.Select(line => _colored ? line.ToColoredString() : line.ToString()).ToArray();

    /// <summary>The lines without colours.</summary>
    public override string ToString() => string.Join(Environment.NewLine, _lines);
}
