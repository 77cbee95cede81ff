using Microsoft.Win32.SafeHandles;
using Tracers.Engine.Scap.Linux;

namespace Tracers.Engine.Scap;

/// <summary>The process's standard input as the place of a capture.</summary>
internal static class StandardInput
{
    /// <summary>The path that stands for it. A file of that name has a full path when it comes here.</summary>
    public const string Path = "-";

    private static int s_taken;

    /// <summary>Whether somebody types at it.</summary>
    public static bool IsTerminal => !Console.IsInputRedirected;

    /// <summary>Reserves it for one reading: what was read of a pipe is gone, and what is left of it is no capture. False after the first time.</summary>
    public static bool TryTake() => Interlocked.Exchange(ref s_taken, 1) == 0;

    /// <summary>Opens it; it stays open behind the stream's end.</summary>
    public static Stream Open(CancellationToken cancellation) => OperatingSystem.IsLinux()
        ? new PipeStream(new SafeFileHandle(0, ownsHandle: false), cancellation)
        : new WaitedStream(Console.OpenStandardInput(), cancellation);
}
