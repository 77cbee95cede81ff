using System.Text;
using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters.Fields;

/// <summary>The thread that an event belongs to.</summary>
internal static class ThreadFields
{
    private const string OnlyLive = "sysdig takes it from samples that it makes while it captures; no file holds them, so there is never one";

    public static FieldInfo[] All { get; } =
    [
        NewField.Number("thread.tid", "Thread id.", "thread.tid = 1234", static (scoped in EventContext c, out long value) =>
        {
            value = c.Event.Tid;
            return true;
        }, type: FieldType.Number),
        NewField.Number("thread.ismain", "Whether the thread is the main one of its process. None for the recorder's own events.", "thread.ismain = false", static (scoped in EventContext c, out long value) =>
        {
            value = c.Thread.Pid == c.Thread.Tid ? 1 : 0;
            return ProcFields.HasThread(in c);
        }, type: FieldType.Boolean),
        NewField.Number("thread.vtid", "Thread id as seen in the thread's own pid namespace.", "thread.vtid = 1", static (scoped in EventContext c, out long value) =>
            (value = c.Thread.Identity.Details.VTid) != -1, type: FieldType.Number),
        NewField.Number("thread.pfmajor", "Major page faults of the thread since it began, as an event told them last.", "thread.pfmajor > 0", static (scoped in EventContext c, out long value) =>
        {
            ThreadUse? use = ProcFields.KnownUse(in c);
            value = (long)(use?.MajorFaults ?? 0);
            return use is not null;
        }, needs: FilterNeeds.Use),
        NewField.Number("thread.pfminor", "Minor page faults of the thread since it began, as an event told them last.", "thread.pfminor > 1000", static (scoped in EventContext c, out long value) =>
        {
            ThreadUse? use = ProcFields.KnownUse(in c);
            value = (long)(use?.MinorFaults ?? 0);
            return use is not null;
        }, needs: FilterNeeds.Use),
        NewField.Number("thread.exectime", "Nanoseconds that the thread has just been on the cpu, on switch events; 0 on all others and on the first one of each cpu.", "thread.exectime > 10ms", static (scoped in EventContext c, out long value) =>
        {
            value = IsSwitch(in c) ? Math.Max(c.Pass.State.LastSlice, 0) : 0;
            return true;
        }, unit: FieldUnit.Nanoseconds, needs: FilterNeeds.Use),
        NewField.Number("thread.totexectime", "Nanoseconds that the thread has been on cpus since the capture began, as far as switch events tell.", "thread.totexectime > 1s", static (scoped in EventContext c, out long value) =>
        {
            value = c.Thread.Use?.CpuTime ?? 0;
            return ProcFields.IsKnown(c.Thread);
        }, unit: FieldUnit.Nanoseconds, needs: FilterNeeds.Use),
        NewField.Text("thread.cgroups", "All cgroups of the thread, subsystem=path joined with blanks; none where the capture does not say.", "thread.cgroups contains docker", static (scoped in EventContext c, TextBuffer text) =>
            ThreadLists.AppendCgroups(text, c.Thread.Identity.Details.Cgroups), static (scoped in EventContext c) => c.Thread.Identity.Details),
        new("thread.cgroup", FieldType.Text, "The cgroup of the thread in one subsystem, such as thread.cgroup.cpuacct; none when it is in none.", Cgroup)
        {
            Argument = FieldArgument.Name,
            Example = "thread.cgroup.memory startswith /system.slice",
        },
        Cpu("thread.cpu", "Processor time of the last second"),
        Cpu("thread.cpu.user", "Processor time of the last second outside of the kernel"),
        Cpu("thread.cpu.system", "Processor time of the last second in the kernel"),
        MainMemory("thread.vmsize", "Virtual memory of the process in KiB", "thread.vmsize > 1GB", static use => use.VmSizeKb),
        MainMemory("thread.vmrss", "Resident memory of the process in KiB", "thread.vmrss > 100MB", static use => use.VmRssKb),
    ];

    private static bool IsSwitch(scoped in EventContext c) => c.Event.Type is EventKinds.SchedulerSwitch or EventKinds.OldSwitch;

    private static FieldReader Cgroup(FieldReference reference)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(reference.Name!);
        return new FieldReader
        {
            Type = FieldType.Text,
            Text = (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                ReadOnlySpan<byte> rest = c.Thread.Identity.Details.Cgroups.Span;
                while (ThreadLists.TryTakeCgroup(ref rest, out ReadOnlySpan<byte> subsystem, out value))
                {
                    if (subsystem.SequenceEqual(wanted))
                        return true;
                }

                return false;
            },
        };
    }

    private static FieldInfo Cpu(string name, string what) => new(name, FieldType.Real, $"{what}: {OnlyLive}.", static _ => new FieldReader
    {
        Type = FieldType.Real,
        Real = static (scoped in EventContext _, out double value) =>
        {
            value = 0;
            return false;
        },
    })
    {
        Example = $"{name} > 50",
    };

    private static FieldInfo MainMemory(string name, string what, string example, Func<ThreadUse, uint> read) =>
        NewField.Number(name, $"{what} on the events of its main thread, 0 on those of others.", example, (scoped in EventContext c, out long value) =>
        {
            ThreadUse? use = ProcFields.KnownUse(in c);
            value = use is null || c.Thread.Pid != c.Thread.Tid ? 0 : read(use);
            return use is not null;
        }, unit: FieldUnit.Kilobytes, needs: FilterNeeds.Use);
}
