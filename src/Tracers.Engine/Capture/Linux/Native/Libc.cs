namespace Tracers.Engine.Capture.Linux.Native;

/// <summary>The system calls that the probe's consumer makes itself.</summary>
internal static partial class Libc
{
    private const string Library = "libc";
}
