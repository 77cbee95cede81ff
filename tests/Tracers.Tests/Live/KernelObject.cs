using System.Globalization;
using System.Runtime.InteropServices;

namespace Tracers.Tests.Live;

/// <summary>A BPF object in the kernel, by the number that the kernel gave it.</summary>
internal readonly partial record struct KernelObject(string Kind, uint Id)
{
    private const string Library = "libbpf.so.1";
    private static readonly string[] s_kinds = ["link", "map", "prog"];

    /// <summary>Whether the kernel still has it.</summary>
    public bool Exists
    {
        get
        {
            int fd = Kind switch
            {
                "link" => LinkById(Id),
                "map" => MapById(Id),
                _ => ProgramById(Id),
            };
            if (fd >= 0)
                _ = Close(fd);
            return fd >= 0;
        }
    }

    /// <summary>Those that a process holds.</summary>
    public static List<KernelObject> HeldBy(int pid)
    {
        List<KernelObject> held = [];
        foreach (string file in Directory.GetFiles($"/proc/{pid}/fdinfo"))
        {
            if (Read(file) is { } found)
                held.Add(found);
        }

        return held;
    }

    /// <summary>Those of a row that are still there when the kernel had time to take them out.</summary>
    public static List<KernelObject> StillThere(IEnumerable<KernelObject> objects)
    {
        List<KernelObject> left = [.. objects];
        SpinWait.SpinUntil(
            () =>
            {
                left.RemoveAll(o => !o.Exists);
                Thread.Sleep(20);
                return left.Count == 0;
            },
            TimeSpan.FromSeconds(5));
        return left;
    }

    // A link also names its program, which it does not hold by this descriptor.
    private static KernelObject? Read(string file)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(file);
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return null;
        }

        foreach (string kind in s_kinds)
        {
            if (lines.FirstOrDefault(l => l.StartsWith(kind + "_id:", StringComparison.Ordinal)) is { } line)
                return new KernelObject(kind, uint.Parse(line.AsSpan(kind.Length + 4), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture));
        }

        return null;
    }

    [LibraryImport(Library, EntryPoint = "bpf_link_get_fd_by_id")]
    private static partial int LinkById(uint id);

    [LibraryImport(Library, EntryPoint = "bpf_map_get_fd_by_id")]
    private static partial int MapById(uint id);

    [LibraryImport(Library, EntryPoint = "bpf_prog_get_fd_by_id")]
    private static partial int ProgramById(uint id);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int fd);
}
