using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux;

/// <summary>A thread as the kernel has it; <c>struct copied_task</c>. argv and the environment follow it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct CopiedTask
{
    public const int Size = 128;

    public readonly uint Tid;
    public readonly uint Pid;
    public readonly uint ParentTid;
    public readonly uint ParentPid;
    public readonly uint ProcessGroup;
    public readonly uint Session;

    /// <summary>As the thread's own pid namespace has it.</summary>
    public readonly uint OwnTid;
    public readonly uint OwnPid;

    /// <summary>CLOCK_MONOTONIC, ns, when it was made.</summary>
    public readonly ulong Start;
    public readonly ulong MajorFaults;
    public readonly ulong MinorFaults;
    public readonly CopiedMemory Memory;

    /// <summary>Soft limit of open descriptors.</summary>
    public readonly ulong FdLimit;

    /// <summary>Id of its cgroup in the v2 hierarchy.</summary>
    public readonly ulong Cgroup;

    /// <summary>Effective.</summary>
    public readonly uint Uid;
    public readonly uint Gid;

    /// <summary>4294967295: none.</summary>
    public readonly uint LoginUid;

    /// <summary>As in /proc/PID/stat: major in bits 8 to 15, minor in the others; 0: none.</summary>
    public readonly uint Tty;
    public readonly TaskName Comm;

    /// <summary>Bytes of argv behind this, each text with its NUL.</summary>
    public readonly ushort ArgumentsLength;

    /// <summary>Bytes of the environment behind argv.</summary>
    public readonly ushort EnvironmentLength;

    /// <summary>How deep its pid namespace is nested; 0: the machine's own.</summary>
    public readonly uint PidLevel;

    [InlineArray(16)]
    public struct TaskName
    {
        private byte _first;
    }
}
