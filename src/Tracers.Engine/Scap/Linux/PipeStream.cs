using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tracers.Engine.Scap.Linux;

/// <summary>A pipe, a socket or a terminal, whose bytes can be long in coming: a read waits for them, and ends at once when it is cancelled.</summary>
internal sealed partial class PipeStream : ReadOnlyStream
{
    private const int ReadOnlyNonBlockingCloseOnExec = 0x800 | 0x80000;
    private const short Readable = 1;
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int PermissionDenied = 13;

    private readonly SafeFileHandle _handle;
    private readonly CancellationToken _cancellation;
    private readonly AnonymousPipeServerStream _wake = new(PipeDirection.Out, HandleInheritability.None);
    private readonly SafePipeHandle _woken;
    private readonly CancellationTokenRegistration _registration;

    /// <summary>Reads from an open descriptor, which the stream closes at its end if the handle owns it.</summary>
    /// <param name="handle">The descriptor.</param>
    /// <param name="cancellation">Ends a read, also one that waits, with <see cref="OperationCanceledException"/>.</param>
    public PipeStream(SafeFileHandle handle, CancellationToken cancellation)
    {
        _handle = handle;
        _cancellation = cancellation;

        // Closing the writing end is what the waiting thread sees at the other, which is ours to close once it was asked for.
        _woken = _wake.ClientSafePipeHandle;
        _registration = cancellation.Register(_wake.Dispose);
    }

    /// <summary>Opens a named pipe or a device without waiting for whoever writes to it; the first read waits.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static PipeStream Open(string path, CancellationToken cancellation)
    {
        int descriptor = OpenFile(path, ReadOnlyNonBlockingCloseOnExec);
        if (descriptor < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            string message = $"{Marshal.GetPInvokeErrorMessage(error)}: '{path}'.";
            throw error == PermissionDenied ? new UnauthorizedAccessException(message) : new IOException(message);
        }

        return new PipeStream(new SafeFileHandle(descriptor, ownsHandle: true), cancellation);
    }

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            Wait();
            nint read = ReadFile(_handle, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (read >= 0)
                return (int)read;

            int error = Marshal.GetLastPInvokeError();
            if (error is not (Interrupted or TryAgain))
                throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _registration.Dispose();
            _wake.Dispose();
            _woken.Dispose();
            _handle.Dispose();
        }

        base.Dispose(disposing);
    }

    // A named pipe that nobody has opened for writing yet is not at its end: it has neither bytes nor a writer that left.
    private void Wait()
    {
        Span<Polled> polled =
        [
            new Polled { Descriptor = (int)_handle.DangerousGetHandle(), Events = Readable },
            new Polled { Descriptor = (int)_woken.DangerousGetHandle() },
        ];
        do
        {
            _cancellation.ThrowIfCancellationRequested();
            if (Poll(ref MemoryMarshal.GetReference(polled), (nuint)polled.Length, Timeout.Infinite) < 0 && Marshal.GetLastPInvokeError() is not Interrupted and int error)
                throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)}.");
        }
        while (polled[0].Returned == 0);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadFile(SafeFileHandle file, ref byte buffer, nint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref Polled first, nuint count, int timeout);

    private struct Polled
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
