using System.Runtime.CompilerServices;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Sums of one row. Which calls they are of is said by who sums: those that read and write, or all of a process.</summary>
internal struct IoTotals
{
    /// <summary>Calls that returned, failed ones included.</summary>
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

    /// <summary>Adds the bytes that a read or a write moved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddBytes(FdInfo? fd, long bytes, bool reads)
    {
        if (reads)
            ReadBytes += bytes;
        else
            WriteBytes += bytes;
        if (fd is null)
            return;
        if (fd.Kind == FdKind.File)
            FileBytes += bytes;
        else if (fd.Kind.IsNetwork())
            NetworkBytes += bytes;
    }

    /// <summary>Adds other sums to these; distinct descriptors cannot be added, and are left as they are.</summary>
    public void Add(in IoTotals other)
    {
        Calls += other.Calls;
        ReadBytes += other.ReadBytes;
        WriteBytes += other.WriteBytes;
        FileBytes += other.FileBytes;
        NetworkBytes += other.NetworkBytes;
        Errors += other.Errors;
        Time += other.Time;
    }
}
