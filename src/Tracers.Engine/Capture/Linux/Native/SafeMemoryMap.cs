using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux.Native;

/// <summary>Memory that is shared with the kernel until this is closed. Nobody may touch it afterwards.</summary>
internal sealed class SafeMemoryMap : SafeHandle
{
    internal SafeMemoryMap(nint address, nuint length)
        : base(-1, ownsHandle: true)
    {
        Length = length;
        SetHandle(address);
    }

    public override bool IsInvalid => handle == -1;

    /// <summary>In bytes.</summary>
    public nuint Length { get; }

    protected override bool ReleaseHandle() => Libc.munmap(handle, Length) == 0;
}
