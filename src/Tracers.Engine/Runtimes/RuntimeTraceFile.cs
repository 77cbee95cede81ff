using Tracers.Engine.Scap;

namespace Tracers.Engine.Runtimes;

/// <summary>Files that a .NET runtime was traced into.</summary>
internal static class RuntimeTraceFile
{
    // So that the error counts as one about what the file is, as of any other that does not begin as a capture.
    private const string Beginning = "section header";

    /// <summary>Whether a file is such a trace: of dotnet-trace by its first bytes, of Windows, which has no such ones, by its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="magic">Its first eight bytes.</param>
    public static bool IsTrace(string path, ReadOnlySpan<byte> magic) => magic.StartsWith("Nettrace"u8) || IsWindowsTrace(path);

    /// <summary>The format of a trace: <c>nettrace</c>, or <c>etl</c> of Windows.</summary>
    public static string FormatOf(string path) => IsWindowsTrace(path) ? "etl" : "nettrace";

    /// <summary>Opens a trace as the capture that it is made into.</summary>
    /// <param name="path">The file.</param>
    /// <param name="diagnostics">Gives what reads it; null where nothing does.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ScapFormatException">Nothing here can read it.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static ByteSource Open(string path, Func<IRuntimeDiagnostics>? diagnostics, CancellationToken cancellation)
    {
        if (IsWindowsTrace(path) && !OperatingSystem.IsWindows())
            throw Unreadable(path, "is a trace of Windows, which can only be read there. Read it on Windows, or record with dotnet-trace, whose .nettrace files are read everywhere.");
        if (diagnostics is null)
            throw Unreadable(path, "is a trace of a .NET runtime, and what reads those is not part of this installation. Install the whole module again.");
        return new RuntimeTraceSource(path, diagnostics(), CancellationTokenSource.CreateLinkedTokenSource(cancellation));
    }

    private static bool IsWindowsTrace(string path) => Path.GetExtension(path).Equals(".etl", StringComparison.OrdinalIgnoreCase);

    private static ScapFormatException Unreadable(string path, string why) => new(path, 0, Beginning, $"'{path}' {why}");
}
