namespace Tracers.Engine.Analysis;

/// <summary>Sums of one row.</summary>
internal struct IoTotals
{
    /// <summary>Calls of the read and write families that returned, failed ones included.</summary>
    public long Calls;

    public long ReadBytes;

    public long WriteBytes;

    public long FileBytes;

    public long NetworkBytes;

    public long Errors;

    /// <summary>Nanoseconds inside those calls, as far as their beginning was recorded.</summary>
    public long Time;

    /// <summary>Distinct descriptors: number and name, as sysdig's fdcount_by tells them apart.</summary>
    public int Fds;

    public readonly long Bytes => ReadBytes + WriteBytes;
}
