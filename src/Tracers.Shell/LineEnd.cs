namespace Tracers.Shell;

/// <summary>How a line that was being read came to its end.</summary>
internal enum LineEnd
{
    /// <summary>Not yet.</summary>
    None,

    /// <summary>With Enter.</summary>
    Entered,

    /// <summary>With Ctrl+C: the line is dropped.</summary>
    Cancelled,

    /// <summary>With Ctrl+D on an empty line, or the end of redirected input.</summary>
    EndOfInput,
}
