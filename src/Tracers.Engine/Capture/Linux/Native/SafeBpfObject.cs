using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux.Native;

/// <summary>A <c>struct bpf_object</c>: programs and maps, which are in the kernel once it is loaded, until this is closed.</summary>
internal sealed class SafeBpfObject : SafeHandle
{
    public SafeBpfObject()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Libbpf.bpf_object__close(handle);
        return true;
    }
}
