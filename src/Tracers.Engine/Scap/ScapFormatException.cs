namespace Tracers.Engine.Scap;

/// <summary>A capture file breaks its format: which file, where, which field, and what is wrong with it.</summary>
public sealed class ScapFormatException : Exception
{
    /// <summary>Describes one violation of the format.</summary>
    /// <param name="path">The file, as it was opened.</param>
    /// <param name="offset">Where the field begins, in bytes from the start of the (inflated) file.</param>
    /// <param name="field">The field that is wrong, in the words of FORMAT.md.</param>
    /// <param name="message">The whole message, with file, offset, field and what to do.</param>
    public ScapFormatException(string path, long offset, string field, string message)
        : base(message)
    {
        Path = path;
        Offset = offset;
        Field = field;
    }

    /// <summary>The file, as it was opened.</summary>
    public string Path { get; }

    /// <summary>Where the field begins, in bytes from the start of the (inflated) file.</summary>
    public long Offset { get; }

    /// <summary>The field that is wrong.</summary>
    public string Field { get; }
}
