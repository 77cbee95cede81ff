using Tracers.Engine.State;

namespace Tracers.Engine.Analysis.Tables;

/// <summary>A process, or one of its threads, at a moment; and what it did until then.</summary>
internal sealed record ProcessRow
{
    public required ThreadIdentity Thread { get; init; }

    /// <summary>The parent of the process; −1 when not known.</summary>
    public required int ParentPid { get; init; }

    /// <summary>The effective user by name, else by number; null when not known.</summary>
    public required string? User { get; init; }

    /// <summary>The effective group by name, else by number; null when not known.</summary>
    public required string? Group { get; init; }

    /// <summary>The user that logged in by name, else by number; null for none and when not known.</summary>
    public required string? LoginUser { get; init; }

    /// <summary>Null for a thread that the capture says nothing of.</summary>
    public required ContainerInfo? Container { get; init; }

    /// <summary>Empty when not known.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Name of the process whose pid is the session's id; null when it is not known.</summary>
    public required string? SessionLeader { get; init; }

    /// <summary>Threads of the process, the main one included.</summary>
    public required int Threads { get; init; }

    /// <summary>Descriptors that are known to be open; null of what is gone.</summary>
    public required int? OpenFds { get; init; }

    /// <summary>Most descriptors that the process may have open; −1 when not known.</summary>
    public required long FdLimit { get; init; }

    /// <summary>Virtual memory in KiB, as all that the capture tells last; 0 when it does not say.</summary>
    public required uint VmSizeKb { get; init; }

    /// <summary>Resident memory in KiB; 0 when the capture does not say.</summary>
    public required uint VmRssKb { get; init; }

    /// <summary>When it was made, ns since the epoch; 0 when that was before the capture.</summary>
    public required long Started { get; init; }

    /// <summary>When it ended, ns since the epoch; 0 while it runs, and when that is not in the capture.</summary>
    public required long Exited { get; init; }

    public required bool IsRunning { get; init; }

    /// <summary>Of all system calls, without the writing of markers; time and descriptors are not summed.</summary>
    public required IoTotals Totals { get; init; }
}
