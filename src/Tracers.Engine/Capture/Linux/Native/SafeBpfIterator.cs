using Microsoft.Win32.SafeHandles;

namespace Tracers.Engine.Capture.Linux.Native;

/// <summary>The descriptor of one run of an iterator program; reading it runs the program.</summary>
internal sealed class SafeBpfIterator : SafeHandleMinusOneIsInvalid
{
    internal SafeBpfIterator(int descriptor)
        : base(ownsHandle: true) => SetHandle(descriptor);

    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}
