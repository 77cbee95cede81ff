using System.Globalization;
using System.Text.RegularExpressions;

namespace Tracers.DotNet.Processes;

/// <summary>The runtime that a process has mapped.</summary>
/// <param name="Version">Its version, where its folder is named by it; null in an application that brings its own runtime.</param>
internal readonly partial record struct LoadedRuntime(string? Version)
{
    private const string Library = "/libcoreclr.so";

    /// <summary>The mapped runtime; null when there is none, or another account's process does not say.</summary>
    public static LoadedRuntime? Find(int pid)
    {
        try
        {
            foreach (string line in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/maps")))
            {
                if (line.Contains(Library, StringComparison.Ordinal))
                    return new LoadedRuntime(VersionFolder.Match(line) is { Success: true } folder ? folder.Groups[1].Value : null);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or not ours to look into.
        }

        return null;
    }

    [GeneratedRegex(@"/Microsoft\.NETCore\.App/([^/]+)/libcoreclr\.so")]
    private static partial Regex VersionFolder { get; }
}
