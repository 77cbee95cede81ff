using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux;

/// <summary>A thread that was there when the capture began; <c>struct row_task</c> of the task iterator.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct TaskRow
{
    public const int Size = 144;

    /// <summary>CLOCK_MONOTONIC, ns: when the row was taken.</summary>
    public readonly ulong Time;

    /// <summary>Without argv.</summary>
    public readonly CopiedTask Task;

    /// <summary>PF_*.</summary>
    public readonly uint Flags;

    /// <summary>Pid of the process whose descriptors it shares; its own tid where it has a table of its own.</summary>
    public readonly uint FilesOwner;
}
