using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Tracers.Engine.Capture.Linux.Native;

internal static unsafe partial class Libbpf
{
    // enum libbpf_print_level: warnings 0, information 1, debugging 2.
    private const int MostDetailed = 1;

    // libbpf speaks on the thread that called it; two captures that start at once do not mix their messages.
    [ThreadStatic]
    private static StringBuilder? s_messages;

    /// <summary>From now on, what libbpf says on this thread is kept instead of dropped.</summary>
    /// <param name="messages">Where; null: no longer.</param>
    public static void CollectMessages(StringBuilder? messages)
    {
        // Without a function of ours libbpf writes to the standard error of the host; setting it again is harmless.
        libbpf_set_print(&OnMessage);
        s_messages = messages;
    }

    /// <param name="level">How serious it is.</param>
    /// <param name="format">As for printf.</param>
    /// <param name="arguments">A va_list, which is handed over as one pointer on x86-64 and on arm64.</param>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnMessage(int level, byte* format, nint arguments)
    {
        if (s_messages is not { } messages || level > MostDetailed)
            return 0;

        // A verifier's log comes as one message of any length, and its end is what matters.
        byte* text = null;
        int length = vasprintf(&text, format, arguments);
        if (length < 0)
            return 0;
        messages.Append(Encoding.UTF8.GetString(text, length));
        NativeMemory.Free(text);
        return length;
    }

    [LibraryImport(Library)]
    private static partial nint libbpf_set_print(delegate* unmanaged[Cdecl]<int, byte*, nint, int> function);

    [LibraryImport("libc")]
    private static partial int vasprintf(byte** text, byte* format, nint arguments);
}
