using System.Text;
using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters.Fields;

/// <summary>The process that an event belongs to.</summary>
/// <remarks>Of a thread that the capture says nothing of, all is not known but its number.</remarks>
internal static class ProcFields
{
    public static FieldInfo[] All { get; } =
    [
        NewField.Number("proc.pid", "Process id. None for the recorder's own events.", "proc.pid = 1234", static (scoped in EventContext c, out long value) =>
        {
            value = c.Thread.Pid;
            return HasThread(in c);
        }, type: FieldType.Number),
        NewField.Text("proc.name", "Name (comm) of the thread: at most 15 bytes. None for a thread that the capture says nothing of.", "proc.name = python", Name, identity: NameId),
        NewField.Text("proc.exe", "The first word of the command line: mostly the program's name or path.", "proc.exe endswith /nginx", static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
        {
            value = c.Thread.Identity.Details.Exe.Span;
            return IsKnown(c.Thread);
        }),
        NewField.Text("proc.exepath", "Path of the program; empty where the capture does not say.", "proc.exepath startswith /usr/local", static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
        {
            value = c.Thread.Identity.Details.ExePath.Span;
            return IsKnown(c.Thread);
        }),
        NewField.Text("proc.args", "The arguments of the command line, joined with blanks; empty for none.", "proc.args contains --verbose", static (scoped in EventContext c, TextBuffer text) =>
        {
            ThreadLists.Append(text, c.Thread.Identity.Details.Arguments.Span);
            return IsKnown(c.Thread);
        }, Identity),
        NewField.Text("proc.env", "The environment that the program began with, NAME=VALUE joined with blanks; empty where the capture does not say.", "proc.env contains LD_PRELOAD", static (scoped in EventContext c, TextBuffer text) =>
        {
            if (KnownMain(in c)?.Identity.Details.Usage is not { } usage)
                return false;
            ThreadLists.Append(text, usage.Environment.Span.TrimEnd((byte)0));
            return true;
        }, static (scoped in EventContext c) => KnownMain(in c)?.Identity, FilterNeeds.Records),
        NewField.Text("proc.cmdline", "The whole command line: proc.name and the arguments.", "proc.cmdline = \"nginx -g daemon off;\"", static (scoped in EventContext c, TextBuffer text) =>
            AppendCommandLine(text, c.Pass.State, c.Thread), Identity),
        NewField.Text("proc.exeline", "The whole command line with its own first word: proc.exe, a blank and the arguments.", "proc.exeline contains /opt/app", static (scoped in EventContext c, TextBuffer text) =>
        {
            text.Append(c.Thread.Identity.Details.Exe.Span);
            text.Append((byte)' ');
            ThreadLists.Append(text, c.Thread.Identity.Details.Arguments.Span);
            return IsKnown(c.Thread);
        }, Identity),
        NewField.Text("proc.cwd", "The current directory, with a slash at its end; empty where the capture does not say.", "proc.cwd startswith /home", static (scoped in EventContext c, TextBuffer text) =>
        {
            byte[] directory = c.Thread.Main.Cwd;
            text.Append(directory);
            if (directory is [.., not (byte)'/'])
                text.Append((byte)'/');
            return IsKnown(c.Thread);
        }),
        NewField.Number("proc.nthreads", "Threads that the process has now, the main one among them.", "proc.nthreads > 10", static (scoped in EventContext c, out long value) =>
        {
            value = (KnownMain(in c)?.LiveThreads ?? 0) + 1;
            return KnownMain(in c) is not null;
        }),
        NewField.Number("proc.nchilds", "Threads that the process has now without the main one; of threads other than the main one 0.", "proc.nchilds > 0", static (scoped in EventContext c, out long value) =>
        {
            value = c.Thread.LiveThreads;
            return IsKnown(c.Thread);
        }),
        NewField.Number("proc.ppid", "Process id of the parent.", "proc.ppid = 1", static (scoped in EventContext c, out long value) =>
        {
            value = KnownMain(in c)?.Identity.ParentTid ?? -1;
            return value >= 0;
        }, type: FieldType.Number),
        NewField.Text("proc.pname", "Name of the parent; none when it is gone.", "proc.pname = bash", static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            NameOf(c.Pass.State, c.Pass.State.ParentOf(c.Thread), out value)),
        NewField.Text("proc.pcmdline", "The whole command line of the parent; none when it is gone.", "proc.pcmdline contains cron", static (scoped in EventContext c, TextBuffer text) =>
            c.Pass.State.ParentOf(c.Thread) is { } parent && AppendCommandLine(text, c.Pass.State, parent), static (scoped in EventContext c) => c.Pass.State.ParentOf(c.Thread)?.Identity),
        .. ProcAncestorFields.All,
        NewField.Number("proc.duration", "Nanoseconds since the thread began. None for those that were there when the capture began.", "proc.duration < 1s", static (scoped in EventContext c, out long value) =>
        {
            value = c.Event.Timestamp - c.Thread.Born;
            return c.Thread.Born != 0;
        }, unit: FieldUnit.Nanoseconds),
        .. ProcResourceFields.All,
        NewField.Number("proc.vpid", "Process id as seen in the process's own pid namespace.", "proc.vpid = 1", static (scoped in EventContext c, out long value) =>
            (value = c.Thread.Identity.Details.VPid) != -1, type: FieldType.Number),
        NewField.Number("proc.vpgid", "Process group as seen in the process's own pid namespace.", "proc.vpgid = 1234", static (scoped in EventContext c, out long value) =>
            (value = c.Thread.Identity.Details.ProcessGroup) != -1, type: FieldType.Number),
        NewField.Number("proc.tty", "Device number of the terminal; 0 for none.", "proc.tty != 0", static (scoped in EventContext c, out long value) =>
        {
            value = (int)c.Thread.Identity.Details.Tty;
            return IsKnown(c.Thread);
        }, type: FieldType.Number),
        Role("proc.is_container_healthcheck", ContainerRole.HealthCheck, "health check"),
        Role("proc.is_container_liveness_probe", ContainerRole.LivenessProbe, "liveness probe"),
        Role("proc.is_container_readiness_probe", ContainerRole.ReadinessProbe, "readiness probe"),
        NewField.Number("proc.is_exe_writable", "Whether the user who runs the program may write its file; false where the capture does not say.", "proc.is_exe_writable = true", static (scoped in EventContext c, out long value) =>
        {
            value = c.Thread.Identity.Details.Usage is { ExeWritable: true } ? 1 : 0;
            return c.Thread.Identity.Details.Usage is not null;
        }, needs: FilterNeeds.Records, type: FieldType.Boolean),
    ];

