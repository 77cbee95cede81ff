namespace Tracers.Engine.Scap;

/// <summary>A capture that cannot be read further: it is truncated, damaged, or not a capture at all.</summary>
/// <remarks>Everything that was whole before <see cref="Offset"/> has been delivered when this is thrown.</remarks>
public sealed class ScapFormatException : Exception
{
    /// <summary>Creates the exception; <paramref name="message"/> is the whole text for the user.</summary>
    public ScapFormatException(string path, long offset, string field, string message)
        : base(message)
    {
        Path = path;
        Offset = offset;
        Field = field;
    }

    /// <summary>The file, as it was opened.</summary>
    public string Path { get; }

    /// <summary>Byte offset of the place, from the start of the file; of the inflated stream where the file is compressed.</summary>
    public long Offset { get; }

    /// <summary>Whether the bytes end where the format has more: what a capture looks like that is still being written.</summary>
    public bool EndsEarly { get; init; }

    /// <summary>The field of the format that is wrong, for example <c>event block: total length</c>.</summary>
    public string Field { get; }
}
