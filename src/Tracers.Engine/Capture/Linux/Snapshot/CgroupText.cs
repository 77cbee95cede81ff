using Tracers.Engine.Scap;

namespace Tracers.Engine.Capture.Linux.Snapshot;

/// <summary>Makes the format's cgroups of what <c>/proc/TID/cgroup</c> says.</summary>
/// <remarks>
/// The five controllers that sysdig's driver writes, in its order, then the named hierarchies, by which some engines know their
/// containers. A controller that no v1 hierarchy has is one of the v2 hierarchy.
/// </remarks>
internal static class CgroupText
{
    /// <summary>Most bytes that the format has for them.</summary>
    public const int Limit = 4096;

    /// <summary>Writes them, each as <c>subsystem=path</c> and a NUL; what does not fit is left out.</summary>
    /// <param name="lines">Lines as <c>number:controllers:path</c>.</param>
    /// <param name="target">At least <see cref="Limit"/> bytes.</param>
    /// <returns>Bytes written; 0 when the lines say nothing.</returns>
    public static int Write(ReadOnlySpan<byte> lines, Span<byte> target)
    {
        if (lines.IsEmpty)
            return 0;
        int length = 0;
        Add(lines, "cpuset"u8, "cpuset"u8, target, ref length);
        Add(lines, "cpu"u8, "cpu"u8, target, ref length);
        Add(lines, "cpuacct"u8, "cpuacct"u8, target, ref length);
        Add(lines, "blkio"u8, "io"u8, target, ref length);
        Add(lines, "memory"u8, "memory"u8, target, ref length);
        while (TryNext(ref lines, out ReadOnlySpan<byte> controllers, out ReadOnlySpan<byte> path))
        {
            if (controllers.StartsWith("name="u8))
                Append(controllers, path, target, ref length);
        }

        return length;
    }

    /// <summary>Path in the v2 hierarchy; empty where there is none.</summary>
    public static ReadOnlySpan<byte> UnifiedPath(ReadOnlySpan<byte> lines)
    {
        while (TryNext(ref lines, out ReadOnlySpan<byte> controllers, out ReadOnlySpan<byte> path))
        {
            if (controllers.IsEmpty)
                return path;
        }

        return default;
    }

    /// <summary>Whether any hierarchy is of v1: then the path in the v2 hierarchy says little.</summary>
    public static bool HasVersion1(ReadOnlySpan<byte> lines)
    {
        while (TryNext(ref lines, out ReadOnlySpan<byte> controllers, out _))
        {
            if (!controllers.IsEmpty)
                return true;
        }

        return false;
    }

    private static void Add(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> controller, ReadOnlySpan<byte> name, Span<byte> target, ref int length)
    {
        ReadOnlySpan<byte> unified = default, rest = lines;
        while (TryNext(ref rest, out ReadOnlySpan<byte> controllers, out ReadOnlySpan<byte> path))
        {
            if (controllers.IsEmpty)
                unified = path;
            else if (Has(controllers, controller))
            {
                Append(name, path, target, ref length);
                return;
            }
        }

        if (!unified.IsEmpty)
            Append(name, unified, target, ref length);
    }

    private static bool Has(ReadOnlySpan<byte> controllers, ReadOnlySpan<byte> controller)
    {
        foreach (Range range in controllers.Split((byte)','))
        {
            if (controllers[range].SequenceEqual(controller))
                return true;
        }

        return false;
    }

    private static void Append(ReadOnlySpan<byte> name, ReadOnlySpan<byte> path, Span<byte> target, ref int length)
    {
        if (length + name.Length + path.Length + 2 > Limit)
            return;
        name.CopyTo(target[length..]);
        length += name.Length;
        target[length++] = (byte)'=';
        path.CopyTo(target[length..]);
        length += path.Length;
        target[length++] = 0;
    }

    private static bool TryNext(scoped ref ReadOnlySpan<byte> lines, out ReadOnlySpan<byte> controllers, out ReadOnlySpan<byte> path)
    {
        while (!lines.IsEmpty)
        {
            int end = lines.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? default : lines[(end + 1)..];

            // A path may have colons, the two fields before it have none.
            int first = line.IndexOf((byte)':');
            int second = first < 0 ? -1 : line[(first + 1)..].IndexOf((byte)':');
            if (second < 0)
                continue;
            controllers = line.Slice(first + 1, second);
            path = line[(first + second + 2)..].UntilNul();
            return true;
        }

        controllers = path = default;
        return false;
    }
}
