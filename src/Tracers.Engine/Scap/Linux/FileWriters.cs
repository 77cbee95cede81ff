namespace Tracers.Engine.Scap.Linux;

/// <summary>Finds out who writes to a file.</summary>
internal static class FileWriters
{
    private const int AccessMode = 3;

    // A process that is being started has what its parent had open, until it runs its program; the parent may have closed the file since.
    private static readonly TimeSpan s_start = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether a process has this file open for writing, as far as this user may see. False for a pipe: its end says that nobody has.</summary>
    /// <remarks>Looks at every descriptor of every process: some milliseconds, to be spent only on a file that ends too early.</remarks>
    public static bool Exist(string path, CancellationToken cancellation)
    {
        if (FileStatus.Of(path) is not { IsRegular: true } file)
            return false;

        foreach (string process in Entries("/proc"))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!char.IsAsciiDigit(process["/proc/".Length]))
                continue;
            foreach (string descriptor in Entries(process + "/fd"))
            {
                if (IsWriter(process, descriptor, file) && !cancellation.WaitHandle.WaitOne(s_start) && IsWriter(process, descriptor, file))
                    return true;
            }
        }

        return false;
    }

    private static string[] Entries(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process is gone, or is another user's.
            return [];
        }
    }

    private static bool IsWriter(string process, string descriptor, FileStatus file) =>
        FileStatus.Of(descriptor) is { } open && open.Inode == file.Inode && open.Device == file.Device && MayWrite(process, Path.GetFileName(descriptor));

    private static bool MayWrite(string process, string descriptor)
    {
        const string Label = "flags:";
        try
        {
            foreach (string line in File.ReadLines($"{process}/fdinfo/{descriptor}"))
            {
                if (line.StartsWith(Label, StringComparison.Ordinal))
                    return (Convert.ToInt32(line[Label.Length..].Trim(), 8) & AccessMode) != 0;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Closed since it was listed.
        }

        return false;
    }
}
