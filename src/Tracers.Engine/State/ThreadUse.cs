namespace Tracers.Engine.State;

/// <summary>Memory, page faults and time on cpus of a thread, as one event after another tells them: changed in place, since a switch of threads tells them thousands of times a second.</summary>
internal sealed class ThreadUse
{
    /// <summary>Virtual memory in KiB.</summary>
    public uint VmSizeKb;

    /// <summary>Resident memory in KiB.</summary>
    public uint VmRssKb;

    /// <summary>Swapped memory in KiB.</summary>
    public uint VmSwapKb;

    public ulong MajorFaults;

    public ulong MinorFaults;

    /// <summary>Nanoseconds on cpus since the capture began, as far as switches of threads tell.</summary>
    public long CpuTime;

    /// <summary>Takes over what a list, a new process or a new program says.</summary>
    public void Set(ProcessUsage usage)
    {
        VmSizeKb = usage.VmSizeKb;
        VmRssKb = usage.VmRssKb;
        VmSwapKb = usage.VmSwapKb;
        MajorFaults = usage.MajorFaults;
        MinorFaults = usage.MinorFaults;
    }

    /// <summary>Takes over what an event says of memory.</summary>
    /// <param name="size">Virtual memory in KiB.</param>
    /// <param name="resident">Resident memory in KiB.</param>
    /// <param name="swapped">Swapped memory in KiB.</param>
    public void SetMemory(uint size, uint resident, uint swapped)
    {
        VmSizeKb = size;
        VmRssKb = resident;
        VmSwapKb = swapped;
    }
}
