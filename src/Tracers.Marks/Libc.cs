using System.Runtime.InteropServices;

namespace Tracers.Marks;

/// <summary>The three calls that a marker needs. The framework's streams will not do: they seek, lock and buffer, and recorders look at write(2) only.</summary>
internal static unsafe class Libc
{
    private const int WriteOnly = 1;
    private const int CloseOnExec = 0x80000;

    /// <summary>A new descriptor of <c>/dev/null</c>, closed on exec; negative when there is none to be had.</summary>
    public static int OpenNullDevice()
    {
        byte[] path = [.. "/dev/null".Select(c => (byte)c), 0];
        fixed (byte* start = path)
            return Open(start, WriteOnly | CloseOnExec);
    }

    [DllImport("libc", EntryPoint = "write")]
    public static extern nint Write(int fd, byte* bytes, nint count);

    [DllImport("libc", EntryPoint = "close")]
    public static extern int Close(int fd);

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open(byte* path, int flags);
}
