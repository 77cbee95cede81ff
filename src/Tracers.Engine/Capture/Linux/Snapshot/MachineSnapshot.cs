using Tracers.Engine.Capture.Linux.Native;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;

namespace Tracers.Engine.Capture.Linux.Snapshot;

/// <summary>
/// The threads and descriptors that there were when the capture began, each with the moment at which it was so: to be applied to the
/// state between the events, in the order of time.
/// </summary>
/// <remarks>
/// Steps say what is, not what changes, so that one beside an event that it already knows of does no harm. The exception is the current
/// directory, which an event may change relative to what it was: it is read from <c>/proc</c> later than the row was taken, and so set
/// once more, at the moment when it was read.
/// </remarks>
internal sealed class MachineSnapshot
{
    private readonly List<ulong> _times = [];
    private readonly List<Step> _steps = [];
    private readonly ulong[] _order;
    private readonly Step[] _ordered;
    private int _next;

    private MachineSnapshot(ReadOnlySpan<TaskRow> tasks, ReadOnlySpan<FileRow> files, ProcFolder proc, CgroupNames cgroups, Func<ulong> now)
    {
        AddTasks(tasks, proc, cgroups, now);
        foreach (ref readonly FileRow row in files)
        {
            _times.Add(row.Time);
            _steps.Add(new Step((int)row.Tid, FileConversion.ToRecord(in row, proc), null, default));
        }

        _order = [.. _times];
        _ordered = [.. _steps];
        Array.Sort(_order, _ordered);
    }

    /// <summary>CLOCK_MONOTONIC of the next step; the highest number when all are applied.</summary>
    public ulong NextTime => _next < _order.Length ? _order[_next] : ulong.MaxValue;

    /// <summary>CLOCK_MONOTONIC of the last step: behind it the state is complete. 0 when there is none.</summary>
    public ulong LastTime => _order.Length == 0 ? 0 : _order[^1];

    /// <summary>Takes what the iterators told, in any order, and adds what <c>/proc</c> tells of the processes.</summary>
    /// <param name="tasks">Rows of threads; those of the kernel are left out.</param>
    /// <param name="files">Rows of descriptors.</param>
    /// <param name="proc">The folder.</param>
    /// <param name="cgroups">Cgroups of the threads.</param>
    public static MachineSnapshot Take(ReadOnlySpan<TaskRow> tasks, ReadOnlySpan<FileRow> files, ProcFolder proc, CgroupNames cgroups) =>
        new(tasks, files, proc, cgroups, static () => MonotonicClock.Now);

    /// <summary>The same with a clock of one's own.</summary>
    public static MachineSnapshot Take(ReadOnlySpan<TaskRow> tasks, ReadOnlySpan<FileRow> files, ProcFolder proc, CgroupNames cgroups, Func<ulong> now) =>
        new(tasks, files, proc, cgroups, now);

    /// <summary>Applies all steps up to a moment, that one included.</summary>
    public void ApplyUntil(ulong time, CaptureState state)
    {
        if (_next == 0)
        {
            // Which end of a connection is the server's is told by who listens, maybe further down.
            foreach (Step step in _ordered)
            {
                if (step.Descriptor is { } record)
                    state.AddServerPort(record);
            }
        }

        for (; NextTime <= time && _next < _order.Length; _next++)
        {
            Step step = _ordered[_next];
            if (step.Process is { } process)
                state.SetThread(process);
            else if (step.Descriptor is { } descriptor)
                state.SetDescriptor(step.Tid, descriptor);
            else
                state.SetDirectory(step.Tid, step.Directory);
        }
    }

    private void AddTasks(ReadOnlySpan<TaskRow> tasks, ProcFolder proc, CgroupNames cgroups, Func<ulong> now)
    {
        // Processes first: what a thread runs is what its process does.
        Dictionary<uint, ProcessProgram> programs = [];
        foreach (ref readonly TaskRow row in tasks)
        {
            if (row.Task.Tid != row.Task.Pid || TaskConversion.IsKernelThread(in row))
                continue;
            uint pid = row.Task.Pid;
            ProcessProgram program = ProcessProgram.Read(proc, pid, cgroups.Keep(row.Task.Cgroup, pid), row.Task.PidLevel > 0);
            programs[pid] = program;
            Add(in row, program);
            if (program.Cwd.Length == 0)
                continue;
            _times.Add(now());
            _steps.Add(new Step((int)pid, null, null, program.Cwd));
        }

        foreach (ref readonly TaskRow row in tasks)
        {
            if (row.Task.Tid != row.Task.Pid && !TaskConversion.IsKernelThread(in row))
                Add(in row, programs.GetValueOrDefault(row.Task.Pid, ProcessProgram.Unknown));
        }
    }

    private void Add(in TaskRow row, ProcessProgram program)
    {
        _times.Add(row.Time);
        _steps.Add(new Step((int)row.Task.Tid, null, TaskConversion.ToRecord(in row, program), default));
    }

    /// <param name="Tid">The thread that it is about, or the owner of the table.</param>
    /// <param name="Descriptor">What it has open.</param>
    /// <param name="Process">What the thread is.</param>
    /// <param name="Directory">Else where it is.</param>
    private readonly record struct Step(int Tid, FdRecord? Descriptor, ProcessRecord? Process, ByteText Directory);
}
