using System.ComponentModel;
using System.Diagnostics;

namespace Tracers;

/// <summary>Opens a file with the program that the desktop has for it.</summary>
internal static class DesktopOpener
{
    private const int NotFound = 127;

    // What has not failed by then is a browser at work.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Opens a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <returns>Null when it is open or on its way, else why it is not.</returns>
    public static string? TryOpen(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                using Process? program = Process.Start(new ProcessStartInfo(path) { UseShellExecute = true });
                return null;
            }

            return OpenWith(OperatingSystem.IsMacOS() ? "open" : "xdg-open", path);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return e.Message;
        }
    }

    // Through a shell, so that a browser holds nothing of this process's terminal or pipes.
    /// <summary>Opens a file with a program; the rest is as with <see cref="TryOpen"/>.</summary>
    internal static string? OpenWith(string program, string path)
    {
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$1\" \"$2\" </dev/null >/dev/null 2>&1", "sh", program, path]))!;
        if (!shell.WaitForExit(s_patience) || shell.ExitCode == 0)
            return null;
        return shell.ExitCode == NotFound ? $"there is no {program} here." : $"{program} has failed with {shell.ExitCode}.";
    }
}
