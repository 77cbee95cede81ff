using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace Tracers;

/// <summary>The file that a command was told to write.</summary>
internal static class ExportDestination
{
    /// <summary>Finds it. What is no file that may be written ends the command with an error.</summary>
    /// <param name="command">The command.</param>
    /// <param name="destination">The path as the user gave it.</param>
    /// <param name="force">Whether a file that is there may be replaced.</param>
    /// <param name="example">A name that such a file could have.</param>
    public static DestinationFile Resolve(PSCmdlet command, string destination, bool force, string example)
    {
        string path = PathOf(command, destination);
        if (Directory.Exists(path))
            command.ThrowTerminatingError(TracerErrors.DestinationIsDirectory(path, example));
        if (File.Exists(path) && !force)
            command.ThrowTerminatingError(TracerErrors.DestinationExists(path));
        return new DestinationFile(path);
    }

    /// <summary>The full path of a file or folder, whether it is there or not. A path of something else ends the command with an error.</summary>
    public static string PathOf(PSCmdlet command, string destination)
    {
        string path = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(destination, out ProviderInfo provider, out _);
        if (!string.Equals(provider.Name, FileSystemProvider.ProviderName, StringComparison.Ordinal))
            command.ThrowTerminatingError(TracerErrors.NotAFileSystemPath(destination, provider.Name));
        return path;
    }
}
