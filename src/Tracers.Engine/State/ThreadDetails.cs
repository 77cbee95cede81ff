using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.State;

/// <summary>What is seldom asked of a thread: immutable, and replaced as a whole when a call changes any of it, so that an emitted object can keep it.</summary>
internal sealed record ThreadDetails
{
    /// <summary>Marks a user or group that is not known, as the format does.</summary>
    public const uint NoId = uint.MaxValue;

    /// <summary>Of a thread that the capture says nothing of.</summary>
    public static readonly ThreadDetails Unknown = new();

    /// <summary>argv[0].</summary>
    public ByteText Exe { get; init; }

    /// <summary>Path of the executable; empty when the capture does not say.</summary>
    public ByteText ExePath { get; init; }

    /// <summary>argv[1] and on, each followed by a NUL.</summary>
    public ByteText Arguments { get; init; }

    /// <summary>The root directory; empty when the capture does not say.</summary>
    public ByteText Root { get; init; }

    /// <summary>The effective user; <see cref="NoId"/> when not known.</summary>
    public uint Uid { get; init; } = NoId;

    /// <summary>The effective group; <see cref="NoId"/> when not known.</summary>
    public uint Gid { get; init; } = NoId;

    /// <summary>The user that logged in; <see cref="NoId"/> for none and when not known.</summary>
    public uint LoginUid { get; init; } = NoId;

    /// <summary>Device number of the terminal, 0 for none.</summary>
    public uint Tty { get; init; }

    /// <summary>Session id; −1 when not known.</summary>
    public long SessionId { get; init; } = -1;

    /// <summary>Process group as numbered in the thread's own pid namespace; −1 when not known.</summary>
    public long ProcessGroup { get; init; } = -1;

    /// <summary>Tid in the thread's own pid namespace; −1 when not known.</summary>
    public long VTid { get; init; } = -1;

    /// <summary>Pid in the thread's own pid namespace; −1 when not known.</summary>
    public long VPid { get; init; } = -1;

    /// <summary>Most descriptors that the process may have open; −1 when not known. Only the main thread's counts.</summary>
    public long FdLimit { get; init; } = -1;

    /// <summary>Cgroups as <c>subsystem=path</c>, each followed by a NUL; empty when the capture does not say.</summary>
    public ByteText Cgroups { get; init; }

    /// <summary>Number of the container in the <see cref="ContainerTable"/>, <see cref="ContainerTable.Host"/> for none.</summary>
    public int Container { get; init; }

    /// <summary>What the thread is in its container; only where <see cref="CaptureState.KeepsRecords"/>.</summary>
    public ContainerRole Role { get; init; }

    /// <summary>Memory, environment and the like; null where the state does not keep them: see <see cref="CaptureState.KeepsRecords"/>.</summary>
    public ProcessUsage? Usage { get; init; }
}
