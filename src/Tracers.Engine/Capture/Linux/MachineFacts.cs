using System.Globalization;
using System.Runtime.InteropServices;
using Tracers.Engine.Capture.Linux.Native;

namespace Tracers.Engine.Capture.Linux;

/// <summary>What decides whether the probe can run here, and what to advise if it cannot.</summary>
internal sealed record MachineFacts
{
    /// <summary>Bits of <see cref="Capabilities"/>, as in linux/capability.h.</summary>
    public const int SysAdmin = 21;
    public const int PerfMon = 38;
    public const int Bpf = 39;

    public bool IsLinux { get; init; } = true;

    public Architecture Architecture { get; init; } = Architecture.X64;

    public required Version Kernel { get; init; }

    /// <summary>Whether the kernel describes its types.</summary>
    public bool HasBtf { get; init; } = true;

    public bool HasLibbpf { get; init; } = true;

    /// <summary>Whether there is a libbpf, but of the 0.x series.</summary>
    public bool HasOldLibbpf { get; init; }

    /// <summary>The process's effective capabilities; null when they cannot be read.</summary>
    public ulong? Capabilities { get; init; }

    public bool IsRoot { get; init; }

    /// <summary>Whether the process is in a user namespace of its own, whose capabilities count for nothing here.</summary>
    public bool InUserNamespace { get; init; }

    /// <summary>Whether the process is in a pid namespace of its own: the kernel's ids are not the ones that it sees.</summary>
    public bool InPidNamespace { get; init; }

    /// <summary>Whether a seccomp filter decides about its system calls.</summary>
    public bool HasSeccompFilter { get; init; }

    /// <summary>The kernel's lockdown mode, such as <c>confidentiality</c>; null: none, or not known.</summary>
    public string? Lockdown { get; init; }

    /// <summary>/etc/os-release; empty when there is none.</summary>
    public string OsRelease { get; init; } = "";

    /// <summary>The executable of this process.</summary>
    public string HostPath { get; init; } = "pwsh";

    /// <summary>The application that the executable runs, where that is <c>dotnet</c>; null otherwise.</summary>
    public string? HostApplication { get; init; }

    /// <summary>Those of this machine and process.</summary>
    public static MachineFacts Read()
    {
        if (!OperatingSystem.IsLinux())
            return new MachineFacts { IsLinux = false, Kernel = Environment.OSVersion.Version, Architecture = RuntimeInformation.OSArchitecture };

        string status = TextOf("/proc/self/status");
        bool hasLibbpf = Libbpf.IsPresent;

        // What follows the third number is the distribution's.
        Version kernel = Environment.OSVersion.Version;
        string host = Environment.ProcessPath ?? "pwsh";
        return new MachineFacts
        {
            Architecture = RuntimeInformation.ProcessArchitecture,
            Kernel = new Version(kernel.Major, kernel.Minor, Math.Max(kernel.Build, 0)),
            HasBtf = File.Exists("/sys/kernel/btf/vmlinux"),
            HasLibbpf = hasLibbpf,
            HasOldLibbpf = !hasLibbpf && Libbpf.IsOldPresent,
            Capabilities = CapabilitiesIn(status),
            IsRoot = Environment.IsPrivilegedProcess,
            InUserNamespace = MapsUsers(TextOf("/proc/self/uid_map")),
            InPidNamespace = IsNestedPidNamespace(File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name),
            HasSeccompFilter = ValueIn(status, "Seccomp:") == "2",
            Lockdown = LockdownIn(TextOf("/sys/kernel/security/lockdown")),
            OsRelease = TextOf("/etc/os-release"),
            HostPath = host,
            HostApplication = Path.GetFileName(host) == "dotnet" ? Environment.GetCommandLineArgs()[0] : null,
        };
    }

    /// <summary>The effective set in a /proc/PID/status.</summary>
    public static ulong? CapabilitiesIn(string status) =>
        ulong.TryParse(ValueIn(status, "CapEff:"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong set) ? set : null;

    /// <summary>The chosen mode of /sys/kernel/security/lockdown, which has it in brackets; null when that is <c>none</c>.</summary>
    public static string? LockdownIn(string text)
    {
        int start = text.IndexOf('[', StringComparison.Ordinal) + 1;
        int end = text.IndexOf(']', StringComparison.Ordinal);
        return start > 0 && end > start && text[start..end] is not "none" and string mode ? mode : null;
    }

    /// <summary>Whether a /proc/PID/uid_map is another than that of the machine's own user namespace, which maps every id to itself.</summary>
    public static bool MapsUsers(string map) =>
        map.Length != 0 && !map.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).AsSpan().SequenceEqual(["0", "0", "4294967295"]);

    /// <summary>Whether a /proc/PID/ns/pid is another than the machine's own, whose number the kernel fixes; null: not known.</summary>
    public static bool IsNestedPidNamespace(string? link) => link is not (null or "pid:[4026531836]");

    private static string? ValueIn(string status, string label)
    {
        foreach (string line in status.Split('\n'))
        {
            if (line.StartsWith(label, StringComparison.Ordinal))
                return line[label.Length..].Trim();
        }

        return null;
    }

    private static string TextOf(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not there in this kernel or container: the fact is not known.
            return "";
        }
    }
}
