using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux;

/// <summary>What a descriptor leads to; <c>struct copied_file</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct CopiedFile
{
    public readonly ulong Inode;

    /// <summary>The kernel's own number: major in the upper 12 bits, minor in the lower 20.</summary>
    public readonly uint Device;

    /// <summary>S_IFMT and permissions; 0 when there is no such descriptor.</summary>
    public readonly uint Mode;
}
