using Microsoft.Win32.SafeHandles;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Scap;

namespace Tracers.Engine;

/// <summary>Opens what commands read as captures: captures, and traces of .NET runtimes, of which captures are made while they are read.</summary>
internal static class CaptureBytes
{
    /// <summary>Opens a file, a pipe or <see cref="StandardInput"/>. What it is the first bytes say, and not the name; only traces of Windows have no such ones.</summary>
    /// <exception cref="ScapFormatException">A trace that nothing here can read.</exception>
    /// <inheritdoc cref="ByteSource.Open"/>
    public static ByteSource Open(string path, CancellationToken cancellation) =>
        path != StandardInput.Path && !ByteSource.IsSequential(path) && IsTrace(path)
            ? RuntimeTraceFile.Open(path, RuntimeProvider.Diagnostics, cancellation)
            : ByteSource.Open(path, cancellation);

    /// <summary>Whether a file is a trace of a .NET runtime.</summary>
    /// <param name="path">Its path; none of a pipe, where a look would take what it sees.</param>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static bool IsTrace(string path)
    {
        using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> magic = stackalloc byte[8];
        return RuntimeTraceFile.IsTrace(path, magic[..RandomAccess.Read(handle, magic, 0)]);
    }
}
