using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Scap;

namespace Tracers.Completion;

/// <summary>The names in captures, for Tab: of small ones only, within a second, and remembered as long as the files do not change.</summary>
internal static class CapturesNames
{
    private const long LongestFile = 32 << 20;
    private const int MostRemembered = 8;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly Lock s_remembering = new();
    private static readonly List<(string Key, CaptureNames Names)> s_remembered = [];

    /// <summary>The names in all of these files together; null when there is none that can be read now.</summary>
    public static CaptureNames? Read(IReadOnlyList<string> files)
    {
        // What Tab took out of a pipe, the command would not find there any more.
        FileInfo[] found = [.. files.Select(static path => new FileInfo(path)).Where(static file => file.Exists && !ByteSource.IsSequential(file.FullName))];
        if (found.Length == 0 || found.Sum(static file => file.Length) > LongestFile)
            return null;

        string key = string.Join('\n', found.Select(static file => $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}"));
        lock (s_remembering)
        {
            int at = s_remembered.FindIndex(entry => entry.Key == key);
            if (at >= 0)
                return s_remembered[at].Names;
        }

        CaptureNames names = new();
        using CancellationTokenSource patience = new(s_patience);
        bool all = found.All(file => TryRead(file.FullName, names, patience.Token));
        if (all)
            Remember(key, names);
        return names;
    }

    // False when the time was up. What was read until then is worth offering, but not worth remembering.
    private static bool TryRead(string path, CaptureNames names, CancellationToken patience)
    {
        try
        {
            using CaptureFile file = new(path, keepArguments: false, patience);
            file.ReadNames(names);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception e) when (e is ScapFormatException or IOException or UnauthorizedAccessException)
        {
            // Not a capture, or the end is missing: what is whole can be completed, and the command will say the rest.
        }

        return true;
    }

    private static void Remember(string key, CaptureNames names)
    {
        lock (s_remembering)
        {
            if (s_remembered.Count == MostRemembered)
                s_remembered.RemoveAt(0);
            s_remembered.Add((key, names));
        }
    }
}
