using Tracers.Engine.Events;

namespace Tracers.Engine.State;

/// <content>Memory, page faults and time on cpus, for those who ask for them: events change them, and are looked at for that, only then.</content>
internal sealed partial class CaptureState
{
    /// <summary>Stands for a time on a cpu whose beginning was not seen.</summary>
    public const long UnknownSlice = -1;

    // By cpu: when its last switch of threads was, ns since the epoch; 0 before the first.
    private long[] _switchedAt = [];

    /// <summary>Whether <see cref="TracedThread.Use"/> is kept; with <see cref="KeepsRecords"/>, and events of the kinds in <see cref="EventKinds.WithUse"/>. To be set before the first section.</summary>
    public bool KeepsUse { get; set; }

    /// <summary>How long the thread that the last switch took off its cpu had been on it, in nanoseconds; <see cref="UnknownSlice"/> for the first switch of a cpu.</summary>
    public long LastSlice { get; private set; }

    // The old form of the event says nothing but when it was.
    private void ApplySwitch(in EventView e, TracedThread thread)
    {
        if (e.Cpu >= _switchedAt.Length)
            Array.Resize(ref _switchedAt, Math.Max(e.Cpu + 1, _switchedAt.Length * 2));
        ref long before = ref _switchedAt[e.Cpu];
        LastSlice = before == 0 ? UnknownSlice : Math.Max(e.Timestamp - before, 0);
        before = e.Timestamp;
        ThreadUse use = thread.Use ??= new ThreadUse();
        if (LastSlice != UnknownSlice)
            use.CpuTime += LastSlice;
        if (e.Type != EventKinds.SchedulerSwitch)
            return;
        use.MajorFaults = (ulong)e.Int64(1, (long)use.MajorFaults);
        use.MinorFaults = (ulong)e.Int64(2, (long)use.MinorFaults);
        ThreadUse main = thread.Main.Use ??= new ThreadUse();
        main.SetMemory(e.UInt32(3, main.VmSizeKb), e.UInt32(4, main.VmRssKb), e.UInt32(5, main.VmSwapKb));
    }

    // Calls that give a process memory or take it say how much it has then.
    private static void ApplyMemory(in EventView e, TracedThread thread)
    {
        ThreadUse use = thread.Use ??= new ThreadUse();
        use.SetMemory(e.UInt32(1, use.VmSizeKb), e.UInt32(2, use.VmRssKb), e.UInt32(3, use.VmSwapKb));
    }

    private void BeginUse(TracedThread thread)
    {
        if (KeepsUse && thread.Identity.Details.Usage is { } usage)
            (thread.Use ??= new ThreadUse()).Set(usage);
    }
}
