using System.Runtime.InteropServices;

namespace Tracers.Shell;

/// <summary>The two calls of the C library that <see cref="PipeStream"/> needs.</summary>
internal static partial class NativeOutput
{
    /// <summary>Interrupted by a signal before anything was written.</summary>
    public const int Eintr = 4;

    /// <summary>The reader has closed its end.</summary>
    public const int Epipe = 32;

    private const short PollOut = 4;

    /// <summary>Gets the number by which this system says "try again later".</summary>
    public static int Eagain { get; } = OperatingSystem.IsLinux() ? 11 : 35;

    /// <summary>Writes to a descriptor: the count written, or -1 and an error number.</summary>
    public static unsafe nint Write(int descriptor, ReadOnlySpan<byte> bytes, out int error)
    {
        fixed (byte* first = bytes)
        {
            nint written = RawWrite(descriptor, first, (nuint)bytes.Length);
            error = written < 0 ? Marshal.GetLastSystemError() : 0;
            return written;
        }
    }

    /// <summary>Waits until a descriptor takes bytes again or its reader is gone.</summary>
    public static unsafe void WaitUntilWritable(int descriptor)
    {
        var request = new PollRequest { Descriptor = descriptor, Events = PollOut };
        _ = RawPoll(&request, 1, -1);
    }

    [LibraryImport("libc", EntryPoint = "write")]
    private static unsafe partial nint RawWrite(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static unsafe partial int RawPoll(PollRequest* requests, nuint count, int timeoutMilliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
