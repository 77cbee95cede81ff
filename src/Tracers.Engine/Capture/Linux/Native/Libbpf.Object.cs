using System.Runtime.InteropServices;
using System.Text;

namespace Tracers.Engine.Capture.Linux.Native;

internal static unsafe partial class Libbpf
{
    /// <summary>Reads an ELF object; nothing is in the kernel yet.</summary>
    /// <param name="elf">The file's bytes, not needed afterwards.</param>
    /// <param name="name">What its global data's maps are called after.</param>
    /// <exception cref="NativeCallException">It is no BPF object, or one that libbpf cannot read.</exception>
    public static SafeBpfObject OpenObject(ReadOnlySpan<byte> elf, string name)
    {
        fixed (byte* bytes = elf)
        fixed (byte* nameBytes = Encoding.UTF8.GetBytes(name + '\0'))
        {
            OpenOptions options = new() { Size = (nuint)sizeof(OpenOptions), ObjectName = nameBytes };
            SafeBpfObject opened = bpf_object__open_mem(bytes, (nuint)elf.Length, &options);
            int errno = Marshal.GetLastPInvokeError();
            if (!opened.IsInvalid)
                return opened;
            opened.Dispose();
            throw new NativeCallException($"{nameof(bpf_object__open_mem)}({name})", errno);
        }
    }

    /// <summary>Makes the maps and hands the programs to the kernel's verifier.</summary>
    /// <exception cref="NativeCallException">One of them was refused. The messages say which one.</exception>
    public static void LoadObject(SafeBpfObject bpfObject) =>
        NativeCallException.ThrowIfNegative(bpf_object__load(bpfObject), nameof(bpf_object__load));

    [LibraryImport(Library)]
    internal static partial void bpf_object__close(nint bpfObject);

    [LibraryImport(Library, SetLastError = true)]
    private static partial SafeBpfObject bpf_object__open_mem(byte* elf, nuint length, OpenOptions* options);

    [LibraryImport(Library)]
    private static partial int bpf_object__load(SafeBpfObject bpfObject);

    /// <summary>The beginning of <c>struct bpf_object_open_opts</c>: its size says how much of it there is.</summary>
    private struct OpenOptions
    {
        public nuint Size;
        public byte* ObjectName;
    }
}
