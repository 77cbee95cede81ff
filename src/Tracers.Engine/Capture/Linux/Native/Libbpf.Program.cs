using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux.Native;

internal static unsafe partial class Libbpf
{
    /// <summary>Attaches a loaded program to what its section names.</summary>
    /// <exception cref="NativeCallException">The object has no such program, or the kernel refuses.</exception>
    public static SafeBpfLink Attach(SafeBpfObject bpfObject, string program) =>
        Checked(bpf_program__attach(FindProgram(bpfObject, program)), Marshal.GetLastPInvokeError(), $"{nameof(bpf_program__attach)}({program})");

    /// <summary>Makes an iterator program ready to be run; see <see cref="CreateIterator"/>.</summary>
    /// <exception cref="NativeCallException">The object has no such program, or the kernel refuses.</exception>
    public static SafeBpfLink AttachIterator(SafeBpfObject bpfObject, string program) =>
        Checked(
            bpf_program__attach_iter(FindProgram(bpfObject, program), options: null),
            Marshal.GetLastPInvokeError(),
            $"{nameof(bpf_program__attach_iter)}({program})");

    [LibraryImport(Library)]
    internal static partial int bpf_link__destroy(nint link);

    private static nint FindProgram(SafeBpfObject bpfObject, string name)
    {
        nint program = bpf_object__find_program_by_name(bpfObject, name);
        return program != 0 ? program : throw new NativeCallException($"{nameof(bpf_object__find_program_by_name)}({name})", Errno.NoEntry);
    }

    private static SafeBpfLink Checked(SafeBpfLink link, int errno, string call)
    {
        if (!link.IsInvalid)
            return link;
        link.Dispose();
        throw new NativeCallException(call, errno);
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint bpf_object__find_program_by_name(SafeBpfObject bpfObject, string name);

    [LibraryImport(Library, SetLastError = true)]
    private static partial SafeBpfLink bpf_program__attach(nint program);

    [LibraryImport(Library, SetLastError = true)]
    private static partial SafeBpfLink bpf_program__attach_iter(nint program, void* options);
}
