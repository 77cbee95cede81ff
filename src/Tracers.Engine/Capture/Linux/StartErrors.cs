using System.Runtime.InteropServices;
using Tracers.Engine.Capture.Linux.Native;

namespace Tracers.Engine.Capture.Linux;

/// <summary>What the user reads when a capture cannot start: one text a reason, with what to do.</summary>
internal static class StartErrors
{
    /// <summary>From here on the memory of maps is not held against RLIMIT_MEMLOCK, and iterators may resolve paths.</summary>
    public static readonly Version OldestKernel = new(5, 11);

    /// <summary>The capabilities that the probe needs and the process lacks, as people write them; empty when it has them or is not known to lack them.</summary>
    public static string MissingCapabilities(MachineFacts facts)
    {
        if (facts.Capabilities is not { } set || Has(set, MachineFacts.SysAdmin))
            return "";
        return (Has(set, MachineFacts.Bpf), Has(set, MachineFacts.PerfMon)) switch
        {
            (false, false) => "CAP_BPF and CAP_PERFMON",
            (false, true) => "CAP_BPF",
            (true, false) => "CAP_PERFMON",
            _ => "",
        };
    }

    public static CaptureStartException NotLinux() => new(
        CaptureStartFailure.NotSupported,
        "Recording needs Linux: the probe is eBPF. Record there and read the file here: every other command takes -Path.");

    public static CaptureStartException NoProbeFor(Architecture architecture) => new(
        CaptureStartFailure.NotSupported,
        $"There is no probe for {architecture} processors yet, only for X64. Files recorded elsewhere can be read here.");

    public static CaptureStartException NoBtf(MachineFacts facts) => new(
        CaptureStartFailure.NoBtf,
        $"The kernel ({facts.Kernel}) does not describe its types: /sys/kernel/btf/vmlinux is missing. Boot a kernel that was built with CONFIG_DEBUG_INFO_BTF=y, as those of "
        + "current distributions are; in a container, /sys must be mounted.");

    public static CaptureStartException NoLibbpf(MachineFacts facts) => new(
        CaptureStartFailure.NoLibbpf,
        (facts.HasOldLibbpf
            ? "libbpf.so.1 is missing. There is libbpf.so.0, which is too old: version 1.0 or later is needed. "
            : "libbpf.so.1 is missing. ")
        + $"Install it: {LibbpfPackage.Advice(facts.OsRelease)}.");

    public static CaptureStartException InPidNamespace() => new(
        CaptureStartFailure.NotSupported,
        "Recording needs the machine's own process ids, and this process is in a pid namespace (a container): the ids that it sees are not the kernel's. "
        + "Record outside of it, or start the container with --pid=host.");

    public static CaptureStartException KernelTooOld(MachineFacts facts, Exception cause) => new(
        CaptureStartFailure.KernelTooOld,
        $"The kernel ({facts.Kernel}) is too old: recording needs Linux {OldestKernel} or later. What failed: {cause.Message}.",
        cause);

    public static CaptureStartException NoRights(MachineFacts facts, string missing, Exception cause)
    {
        string host = File.Exists(facts.HostPath) && File.ResolveLinkTarget(facts.HostPath, returnFinalTarget: true) is { } target ? target.FullName : facts.HostPath;
        string application = facts.HostApplication is { } dll ? $" {Quoted(dll)}" : "";
        string remedy = facts.IsRoot
            ? "Root without it is what containers have: start this one with --cap-add BPF --cap-add PERFMON."
            : $"Run as root: sudo {Quoted(facts.HostPath)}{application}. Or let the host do it for every user: sudo setcap cap_bpf,cap_perfmon=ep {Quoted(host)}; "
                + $"this gives the right to everything that this {Path.GetFileName(host)} ever runs.";
        return new CaptureStartException(
            CaptureStartFailure.NoRights,
            $"Recording needs CAP_BPF and CAP_PERFMON (or CAP_SYS_ADMIN), and this process lacks {missing}. {remedy}",
            cause);
    }

    public static CaptureStartException Forbidden(MachineFacts facts, NativeCallException cause)
    {
        string where = facts switch
        {
            { InUserNamespace: true } =>
                "The process is in a user namespace (a rootless container), where capabilities do not count for BPF: record outside of it.",
            { Lockdown: { } mode } =>
                $"The kernel is locked down ({mode}, see /sys/kernel/security/lockdown), as with secure boot: start it with lockdown=none, or at most integrity.",
            { HasSeccompFilter: true } =>
                "A seccomp filter is on this process, as in containers: allow bpf(2) in its profile, or record outside of the container.",
            _ => "Look at the rules of SELinux or AppArmor (dmesg, /var/log/audit), at /sys/kernel/security/lockdown, and at the seccomp profile if this is a container.",
        };
        return new CaptureStartException(
            CaptureStartFailure.Forbidden, $"A policy of this machine forbids BPF, though the process has the capabilities ({cause.Message}). {where}", cause);
    }

    public static CaptureStartException NoMemory(NativeCallException cause) => new(
        CaptureStartFailure.Option,
        $"There is no memory for the rings ({cause.Message}): every possible CPU gets one. Use a smaller -BufferSize, or give this machine or cgroup more memory.",
        cause);

    public static CaptureStartException FilterFull(NativeCallException cause) => new(
        CaptureStartFailure.Option, $"The filter has more entries than the probe can hold ({cause.Message}). Name fewer.", cause);

    public static CaptureStartException Other(NativeCallException cause, string? said) => new(
        CaptureStartFailure.Other,
        $"The probe cannot be started: {cause.Message}.{(said is null ? "" : $" libbpf says: {said}")}",
        cause);

    private static bool Has(ulong set, int capability) => (set >> capability & 1) != 0;

    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"'{path}'" : path;
}
