using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux.Native;

/// <summary>A <c>struct bpf_link</c>: a program runs where it is attached until this is closed, or the process ends.</summary>
internal sealed class SafeBpfLink : SafeHandle
{
    public SafeBpfLink()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => Libbpf.bpf_link__destroy(handle) == 0;
}
