using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Tracers.Engine.Capture.Linux.Snapshot;

namespace Tracers.DotNet.Processes;

/// <summary>What <c>/proc</c> says of a process, as far as finding its runtime needs it.</summary>
internal sealed record ProcessFacts
{
    private const int FieldOfState = 3;
    private const int FieldOfStartTime = 22;

    public required int Pid { get; init; }

    /// <summary>The pid in its innermost pid namespace, by which the runtime names its socket.</summary>
    public required int OwnPid { get; init; }

    public required string Name { get; init; }

    public required string CommandLine { get; init; }

    /// <summary>The effective user.</summary>
    public required uint Uid { get; init; }

    /// <summary>When it was started, in the kernel's ticks since boot; the runtime writes it into the name of its socket.</summary>
    public required ulong StartTime { get; init; }

    /// <summary>Whether a signal, a debugger or a freezer has stopped it: it answers nobody.</summary>
    public required bool IsStopped { get; init; }

    /// <summary>The facts of a process; null when it is gone, or is a thread of the kernel, or a zombie.</summary>
    public static ProcessFacts? Read(ProcFolder proc, int pid)
    {
        uint tid = (uint)pid;
        string commandLine = Encoding.UTF8.GetString(proc.Read(tid, "cmdline"u8)).TrimEnd('\0').Replace('\0', ' ');
        if (commandLine.Length == 0)
            return null;
        ReadOnlySpan<byte> stat = proc.Read(tid, "stat"u8);
        int name = stat.IndexOf((byte)'('), behindName = stat.LastIndexOf((byte)')');
        if (name < 0 || behindName < name)
            return null;
        string comm = Encoding.UTF8.GetString(stat[(name + 1)..behindName]);
        string[] fields = Encoding.ASCII.GetString(stat[(behindName + 1)..]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length <= FieldOfStartTime - FieldOfState || fields[0] is "Z" or "X"
            || !ulong.TryParse(fields[FieldOfStartTime - FieldOfState], NumberStyles.None, CultureInfo.InvariantCulture, out ulong startTime))
        {
            return null;
        }

        ReadOnlySpan<byte> status = proc.Read(tid, "status"u8);
        return new ProcessFacts
        {
            Pid = pid,
            OwnPid = (int)(LastNumber(Line(status, "NSpid:"u8)) ?? (uint)pid),
            Name = comm,
            CommandLine = commandLine,
            Uid = SecondNumber(Line(status, "Uid:"u8)) ?? uint.MaxValue,
            StartTime = startTime,
            IsStopped = fields[0] is "T" or "t",
        };
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> status, ReadOnlySpan<byte> key)
    {
        foreach (Range range in status.Split((byte)'\n'))
        {
            if (status[range].StartsWith(key))
                return status[range][key.Length..].Trim("\t "u8);
        }

        return default;
    }

    private static uint? LastNumber(ReadOnlySpan<byte> line) => Number(line[(line.LastIndexOf((byte)'\t') + 1)..]);

    // The line has the real, the effective, the saved and the file system's user.
    private static uint? SecondNumber(ReadOnlySpan<byte> line) => line.IndexOf((byte)'\t') is >= 0 and int tab ? Number(line[(tab + 1)..]) : null;

    private static uint? Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out uint number, out _) ? number : null;
}
