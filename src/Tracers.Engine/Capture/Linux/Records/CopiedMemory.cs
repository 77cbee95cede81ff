using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux;

/// <summary>A process's memory in KiB; <c>struct copied_memory</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct CopiedMemory
{
    public readonly uint Virtual;
    public readonly uint Resident;
    public readonly uint Swapped;
    private readonly uint _unused;
}
