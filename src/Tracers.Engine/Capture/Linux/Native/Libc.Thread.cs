using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux.Native;

internal static partial class Libc
{
    private const int OfThread = 0;

    /// <summary>The calling thread's tid.</summary>
    public static int ThreadId() => GetTid();

    /// <summary>Gives the calling thread a niceness; without the right to it stays as it is.</summary>
    /// <returns>Whether it has it now.</returns>
    public static bool SetNiceness(int niceness) => SetPriority(OfThread, GetTid(), niceness) == 0;

    [LibraryImport(Library, EntryPoint = "gettid")]
    private static partial int GetTid();

    [LibraryImport(Library, EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int niceness);
}
