using Tracers.Engine.Spans;

namespace Tracers.Engine.Analysis;

/// <summary>Makes of running numbers what is handed out.</summary>
internal static class WorkResult
{
    // Where a part is too long because clocks of two processors contradict each other: first what is known least of.
    private static readonly WorkField[] s_shortened =
    [
        WorkField.OffCpuTime, WorkField.CpuTime, WorkField.OtherTime, WorkField.WaitTime, WorkField.PipeTime, WorkField.NetworkTime, WorkField.FileTime,
    ];

    /// <summary>The totals, their times adding up to a time that is not longer than all positive ones together.</summary>
    public static WorkTotals Of(WorkVector sums, long time, bool knowsSwitches)
    {
        Shorten(ref sums, time);
        long cpu = At(in sums, WorkField.CpuTime);
        return new WorkTotals
        {
            Calls = At(in sums, WorkField.Calls),
            IoCalls = At(in sums, WorkField.IoCalls),
            UntimedCalls = At(in sums, WorkField.UntimedCalls),
            Errors = At(in sums, WorkField.Errors),
            ReadBytes = At(in sums, WorkField.ReadBytes),
            WriteBytes = At(in sums, WorkField.WriteBytes),
            FileBytes = At(in sums, WorkField.FileBytes),
            NetworkBytes = At(in sums, WorkField.NetworkBytes),
            PipeBytes = At(in sums, WorkField.PipeBytes),
            FileTime = At(in sums, WorkField.FileTime),
            NetworkTime = At(in sums, WorkField.NetworkTime),
            PipeTime = At(in sums, WorkField.PipeTime),
            WaitTime = At(in sums, WorkField.WaitTime),
            OtherTime = At(in sums, WorkField.OtherTime),
            RestTime = cpu + At(in sums, WorkField.OffCpuTime),
            CpuTime = knowsSwitches ? cpu : null,
        };
    }

    private static long At(in WorkVector sums, WorkField field) => sums[(int)field];

    // A stretch that ends before it begins took time away from the part that it was in; the stretches beside it have it too much.
    private static void Shorten(ref WorkVector sums, long time)
    {
        for (int i = 0; i < WorkVector.Times; i++)
            sums[i] = Math.Max(sums[i], 0);
        long excess = sums.Sum(WorkVector.Times) - time;
        foreach (WorkField field in s_shortened)
        {
            long taken = Math.Clamp(excess, 0, sums[(int)field]);
            sums[(int)field] -= taken;
            excess -= taken;
        }
    }
}
