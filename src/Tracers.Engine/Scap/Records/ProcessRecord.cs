namespace Tracers.Engine.Scap.Records;

/// <summary>
/// One thread of the captured machine when the capture began (FORMAT.md 3.3). A process is its main thread, whose tid is its pid.
/// </summary>
public sealed record ProcessRecord
{
    /// <summary>Thread id.</summary>
    public required ulong Tid { get; init; }

    /// <summary>Process id: the tid of the main thread.</summary>
    public required ulong Pid { get; init; }

    /// <summary>Tid of the parent.</summary>
    public ulong ParentTid { get; init; }

    /// <summary>Session id; all ones if not known.</summary>
    public ulong SessionId { get; init; } = ulong.MaxValue;

    /// <summary>Process group, as numbered in the process's own pid namespace.</summary>
    public ulong ProcessGroup { get; init; } = ulong.MaxValue;

    /// <summary>The thread's name; at most 1024 bytes in a file.</summary>
    public ByteText Comm { get; init; }

    /// <summary>argv[0]; at most 1024 bytes in a file.</summary>
    public ByteText Exe { get; init; }

    /// <summary>Full path of the executable; at most 1024 bytes in a file.</summary>
    public ByteText ExePath { get; init; }

    /// <summary>argv[1] and on, each followed by a NUL; at most 4096 bytes in a file.</summary>
    public ByteText Arguments { get; init; }

    /// <summary>Working directory; at most 1024 bytes in a file.</summary>
    public ByteText Cwd { get; init; }

    /// <summary>Limit of open descriptors.</summary>
    public long FdLimit { get; init; }

    /// <summary>Thread flags in the format's own numbering (FORMAT.md 3.3).</summary>
    public uint Flags { get; init; }

    /// <summary>User id.</summary>
    public uint Uid { get; init; }

    /// <summary>Group id.</summary>
    public uint Gid { get; init; }

    /// <summary>Virtual memory in KiB.</summary>
    public uint VmSizeKb { get; init; }

    /// <summary>Resident memory in KiB.</summary>
    public uint VmRssKb { get; init; }

    /// <summary>Swapped memory in KiB.</summary>
    public uint VmSwapKb { get; init; }

    /// <summary>Major page faults so far.</summary>
    public ulong MajorFaults { get; init; }

    /// <summary>Minor page faults so far.</summary>
    public ulong MinorFaults { get; init; }

    /// <summary>The environment, each string followed by a NUL; at most 4096 bytes in a file.</summary>
    public ByteText Environment { get; init; }

    /// <summary>Tid in the thread's own pid namespace; -1 if not known.</summary>
    public long VTid { get; init; } = -1;

    /// <summary>Pid in the process's own pid namespace; -1 if not known.</summary>
    public long VPid { get; init; } = -1;

    /// <summary>Cgroups as <c>subsystem=path</c>, each followed by a NUL; at most 4096 bytes in a file.</summary>
    public ByteText Cgroups { get; init; }

    /// <summary>The process's root directory; at most 1024 bytes in a file.</summary>
    public ByteText Root { get; init; }

    /// <summary>Login user id; -1 if none.</summary>
    public int LoginUid { get; init; } = -1;

    /// <summary>Whether the user may write the executable.</summary>
    public bool ExeWritable { get; init; }

    // Read where newer programs wrote them; not written, so that every reader agrees on the entry.

    /// <summary>When the pid namespace of the process began, in nanoseconds since the epoch; 0 if not known.</summary>
    public ulong PidNamespaceStart { get; init; }

    /// <summary>Device number of the controlling terminal; 0 if none or not known.</summary>
    public uint Tty { get; init; }

    /// <summary>Inheritable capabilities, a bit each as the format numbers them; 0 if not known, as the two that follow.</summary>
    public ulong InheritableCapabilities { get; init; }

    /// <summary>Permitted capabilities.</summary>
    public ulong PermittedCapabilities { get; init; }

    /// <summary>Effective capabilities.</summary>
    public ulong EffectiveCapabilities { get; init; }

    /// <summary>Whether the executable lies in the upper layer of an overlay file system: it is not of the container's image.</summary>
    public bool ExeUpperLayer { get; init; }

    /// <summary>Whether the executable lies in the lower layer of an overlay file system.</summary>
    public bool ExeLowerLayer { get; init; }

    /// <summary>Whether the executable is a file in memory.</summary>
    public bool ExeFromMemfd { get; init; }

    /// <summary>Inode of the executable; 0 if not known.</summary>
    public ulong ExeInode { get; init; }

    /// <summary>When the executable's inode changed, in nanoseconds since the epoch; 0 if not known.</summary>
    public ulong ExeChangeTime { get; init; }

    /// <summary>When the executable's content changed, in nanoseconds since the epoch; 0 if not known.</summary>
    public ulong ExeModifyTime { get; init; }

    /// <summary>Process group as numbered on the host; -1 if not known.</summary>
    public long HostProcessGroup { get; init; } = -1;
}
