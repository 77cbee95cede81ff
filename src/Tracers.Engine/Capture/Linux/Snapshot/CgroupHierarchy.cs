using System.Text;
using Tracers.Engine.Scap.Linux;
using Tracers.Engine.State;

namespace Tracers.Engine.Capture.Linux.Snapshot;

/// <summary>The folders of the v2 hierarchy: the inode number of each is the id of its cgroup.</summary>
internal static class CgroupHierarchy
{
    private const int ShortIdLength = 12;

    /// <summary>Where it is mounted; null when it is not.</summary>
    public static string? FindMount(ProcFolder proc)
    {
        ReadOnlySpan<byte> mounts = proc.Read("self/mounts"u8);
        foreach (Range range in mounts.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = mounts[range];
            int folder = line.IndexOf((byte)' ') + 1;
            int folderEnd = folder + Math.Max(line[folder..].IndexOf((byte)' '), 0);
            if (folder > 0 && line[folderEnd..].StartsWith(" cgroup2 "u8))
                return Encoding.UTF8.GetString(line[folder..folderEnd]).Replace("\\040", " ", StringComparison.Ordinal);
        }

        return null;
    }

    /// <summary>Id of the cgroup at a path below the mount; null when there is none.</summary>
    public static ulong? IdOf(string mount, ReadOnlySpan<byte> path) => FileStatus.Of(mount + Encoding.UTF8.GetString(path))?.Inode;

    /// <summary>Ids of the cgroups of containers, and of all cgroups inside of them.</summary>
    /// <param name="mount">Where the v2 hierarchy is mounted; null for nowhere.</param>
    /// <param name="containers">Ids of containers, or how they begin.</param>
    /// <exception cref="CaptureStartException">One of them is not there, or there is no such hierarchy.</exception>
    public static IReadOnlyCollection<ulong> Resolve(string? mount, IReadOnlyList<string> containers)
    {
        if (mount is null)
        {
            throw new CaptureStartException(
                CaptureStartFailure.Option,
                $"Containers cannot be told apart: no cgroup v2 hierarchy is mounted (/proc/self/mounts has none of type cgroup2). Looked for container '{string.Join("', '", containers)}'. "
                + "Mount one with 'mount -t cgroup2 none /sys/fs/cgroup/unified', or select by process.");
        }

        HashSet<ulong> ids = [];
        bool[] found = new bool[containers.Count];
        int folders = Walk(mount, "", containers, found, isInside: false, ids);
        int missing = Array.IndexOf(found, false);
        if (missing >= 0)
        {
            throw new CaptureStartException(
                CaptureStartFailure.Option,
                $"No running container has an id that begins with '{containers[missing]}': none of the {folders} cgroups below '{mount}' is one's. "
                + "Containers that have cgroups in v1 hierarchies only cannot be selected by id; select their first process and its children instead.");
        }

        return ids;
    }

    private static int Walk(string mount, string path, IReadOnlyList<string> containers, bool[] found, bool isInside, HashSet<ulong> ids)
    {
        if (path.Length != 0)
        {
            for (int i = 0; i < containers.Count; i++)
            {
                if (IsOf(path, containers[i]))
                    isInside = found[i] = true;
            }
        }

        if (isInside && FileStatus.Of(mount + path) is { } status)
            ids.Add(status.Inode);
        int folders = 1;
        foreach (string folder in Folders(mount + path))
            folders += Walk(mount, folder[mount.Length..], containers, found, isInside, ids);
        return folders;
    }

    private static bool IsOf(string path, string container)
    {
        ReadOnlySpan<byte> id = ContainerPatterns.Find(Encoding.UTF8.GetBytes($"cgroup={path}"), default, out _);
        if (id.IsEmpty)
            return false;
        string text = Encoding.UTF8.GetString(id);
        return text.StartsWith(container, StringComparison.OrdinalIgnoreCase)
            || (text.Length == ShortIdLength && container.Length > ShortIdLength && path.Contains(container, StringComparison.OrdinalIgnoreCase));
    }

    private static string[] Folders(string folder)
    {
        try
        {
            return Directory.GetDirectories(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It was removed since it was listed.
            return [];
        }
    }
}
