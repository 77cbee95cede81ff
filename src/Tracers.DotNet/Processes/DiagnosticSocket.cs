using System.Globalization;
using System.Text;
using Tracers.Engine.Capture.Linux.Snapshot;

namespace Tracers.DotNet.Processes;

/// <summary>Finds the socket that a runtime listens on: <c>dotnet-diagnostic-PID-STARTTIME-socket</c> in its folder for temporary files.</summary>
internal static class DiagnosticSocket
{
    private const string DefaultFolder = "/tmp";
    private const string Variable = "TMPDIR=";

    /// <summary>Path of the socket, as this process can open it; null when there is none.</summary>
    /// <remarks>A container has files of its own: they are reached through the root that the process has, and the name has the pid that it has there.</remarks>
    public static string? Find(ProcFolder proc, ProcessFacts process)
    {
        string root = string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Pid}/root");
        string? folder = TemporaryFolder(proc, process.Pid);

        // The root of another account's process may not be looked into; its socket is then most often in the folder that all share.
        string name = string.Create(CultureInfo.InvariantCulture, $"dotnet-diagnostic-{process.OwnPid}-{process.StartTime}-socket");
        string[] folders = [root + (folder ?? DefaultFolder), root + DefaultFolder, DefaultFolder];
        return Array.ConvertAll(folders, f => Path.Join(f, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>Whether the environment of a process switches its diagnostics off; false too where it may not be seen.</summary>
    public static bool IsSwitchedOff(ProcFolder proc, int pid)
    {
        ReadOnlySpan<byte> environment = proc.Read((uint)pid, "environ"u8);
        foreach (Range range in environment.Split((byte)0))
        {
            ReadOnlySpan<byte> variable = environment[range];
            if (variable.EndsWith("=0"u8) && (variable.IndexOf("_EnableDiagnostics="u8) >= 0 || variable.IndexOf("_EnableDiagnostics_IPC="u8) >= 0))
                return true;
        }

        return false;
    }

    private static string? TemporaryFolder(ProcFolder proc, int pid)
    {
        ReadOnlySpan<byte> environment = proc.Read((uint)pid, "environ"u8);
        foreach (Range range in environment.Split((byte)0))
        {
            if (environment[range].StartsWith("TMPDIR=/"u8))
                return Encoding.UTF8.GetString(environment[range][Variable.Length..]).TrimEnd('/');
        }

        return null;
    }
}
