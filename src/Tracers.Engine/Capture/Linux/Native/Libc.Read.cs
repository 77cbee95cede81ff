using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux.Native;

internal static unsafe partial class Libc
{
    /// <summary>Reads the next rows of an iterator.</summary>
    /// <returns>Bytes read, which may end within a row; 0 at the end.</returns>
    public static int Read(SafeBpfIterator iterator, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                nint count = read(iterator, bytes, (nuint)buffer.Length);
                if (count >= 0)
                    return (int)count;

                // The kernel gives up the processor after a million objects that made no row, and wants to be asked again.
                if (Marshal.GetLastPInvokeError() is not (Errno.Interrupted or Errno.TryAgain))
                    throw NativeCallException.FromLastError("read(iterator)");
            }
        }
    }

    [LibraryImport(Library)]
    internal static partial int close(int descriptor);

    [LibraryImport(Library, SetLastError = true)]
    private static partial nint read(SafeBpfIterator descriptor, byte* buffer, nuint count);
}
