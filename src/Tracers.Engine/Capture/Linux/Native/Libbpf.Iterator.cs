using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux.Native;

internal static partial class Libbpf
{
    /// <summary>Begins one run of an iterator program.</summary>
    public static SafeBpfIterator CreateIterator(SafeBpfLink link) =>
        new(NativeCallException.ThrowIfNegative(bpf_iter_create(bpf_link__fd(link)), nameof(bpf_iter_create)));

    [LibraryImport(Library)]
    private static partial int bpf_link__fd(SafeBpfLink link);

    [LibraryImport(Library)]
    private static partial int bpf_iter_create(int link);
}
