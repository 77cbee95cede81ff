namespace Tracers.Engine.Analysis.Tables;

/// <summary>What a process did in an interval.</summary>
internal struct ProcessTotals
{
    /// <summary>System calls that returned, without the writing of markers.</summary>
    public long Calls;

    /// <summary>Calls that failed.</summary>
    public long Errors;

    public long ReadBytes;

    public long WriteBytes;

    public long FileBytes;

    public long NetworkBytes;

    public void Add(in ProcessTotals other)
    {
        Calls += other.Calls;
        Errors += other.Errors;
        ReadBytes += other.ReadBytes;
        WriteBytes += other.WriteBytes;
        FileBytes += other.FileBytes;
        NetworkBytes += other.NetworkBytes;
    }
}
