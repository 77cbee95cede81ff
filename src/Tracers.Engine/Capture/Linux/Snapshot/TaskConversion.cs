using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;

namespace Tracers.Engine.Capture.Linux.Snapshot;

/// <summary>Makes an entry of the process list of what the task iterator told.</summary>
internal static class TaskConversion
{
    private const uint KernelThread = 0x0020_0000;

    /// <summary>Whether the thread is the kernel's own: those make no calls and stand in no list.</summary>
    public static bool IsKernelThread(in TaskRow row) => (row.Flags & KernelThread) != 0;

    /// <summary>The entry of a thread.</summary>
    /// <param name="row">The thread.</param>
    /// <param name="program">What its process runs.</param>
    public static ProcessRecord ToRecord(in TaskRow row, ProcessProgram program)
    {
        ref readonly CopiedTask task = ref row.Task;
        ReadOnlySpan<byte> comm = task.Comm;
        return new ProcessRecord
        {
            Tid = task.Tid,
            Pid = task.Pid,
            ParentTid = task.ParentPid,
            SessionId = task.Session,
            ProcessGroup = program.ProcessGroup ?? task.ProcessGroup,
            Comm = new ByteText(comm.UntilNul().ToArray()),
            Exe = program.Exe,
            ExePath = program.ExePath,
            Arguments = program.Arguments,
            Cwd = program.Cwd,
            FdLimit = (long)task.FdLimit,
            Flags = (uint)FlagsOf(in row),
            Uid = task.Uid,
            Gid = task.Gid,
            VmSizeKb = task.Memory.Virtual,
            VmRssKb = task.Memory.Resident,
            VmSwapKb = task.Memory.Swapped,
            MajorFaults = task.MajorFaults,
            MinorFaults = task.MinorFaults,
            Environment = program.Environment,
            VTid = task.OwnTid,
            VPid = task.OwnPid,
            Cgroups = program.Cgroups,
            Root = program.Root,
            LoginUid = (int)task.LoginUid,
            Tty = task.Tty,
        };
    }

    // The flags that a thread was made with are not kept by the kernel: what they led to is.
    private static CloneFlags FlagsOf(in TaskRow row) =>
        row.Task.Tid == row.Task.Pid ? CloneFlags.None
        : row.FilesOwner == row.Task.Tid ? CloneFlags.Thread
        : CloneFlags.Thread | CloneFlags.Files;
}
