namespace Tracers.Engine.Spans;

/// <summary>Calls, bytes, and a stretch of time taken apart. Times are nanoseconds; every moment is in one of the parts.</summary>
internal sealed record WorkTotals
{
    /// <summary>System calls of any kind that returned, failed ones included; not the writes of markers.</summary>
    public long Calls { get; init; }

    /// <summary>What an accounting of I/O counts as calls: those that read or write, one that moves bytes between two descriptors twice.</summary>
    public long IoCalls { get; init; }

    /// <summary>Those of the calls that failed.</summary>
    public long Errors { get; init; }

    /// <summary>Those of the calls whose beginning is not in the capture: the time in them is in <see cref="RestTime"/>.</summary>
    public long UntimedCalls { get; init; }

    public long ReadBytes { get; init; }

    public long WriteBytes { get; init; }

    /// <summary>Read from and written to files.</summary>
    public long FileBytes { get; init; }

    /// <summary>Over IPv4 and IPv6.</summary>
    public long NetworkBytes { get; init; }

    /// <summary>Through pipes and unix sockets.</summary>
    public long PipeBytes { get; init; }

    /// <summary>In calls that work on files and folders.</summary>
    public long FileTime { get; init; }

    /// <summary>In calls that work on IPv4 and IPv6 sockets.</summary>
    public long NetworkTime { get; init; }

    /// <summary>In calls that work on pipes and unix sockets.</summary>
    public long PipeTime { get; init; }

    /// <summary>In calls that wait: futex, the poll family, sleeping, waiting for children.</summary>
    public long WaitTime { get; init; }

    /// <summary>In all other calls; the writes of markers are here.</summary>
    public long OtherTime { get; init; }

    /// <summary>Outside of calls: on a processor, ready to run, or with no thread at work in the span.</summary>
    public long RestTime { get; init; }

    /// <summary>Of <see cref="RestTime"/>, with a thread on a processor; null where the capture has no switches of threads.</summary>
    public long? CpuTime { get; init; }

    public long Bytes => ReadBytes + WriteBytes;

    /// <summary>Through everything that is no file, no IPv4 or IPv6, no pipe and no unix socket, or not known.</summary>
    public long OtherBytes => Bytes - FileBytes - NetworkBytes - PipeBytes;

    /// <summary>Of <see cref="RestTime"/>, with no thread on a processor; null where <see cref="CpuTime"/> is.</summary>
    public long? OffCpuTime => RestTime - CpuTime;

    /// <summary>All parts together.</summary>
    public long Time => FileTime + NetworkTime + PipeTime + WaitTime + OtherTime + RestTime;

    /// <summary>Both together, as if it were done in one; the processor's time is known where both are.</summary>
    public static WorkTotals operator +(WorkTotals left, WorkTotals right) => new()
    {
        Calls = left.Calls + right.Calls,
        IoCalls = left.IoCalls + right.IoCalls,
        Errors = left.Errors + right.Errors,
        UntimedCalls = left.UntimedCalls + right.UntimedCalls,
        ReadBytes = left.ReadBytes + right.ReadBytes,
        WriteBytes = left.WriteBytes + right.WriteBytes,
        FileBytes = left.FileBytes + right.FileBytes,
        NetworkBytes = left.NetworkBytes + right.NetworkBytes,
        PipeBytes = left.PipeBytes + right.PipeBytes,
        FileTime = left.FileTime + right.FileTime,
        NetworkTime = left.NetworkTime + right.NetworkTime,
        PipeTime = left.PipeTime + right.PipeTime,
        WaitTime = left.WaitTime + right.WaitTime,
        OtherTime = left.OtherTime + right.OtherTime,
        RestTime = left.RestTime + right.RestTime,
        CpuTime = left.CpuTime + right.CpuTime,
    };
}
