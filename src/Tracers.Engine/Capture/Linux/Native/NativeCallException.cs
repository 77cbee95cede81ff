using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux.Native;

/// <summary>A call of libbpf or of the kernel failed.</summary>
internal sealed class NativeCallException : Exception
{
    /// <param name="call">The function, with what it was asked for: <c>bpf_program__attach(on_enter)</c>.</param>
    /// <param name="errno">Why, as a positive number.</param>
    public NativeCallException(string call, int errno)
        : base($"{call}: {Marshal.GetPInvokeErrorMessage(errno)} ({errno})")
    {
        Call = call;
        Errno = errno;
    }

    public string Call { get; }

    public int Errno { get; }

    /// <summary>Of functions that return a negative error number, or else something that is not negative.</summary>
    public static int ThrowIfNegative(int result, string call) => result < 0 ? throw new NativeCallException(call, -result) : result;

    /// <summary>For functions that leave the reason in <c>errno</c>.</summary>
    public static NativeCallException FromLastError(string call) => new(call, Marshal.GetLastPInvokeError());
}
