namespace Tracers.Engine.Analysis.Tables;

/// <summary>What was done with a descriptor in an interval.</summary>
internal struct DescriptorTotals
{
    /// <summary>Calls on it that returned, failed ones included: each side of one that moves bytes between two descriptors, and without the writing of markers.</summary>
    public long Calls;

    /// <summary>Calls on it that failed.</summary>
    public long Errors;

    /// <summary>Times that it was opened.</summary>
    public long Opens;

    public long ReadBytes;

    public long WriteBytes;

    /// <summary>Nanoseconds inside those calls, as far as their beginning was recorded.</summary>
    public long Time;

    public void Add(in DescriptorTotals other)
    {
        Calls += other.Calls;
        Errors += other.Errors;
        Opens += other.Opens;
        ReadBytes += other.ReadBytes;
        WriteBytes += other.WriteBytes;
        Time += other.Time;
    }
}
