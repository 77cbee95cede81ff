using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux.Native;

internal static partial class Libc
{
    private const int ReadAndWrite = 1 | 2;
    private const int Shared = 1;
    private const nint Failed = -1;

    /// <summary>Maps all elements of an array map that was made with BPF_F_MMAPABLE.</summary>
    public static SafeMemoryMap MapShared(int map, nuint length)
    {
        nint address = mmap(0, length, ReadAndWrite, Shared, map, 0);
        return address != Failed ? new SafeMemoryMap(address, length) : throw NativeCallException.FromLastError(nameof(mmap));
    }

    [LibraryImport(Library)]
    internal static partial int munmap(nint address, nuint length);

    [LibraryImport(Library, SetLastError = true)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, int descriptor, nint offset);
}
