using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux;

/// <summary>A descriptor that was open when the capture began; <c>struct row_file</c> of the task_file iterator.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct FileRow
{
    public const int Size = 1256;

    /// <summary>CLOCK_MONOTONIC, ns: when the row was taken.</summary>
    public readonly ulong Time;

    /// <summary>The table's owner.</summary>
    public readonly uint Tid;
    public readonly int Fd;
    public readonly CopiedFile File;

    /// <summary>O_* of the open file.</summary>
    public readonly uint Flags;
    public readonly uint PathLength;
    private readonly ulong _unused;

    /// <summary>Family 0 when it is no socket.</summary>
    public readonly CopiedSocket Socket;
    public readonly FilePath Path;

    [InlineArray(1024)]
    public struct FilePath
    {
        private byte _first;
    }
}
