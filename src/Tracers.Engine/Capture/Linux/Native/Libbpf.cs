using System.Reflection;
using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux.Native;

/// <summary>
/// libbpf 1.x: its public functions that the probe needs. One file a group; each holds the raw imports and beside them the methods to call.
/// </summary>
internal static partial class Libbpf
{
    private const string Library = "libbpf.so.1";
    private const string OldLibrary = "libbpf.so.0";

    /// <summary>Whether the library is on this machine.</summary>
    public static bool IsPresent => CanLoad(Library);

    /// <summary>Whether there is the one of the 0.x series, which has other rules for errors and options.</summary>
    public static bool IsOldPresent => CanLoad(OldLibrary);

    /// <summary>Processors that the kernel may ever use, which is what it sizes per-CPU data by.</summary>
    public static int PossibleCpus() => NativeCallException.ThrowIfNegative(libbpf_num_possible_cpus(), nameof(libbpf_num_possible_cpus));

    private static bool CanLoad(string library)
    {
        if (!NativeLibrary.TryLoad(library, Assembly.GetExecutingAssembly(), searchPath: null, out nint handle))
            return false;
        NativeLibrary.Free(handle);
        return true;
    }

    [LibraryImport(Library)]
    private static partial int libbpf_num_possible_cpus();
}
