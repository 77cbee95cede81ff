using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>What the time in a call counts as: by its type, and where it works on a descriptor by that.</summary>
internal static class CallTimes
{
    private const int WriteEnter = 8;
    private const int Splice = 166;
    private const int CopyFileRange = 332;

    // Of calls that have no event of their own. The format's table puts many of them nowhere, and some that wait beside those that do not.
    private static readonly string[] s_waiting =
    [
        "pause", "select", "poll", "pselect6", "ppoll", "newselect", "epoll_wait", "epoll_wait_old", "epoll_pwait", "epoll_pwait2",
        "nanosleep", "clock_nanosleep", "wait4", "waitid", "waitpid", "rt_sigtimedwait", "rt_sigsuspend", "sigsuspend",
        "futex", "futex_wait", "futex_waitv", "semop", "semtimedop",
    ];

    private static readonly string[] s_onFiles =
    [
        "sync", "fsync", "fdatasync", "msync", "sync_file_range", "sync_file_range2", "fallocate", "fadvise64", "readahead", "newfstatat", "statx",
        "faccessat2", "fchmodat2", "name_to_handle_at", "cachestat", "getdents64", "getxattrat", "setxattrat", "listxattrat", "removexattrat",
    ];

    private static readonly string[] s_onMemory = ["mmap", "mmap2", "munmap", "mremap", "remap_file_pages", "userfaultfd"];

    private static readonly string[] s_onPipes = ["pipe", "pipe2", "tee", "vmsplice", "socketpair"];

    private static readonly WorkField[] s_byType = Array.ConvertAll(EventTable.Infos, static info => OfType(info));
    private static readonly WorkField[] s_byCall = [.. Enumerable.Range(0, SyscallTable.Count).Select(OfCall)];

    /// <summary>What the time from this enter event on goes into.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WorkField Of(scoped in EventView e, scoped in EventOutcome outcome) =>
        (EventTable.Traits[e.Type] & EventTraits.UsesFd) != 0 ? OfFd(e.Type, FdOf(in e, in outcome))
        : GenericCall.Is(e.Type) ? s_byCall[GenericCall.Id(in e)]
        : s_byType[e.Type];

    /// <summary>What the time in a call went into that returned with this exit event.</summary>
    /// <param name="e">The exit event.</param>
    /// <param name="fd">The descriptor that it worked on: of one that moves bytes from one to another the one that is written. Null when it has none, or it is not known.</param>
    public static WorkField OfReturn(scoped in EventView e, FdInfo? fd)
    {
        int enter = e.Type - 1;
        return (EventTable.Traits[enter] & EventTraits.UsesFd) != 0 ? OfFd(enter, enter == CopyFileRange ? null : fd)
            : GenericCall.Is(e.Type) ? s_byCall[GenericCall.Id(in e)]
            : s_byType[enter];
    }

    // As with the bytes it is the side that is written; copy_file_range names it only when it returns, and knows files alone.
    private static FdInfo? FdOf(scoped in EventView e, scoped in EventOutcome outcome) => e.Type switch
    {
        Splice => outcome.Thread.Fds[e.Int64(1, -1)],
        CopyFileRange => null,
        _ => outcome.OwnFd(in e),
    };

    private static WorkField OfFd(int enter, FdInfo? fd) =>
        fd is null ? s_byType[enter]
        : enter == WriteEnter && fd.MayCarryMarkers ? WorkField.OtherTime
        : OfKind(fd.Kind);

    private static WorkField OfKind(FdKind kind) => kind switch
    {
        FdKind.File or FdKind.Directory => WorkField.FileTime,
        FdKind.Ipv4 or FdKind.Ipv6 => WorkField.NetworkTime,
        FdKind.Pipe or FdKind.Unix => WorkField.PipeTime,
        _ => WorkField.OtherTime,
    };

    private static WorkField OfType(EventInfo info) => OfName(info.Name, info.Category, (info.Traits & EventTraits.Waits) != 0);

    private static WorkField OfCall(int id) => OfName(SyscallTable.Name(id) ?? "", SyscallTable.Category(id) ?? "", false);

    private static WorkField OfName(string name, string category, bool waits) =>
        waits || s_waiting.Contains(name) ? WorkField.WaitTime
        : s_onPipes.Contains(name) ? WorkField.PipeTime
        : s_onFiles.Contains(name) || (category == "file" && !s_onMemory.Contains(name)) ? WorkField.FileTime
        : category == "net" ? WorkField.NetworkTime
        : WorkField.OtherTime;
}
