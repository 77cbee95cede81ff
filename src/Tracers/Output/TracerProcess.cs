using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Tables;
using Tracers.Engine.State;

namespace Tracers;

/// <summary>A process of the captured machine at a moment, or one of its threads, and what it did until then.</summary>
public sealed class TracerProcess
{
    private readonly ProcessRow _row;

    internal TracerProcess(ProcessRow row, string path)
    {
        _row = row;
        Path = path;
    }

    /// <summary>Process id.</summary>
    public int ProcessId => _row.Thread.Pid;

    /// <summary>Thread id: the process id, unless threads were asked for.</summary>
    public int ThreadId => _row.Thread.Tid;

    /// <summary>Process id of the parent; null when the capture does not say.</summary>
    public int? ParentId => _row.ParentPid < 0 ? null : _row.ParentPid;

    /// <summary>Name (comm) of the thread; null when the capture does not say.</summary>
    public string? ProcessName => _row.Thread.Name;

    /// <summary>Path of the executable; null when the capture does not say.</summary>
    public string? Executable => NullIfEmpty(Details.ExePath.ToString());

    /// <summary>The command as it was started, with its arguments; null when the capture does not say.</summary>
    public string? CommandLine => Details.Exe.Length == 0 ? null : Details.Arguments.Length == 0 ? Details.Exe.ToString() : $"{Details.Exe} {_row.Thread.ArgumentText}";

    /// <summary>The user that it acts as: the name, or the number where the capture has no name for it; null when the capture does not say.</summary>
    public string? User => _row.User;

    /// <summary>The group that it acts as, in the same way.</summary>
    public string? Group => _row.Group;

    /// <summary>The user that logged in, whoever it acts as now; null for none, and when the capture does not say.</summary>
    public string? LoginUser => _row.LoginUser;

    /// <summary>Name of the container that it runs in, or its id where the capture has no name for it; <c>host</c> for none; null when the capture does not say.</summary>
    public string? Container => _row.Container?.Label;

    /// <summary>The current directory; null when the capture does not say.</summary>
    public string? WorkingDirectory => NullIfEmpty(_row.WorkingDirectory);

    /// <summary>The terminal: <c>pts/0</c>, <c>tty1</c>; null for none.</summary>
    public string? Terminal => TerminalNames.Name(Details.Tty);

    /// <summary>Id of the session, the process id of its leader; null when the capture does not say.</summary>
    public long? SessionId => Details.SessionId < 0 ? null : Details.SessionId;

    /// <summary>Name of that process; null when it is gone or the capture does not say.</summary>
    public string? SessionLeader => _row.SessionLeader;

    /// <summary>Process id in the process's own pid namespace, as it is seen inside of a container; null when the capture does not say.</summary>
    public long? VirtualProcessId => Details.VPid < 0 ? null : Details.VPid;

    /// <summary>Thread id in the process's own pid namespace; null when the capture does not say.</summary>
    public long? VirtualThreadId => Details.VTid < 0 ? null : Details.VTid;

    /// <summary>Threads of the process, the main one included, as far as the capture tells of them.</summary>
    public int Threads => _row.Threads;

    /// <summary>Descriptors that the capture knows to be open; null of a process that is gone.</summary>
    public int? OpenFds => _row.OpenFds;

    /// <summary>Most descriptors that the process may have open; null when the capture does not say.</summary>
    public long? FdLimit => _row.FdLimit < 0 ? null : _row.FdLimit;

    /// <summary>Virtual memory in bytes, as the capture told last before the moment; null when it does not say, and of a kernel thread.</summary>
    public long? VirtualMemory => Kilobytes(_row.VmSizeKb);

    /// <summary>Resident memory in bytes, in the same way.</summary>
    public long? ResidentMemory => Kilobytes(_row.VmRssKb);

    /// <summary>When it was made; null when that was before the capture.</summary>
    public Timestamp? Started => Moment(_row.Started);

    /// <summary>When it ended; null while it runs, and when its end is not in the capture.</summary>
    public Timestamp? Exited => Moment(_row.Exited);

    /// <summary>Whether it was there at the moment.</summary>
    public bool IsRunning => _row.IsRunning;

    /// <summary>System calls that returned in the time asked for, of all its threads unless threads were asked for. The writing of markers is no activity.</summary>
    public long Calls => _row.Totals.Calls;

    /// <summary>Calls of these that failed.</summary>
    public long Errors => _row.Totals.Errors;

    /// <summary>Bytes read in that time, from whatever.</summary>
    public long ReadBytes => _row.Totals.ReadBytes;

    /// <summary>Bytes written in that time, to whatever.</summary>
    public long WriteBytes => _row.Totals.WriteBytes;

    /// <summary>Bytes read from and written to files in that time.</summary>
    public long FileBytes => _row.Totals.FileBytes;

    /// <summary>Bytes received and sent over IPv4 and IPv6 in that time.</summary>
    public long NetworkBytes => _row.Totals.NetworkBytes;

    /// <summary>The capture it was read from.</summary>
    public string Path { get; }

    /// <summary>A property as the views show it: a text, bytes in the unit that fits, or <c>Command</c>, the command line or else the name.</summary>
    /// <param name="property">The property's name.</param>
    public string ToText(string property) => property switch
    {
        nameof(User) => Views.Text(User),
        nameof(ProcessName) => Views.Text(ProcessName),
        nameof(VirtualMemory) => Views.Bytes(VirtualMemory),
        nameof(ResidentMemory) => Views.Bytes(ResidentMemory),
        nameof(ReadBytes) => Views.Bytes(ReadBytes),
        nameof(WriteBytes) => Views.Bytes(WriteBytes),
        nameof(FileBytes) => Views.Bytes(FileBytes),
        nameof(NetworkBytes) => Views.Bytes(NetworkBytes),
        "Command" => Views.Text(IsMainThread ? CommandLine ?? ProcessName : ProcessName),
        _ => throw new ArgumentException($"No view shows '{property}'.", nameof(property)),
    };

    /// <summary>Name and number, for messages.</summary>
    public override string ToString() => $"{ProcessName ?? "<NA>"} ({ThreadId})";

    private ThreadDetails Details => _row.Thread.Details;

    private bool IsMainThread => ThreadId == ProcessId;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static long? Kilobytes(uint count) => count == 0 ? null : count * 1024L;

    private static Timestamp? Moment(long nanoseconds) => nanoseconds == 0 ? null : Timestamp.FromNanoseconds(nanoseconds);
}