    /// <summary>Whether a thread made the event: those that the recorder makes itself bear numbers that mean nothing.</summary>
    public static bool HasThread(scoped in EventContext c) =>
        IsKnown(c.Thread) || (EventKinds.ByType[c.Event.Type] & EventKinds.Aside) == 0 || c.Pass.State.Threads.Find(c.Event.Tid) == c.Thread;

    /// <summary>Whether the capture says anything of a thread.</summary>
    public static bool IsKnown(TracedThread thread) => thread.Identity.Name is not null;

    /// <summary>The main thread of the event's process; null when the capture says nothing of it.</summary>
    public static TracedThread? KnownMain(scoped in EventContext c) => c.Thread.Main.Tid == c.Thread.Pid && IsKnown(c.Thread.Main) ? c.Thread.Main : null;

    /// <summary>What is followed of the event's thread; null where the capture says nothing of it.</summary>
    public static ThreadUse? KnownUse(scoped in EventContext c) => IsKnown(c.Thread) ? c.Thread.Use : null;

    /// <summary>A thread's name; false when it is not known, or there is no thread.</summary>
    public static bool NameOf(CaptureState state, TracedThread? thread, out ReadOnlySpan<byte> name)
    {
        int id = thread?.Identity.NameId ?? -1;
        name = id >= 0 ? state.ProcessNames.Bytes(id) : default;
        return id >= 0;
    }

    private static bool Name(scoped in EventContext c, out ReadOnlySpan<byte> value)
    {
        if (NameOf(c.Pass.State, c.Thread, out value))
            return true;

        // What the recorder says of a container has a name of its own.
        value = c.Thread.Identity.Name is { } name ? Encoding.UTF8.GetBytes(name) : default;
        return !value.IsEmpty;
    }

    private static bool NameId(scoped in EventContext c, out long value) => (value = c.Thread.Identity.NameId) >= 0;

    private static ThreadIdentity Identity(scoped in EventContext c) => c.Thread.Identity;

    private static bool AppendCommandLine(TextBuffer text, CaptureState state, TracedThread thread)
    {
        if (!NameOf(state, thread, out ReadOnlySpan<byte> name))
            return false;
        text.Append(name);
        if (thread.Identity.Details.Arguments.Length == 0)
            return true;
        text.Append((byte)' ');
        ThreadLists.Append(text, thread.Identity.Details.Arguments.Span);
        return true;
    }

    private static FieldInfo Role(string name, ContainerRole role, string what) =>
        NewField.Number(name, $"Whether the thread is part of the {what} of its container; only where the capture describes the container before the {what} begins.", $"{name} = true", (scoped in EventContext c, out long value) =>
        {
            value = c.Thread.Identity.Details.Role == role ? 1 : 0;
            return IsKnown(c.Thread);
        }, needs: FilterNeeds.Records, type: FieldType.Boolean);
}
