namespace Tracers.Shell;

/// <summary>Finds the module's manifest: beside the shell in its package, or at the top of the checkout that it was built in.</summary>
internal static class ModuleManifest
{
    private const string FileName = "Tracers.psd1";

    /// <summary>Walks up from a folder to the first one that holds the manifest; null when there is none.</summary>
    public static string? Find(string folder)
    {
        for (var directory = new DirectoryInfo(folder); directory is not null; directory = directory.Parent)
        {
            string path = Path.Combine(directory.FullName, FileName);
            if (File.Exists(path))
                return path;
        }

        return null;
    }
}
