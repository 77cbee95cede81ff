namespace Tracers.Shell;

/// <summary>Finds the module's manifest: beside the shell in its package, or at the top of the checkout that it was built in.</summary>
internal static class ModuleManifest
{
    private const string FileName = "Tracers.psd1";
    private const string TopMark = "Tracers.slnx";

    /// <summary>Looks in the shell's own folder and at the top of the checkout around it, nowhere else; null when there is none.</summary>
    public static string? Find(string folder)
    {
        string beside = Path.Combine(folder, FileName);
        if (File.Exists(beside))
            return beside;

        DirectoryInfo? top = new(folder);
        while (top is not null && !File.Exists(Path.Combine(top.FullName, TopMark)))
            top = top.Parent;
        return top is not null && Path.Combine(top.FullName, FileName) is var path && File.Exists(path) ? path : null;
    }
}
