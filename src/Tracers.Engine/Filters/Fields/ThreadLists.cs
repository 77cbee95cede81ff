using Tracers.Engine.Events;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Filters.Fields;

/// <summary>Texts of what threads have as lists: each part followed by a NUL.</summary>
internal static class ThreadLists
{
    /// <summary>Appends the parts, joined with blanks.</summary>
    public static void Append(TextBuffer text, ReadOnlySpan<byte> list)
    {
        if (list.EndsWith((byte)0))
            list = list[..^1];
        list.Replace(text.Reserve(list.Length), (byte)0, (byte)' ');
        text.Length += list.Length;
    }

    /// <summary>Takes the next cgroup; false behind the last.</summary>
    /// <param name="rest">What is not taken yet.</param>
    /// <param name="subsystem">Its subsystem as sysdig names it: what the kernel has renamed has one name.</param>
    /// <param name="path">Its path.</param>
    public static bool TryTakeCgroup(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> subsystem, out ReadOnlySpan<byte> path)
    {
        int end = rest.IndexOf((byte)0);
        ReadOnlySpan<byte> cgroup = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        int equals = cgroup.LastIndexOf((byte)'=');
        if (equals < 0)
        {
            subsystem = path = default;
            return false;
        }

        subsystem = Named(cgroup[..equals]);
        path = cgroup[(equals + 1)..];
        return true;
    }

    /// <summary>Appends all cgroups of a thread; false when it has none.</summary>
    public static bool AppendCgroups(TextBuffer text, ByteText cgroups)
    {
        ReadOnlySpan<byte> rest = cgroups.Span;
        while (TryTakeCgroup(ref rest, out ReadOnlySpan<byte> subsystem, out ReadOnlySpan<byte> path))
        {
            if (text.Length > 0)
                text.Append((byte)' ');
            text.Append(subsystem);
            text.Append((byte)'=');
            text.Append(path);
        }

        return text.Length > 0;
    }

    private static ReadOnlySpan<byte> Named(ReadOnlySpan<byte> subsystem)
    {
        if (subsystem.EndsWith("_cgroup"u8))
            subsystem = subsystem[..^"_cgroup".Length];
        return subsystem.SequenceEqual("perf"u8) ? "perf_event"u8
            : subsystem.SequenceEqual("mem"u8) ? "memory"u8
            : subsystem.SequenceEqual("io"u8) ? "blkio"u8
            : subsystem;
    }
}
