using Tracers.Engine.Events;
using Tracers.Engine.Scap;

namespace Tracers.Engine.State;

/// <content>Files, directories and other descriptors that are not sockets.</content>
internal sealed partial class CaptureState
{
    private const uint OpenDirectory = 0x400;

    // fcntl commands in the format's own numbering.
    private const byte FcntlDuplicate = 1;
    private const byte FcntlDuplicateCloseOnExec = 26;

    private void ApplyOpen(in EventView e, StateRule rule, ref EventOutcome outcome)
    {
        if (outcome.Result < 0)
            return;

        long directoryFd = ParameterText.AtFdCwd;
        ReadOnlySpan<byte> name = default;
        uint flags = 0;
        switch (rule)
        {
            case StateRule.Open:
                name = e.Text(1);
                flags = e.Type == 3 ? e.UInt32(2, 0) : 0;
                break;
            case StateRule.OpenAt:
                directoryFd = e.Int64(1, ParameterText.AtFdCwd);
                name = e.Text(2);
                flags = e.UInt32(3, 0);
                break;
        }

        bool entered = outcome.Thread.TryGetEnter(e.Type, out EventView enter);
        if (!entered && rule == StateRule.OldOpenAt)
        {
            // Its name stood in the enter event only.
            outcome.Thread.Fds.Remove(outcome.Result);
            return;
        }

        // What the caller passed wins over what the kernel could still read when the call returned.
        if (entered)
        {
            bool at = enter.Type is not (2 or 58);
            ReadOnlySpan<byte> enterName = enter.Text(at ? 1 : 0);
            if (!enterName.IsEmpty && !enterName.SequenceEqual("(NULL)"u8) && !enterName.SequenceEqual("<NA>"u8))
            {
                name = enterName;
                if (at)
                    directoryFd = enter.Int64(0, ParameterText.AtFdCwd);
                if (enter.Type != 58)
                    flags = enter.UInt32(at ? 2 : 1, flags);
            }
        }

        bool isDirectory = (flags & OpenDirectory) != 0;
        FdInfo info = !isDirectory && !name.IsEmpty && name[0] == '/' ? Fds.FileByAbsolutePath(name) : OpenedFrom(outcome.Thread, directoryFd, name, isDirectory);
        if (KeepsRecords && DeviceOf(in e) is var device and not 0)
            info = Fds.OnDevice(info, device);
        AddNew(ref outcome, info);
    }

    private FdInfo OpenedFrom(TracedThread thread, long directoryFd, ReadOnlySpan<byte> name, bool isDirectory)
    {
        Span<byte> resolved = stackalloc byte[ScapLimits.PathLength];
        ReadOnlySpan<byte> path = PathResolver.Resolve(BaseDirectory(thread, directoryFd), name, resolved);
        return Fds.Named(isDirectory ? FdKind.Directory : FdKind.File, path);
    }

    // The device that an opened file lies on; 0 where the event does not say.
    private static uint DeviceOf(in EventView e) => e.UInt32(
        e.Type switch
        {
            3 => 4,
            59 => 3,
            307 => 5,
            327 => 6,
            _ => int.MaxValue,
        },
        0);

    /// <summary>Where a relative path of a call begins; empty when it is not known.</summary>
    public static ReadOnlySpan<byte> BaseDirectory(TracedThread thread, long directoryFd) =>
        directoryFd == ParameterText.AtFdCwd ? thread.Main.Cwd
        : thread.Fds[directoryFd] is { } directory ? directory.Name
        : default;

    private static void ApplyClose(in EventOutcome outcome)
    {
        if (outcome.FdNumber < 0)
            return;
        if (outcome.HasEnter)
            outcome.Thread.Fds.EndClose(outcome.FdNumber, closed: outcome.Result >= 0);
        else if (outcome.Result >= 0)
            outcome.Thread.Fds.Remove(outcome.FdNumber);
    }

    private static void ApplyCloseRange(in EventView e, in EventOutcome outcome)
    {
        const uint CloseOnExecOnly = 2;
        if (outcome.Result >= 0 && (e.UInt32(3, 0) & CloseOnExecOnly) == 0)
            outcome.Thread.Fds.RemoveRange(e.UInt32(1, uint.MaxValue), e.UInt32(2, 0));
    }

    private static void ApplyFcntl(in EventView e, in EventOutcome outcome)
    {
        if (outcome.Fd is not null && IsCopy(in e, in outcome))
            outcome.Thread.Fds.Set(outcome.Result, outcome.Fd);
    }

    /// <summary>Whether an fcntl has made a copy of its descriptor, whose number is the result.</summary>
    public static bool IsCopy(scoped in EventView e, scoped in EventOutcome outcome)
    {
        if (outcome.Result < 0)
            return false;
        ReadOnlySpan<byte> command = outcome.HasEnter && outcome.Thread.TryGetLeft(e.Type, out EventView enter) ? enter.Parameter(1) : e.Parameter(2);
        return command.Length == 1 && command[0] is FcntlDuplicate or FcntlDuplicateCloseOnExec;
    }

    private void ApplyPidFd(in EventView e, ref EventOutcome outcome)
    {
        if (outcome.Result >= 0)
            AddNew(ref outcome, Fds.PidFd(e.Int64(1, 0)));
    }

    private void ApplyFdOfOther(in EventView e, ref EventOutcome outcome)
    {
        if (outcome.Result < 0)
            return;
        FdInfo? taken = outcome.Thread.Fds[e.Int64(1, -1)] is { Kind: FdKind.PidFd } pidFd && Threads.Find(FdCatalog.PidOf(pidFd)) is { } other
            ? other.Fds[e.Int64(2, -1)]
            : null;
        if (taken is null)
            outcome.Thread.Fds.Remove(outcome.Result);
        else
            AddNew(ref outcome, taken);
    }

    private void AddPair(in EventView e, in EventOutcome outcome, FdKind kind)
    {
        if (outcome.Result < 0)
            return;
        FdTable fds = outcome.Thread.Fds;
        fds.Set(e.Int64(1, -1), Fds.Unnamed(kind));
        fds.Set(e.Int64(2, -1), Fds.Unnamed(kind));
    }

    private static void SetDirectory(TracedThread thread, ReadOnlySpan<byte> path)
    {
        Span<byte> resolved = stackalloc byte[ScapLimits.PathLength];
        thread.Main.Cwd = PathResolver.Resolve(thread.Main.Cwd, path, resolved).ToArray();
    }
}
