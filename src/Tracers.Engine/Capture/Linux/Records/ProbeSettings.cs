using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux;

/// <summary>Constants of one load; <c>struct settings</c> of the probe.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct ProbeSettings
{
    /// <summary>Bytes of a ring, a power of two.</summary>
    public uint RingBytes;
    public uint SnapLength;

    /// <summary>The consumer's thread, whose calls are not recorded.</summary>
    public uint OwnTid;
    public ProbeFilter Filter;

    /// <summary>1: the programs return at once. Tells what attaching alone costs. 2: having read the clock.</summary>
    public uint CountOnly;
    private readonly uint _unused0;
    private readonly uint _unused1;
    private readonly uint _unused2;
}
