using System.Buffers.Text;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Capture.Linux.Snapshot;

/// <summary>What <c>/proc</c> tells of a process: what the iterator's row has no room for. What cannot be read is empty.</summary>
internal sealed record ProcessProgram
{
    /// <summary>Of a process that is gone, or that may not be looked at.</summary>
    public static readonly ProcessProgram Unknown = new();

    /// <summary>Most bytes that the format has for arguments, environment and cgroups.</summary>
    private const int ListLimit = 4096;

    private static readonly ByteText s_slash = "/";

    /// <summary>argv[0].</summary>
    public ByteText Exe { get; init; }

    /// <summary>argv[1] and on, each followed by a NUL.</summary>
    public ByteText Arguments { get; init; }

    /// <summary>Path of the executable.</summary>
    public ByteText ExePath { get; init; }

    /// <summary>The environment, each string followed by a NUL.</summary>
    public ByteText Environment { get; init; }

    /// <summary>The root directory.</summary>
    public ByteText Root { get; init; }

    /// <summary>The current directory.</summary>
    public ByteText Cwd { get; init; }

    /// <summary>Cgroups as <c>subsystem=path</c>, each followed by a NUL.</summary>
    public ByteText Cgroups { get; init; }

    /// <summary>Process group as the process's own pid namespace has it; null where that is the machine's.</summary>
    public ulong? ProcessGroup { get; init; }

    /// <summary>Reads all of it, the current directory last.</summary>
    /// <param name="proc">The folder.</param>
    /// <param name="pid">The process.</param>
    /// <param name="cgroups">Its cgroups.</param>
    /// <param name="isNested">Whether it lives in a pid namespace of its own.</param>
    public static ProcessProgram Read(ProcFolder proc, uint pid, ByteText cgroups, bool isNested = false)
    {
        ReadOnlySpan<byte> line = proc.Read(pid, "cmdline"u8);
        ReadOnlySpan<byte> first = line.UntilNul();
        ByteText exe = Copy(first);
        ByteText arguments = CopyList(line[Math.Min(first.Length + 1, line.Length)..]);
        return new ProcessProgram
        {
            Exe = exe,
            Arguments = arguments,
            ExePath = Copy(proc.ReadLink(pid, "exe"u8)),
            Environment = CopyList(proc.Read(pid, "environ"u8)),
            Root = Copy(proc.ReadLink(pid, "root"u8)),
            Cgroups = cgroups,
            ProcessGroup = isNested ? InnermostGroup(proc.Read(pid, "status"u8)) : null,
            Cwd = Copy(proc.ReadLink(pid, "cwd"u8)),
        };
    }

    // "NSpgid:" and a number for each namespace, the innermost last.
    private static ulong? InnermostGroup(ReadOnlySpan<byte> status)
    {
        int start = status.IndexOf("\nNSpgid:"u8);
        if (start < 0)
            return null;
        ReadOnlySpan<byte> line = status[(start + 1)..];
        int end = line.IndexOf((byte)'\n');
        line = (end < 0 ? line : line[..end]).TrimEnd((byte)'\t');
        return Utf8Parser.TryParse(line[(line.LastIndexOf((byte)'\t') + 1)..], out ulong group, out _) ? group : null;
    }

    // Many are "/".
    private static ByteText Copy(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("/"u8) ? s_slash : new ByteText(text[..Math.Min(text.Length, ScapLimits.PathLength)].ToArray());

    private static ByteText CopyList(ReadOnlySpan<byte> list) =>
        new(list[..(list.Length <= ListLimit ? list.Length : list[..ListLimit].LastIndexOf((byte)0) + 1)].ToArray());
}
