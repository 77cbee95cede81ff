using System.Globalization;
using System.Text;

namespace Tracers.Completion;

/// <summary>A process of this machine, as Tab needs it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name (comm), which the kernel cuts to 15 bytes.</param>
/// <param name="CommandLine">Its program and arguments.</param>
internal readonly record struct RunningProcess(int Id, string Name, string CommandLine)
{
    private const string Proc = "/proc";
    private const int LongestCommandLine = 100;

    /// <summary>All processes that make system calls; none where there is no /proc.</summary>
    public static IEnumerable<RunningProcess> All()
    {
        if (!Directory.Exists(Proc))
            yield break;
        foreach (string folder in Directory.EnumerateDirectories(Proc))
        {
            // Threads of the kernel have no command line.
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && Read(folder, "comm") is { Length: > 0 } name && Read(folder, "cmdline") is { Length: > 0 } arguments)
            {
                string line = arguments.TrimEnd('\0').Replace('\0', ' ');
                yield return new RunningProcess(id, name.TrimEnd('\n'), line.Length > LongestCommandLine ? $"{line.AsSpan(0, LongestCommandLine)}..." : line);
            }
        }
    }

    /// <summary>A file of the process; null when it has ended.</summary>
    public string? Read(string file) => Read(Path.Join(Proc, Id.ToString(CultureInfo.InvariantCulture)), file);

    private static string? Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Join(folder, file), Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
