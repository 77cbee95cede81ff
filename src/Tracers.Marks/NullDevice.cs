using System.Runtime.InteropServices;

namespace Tracers.Marks;

/// <summary><c>/dev/null</c>, opened when the first marker is written; once more for switch markers.</summary>
internal sealed class NullDevice : MarkerOutput
{
    private NullDescriptor _markers;
    private NullDescriptor _switches;

    public static bool Available { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    public override bool Write(byte[] marker, int length) => _markers.Write(marker, length);

    public override bool WriteSwitch(byte[] marker, int length) => _switches.Write(marker, length);
}
