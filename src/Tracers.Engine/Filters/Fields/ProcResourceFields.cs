using Tracers.Engine.State;

namespace Tracers.Engine.Filters.Fields;

/// <summary>Descriptors and memory of a process.</summary>
internal static class ProcResourceFields
{
    public static FieldInfo[] All { get; } =
    [
        NewField.Number("proc.fdopencount", "Descriptors that the process has open.", "proc.fdopencount > 1000", static (scoped in EventContext c, out long value) =>
        {
            TracedThread? main = ProcFields.KnownMain(in c);
            value = main?.Fds.Count ?? 0;
            return main is not null;
        }),
        NewField.Number("proc.fdlimit", "Most descriptors that the process may have open.", "proc.fdlimit < 4096", FdLimit, type: FieldType.Number),
        new("proc.fdusage", FieldType.Real, "Open descriptors in percent of the most that are allowed; at most 100.", static _ => new FieldReader
        {
            Type = FieldType.Real,
            Unit = FieldUnit.Percent,
            Real = static (scoped in EventContext c, out double value) =>
            {
                bool known = FdLimit(in c, out long limit);
                value = !known || limit == 0 ? 0 : Math.Min(c.Thread.Main.Fds.Count * 100.0 / limit, 100);
                return known;
            },
        })
        {
            Unit = FieldUnit.Percent,
            Example = "proc.fdusage > 90",
        },
        Memory("proc.vmsize", "Virtual memory of the process in KiB", "proc.vmsize > 1GB", static use => use.VmSizeKb),
        Memory("proc.vmrss", "Resident memory of the process in KiB", "proc.vmrss > 100MB", static use => use.VmRssKb),
        Memory("proc.vmswap", "Swapped memory of the process in KiB", "proc.vmswap > 0", static use => use.VmSwapKb),
    ];

    private static bool FdLimit(scoped in EventContext c, out long value)
    {
        value = ProcFields.KnownMain(in c)?.Identity.Details.FdLimit ?? -1;
        return value >= 0;
    }

    private static FieldInfo Memory(string name, string what, string example, Func<ThreadUse, uint> read) =>
        NewField.Number(name, $"{what}, as an event of its thread told it last: a switch of threads, brk, mmap, munmap, a new process or program.", example, (scoped in EventContext c, out long value) =>
        {
            ThreadUse? use = ProcFields.KnownUse(in c);
            value = use is null ? 0 : read(use);
            return use is not null;
        }, unit: FieldUnit.Kilobytes, needs: FilterNeeds.Use);
}
