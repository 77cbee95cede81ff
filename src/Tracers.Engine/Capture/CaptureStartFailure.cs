namespace Tracers.Engine.Capture;

/// <summary>Why a live capture cannot begin.</summary>
public enum CaptureStartFailure
{
    /// <summary>Not Linux, or a processor that there is no probe for.</summary>
    NotSupported,

    /// <summary>The process may not load or attach the probe.</summary>
    NoRights,

    /// <summary>The kernel does not describe its types (CONFIG_DEBUG_INFO_BTF).</summary>
    NoBtf,

    /// <summary>libbpf.so.1 is not there.</summary>
    NoLibbpf,

    /// <summary>The kernel is too old.</summary>
    KernelTooOld,

    /// <summary>A policy of the machine forbids BPF.</summary>
    Forbidden,

    /// <summary>The file cannot be written.</summary>
    Path,

    /// <summary>An option that this machine cannot follow: a process or container that is not there, a buffer too large for it.</summary>
    Option,

    /// <summary>Something else: the message has what the kernel or libbpf said.</summary>
    Other,
}
