namespace Tracers.Tests.PowerShell;

/// <summary>Where the module is that the tests import: the real manifest over the assemblies in the tests' own output.</summary>
/// <remarks>
/// The assemblies must be those that the tests are compiled against: a second copy of Tracers.dll would have types of the
/// same names that are not the same types. So the manifest and what it loads are laid out in a folder under the output.
/// </remarks>
internal static class ModuleUnderTest
{
    private const string Manifest = "Tracers.psd1";
    private const string ModuleFolder = "module";
    private const string BinFolder = "bin";
    private const string HelpFolder = "en-US";

    private static readonly Lazy<string> s_importPath = new(LayOut);

    /// <summary>The manifest; only Tracers.dll in a checkout that has no manifest.</summary>
    public static string ImportPath => s_importPath.Value;

    private static string LayOut()
    {
        string output = AppContext.BaseDirectory;
        string assembly = Path.Join(output, "Tracers.dll");
        if (FindRoot(output) is not { } root)
        {
            return assembly;
        }

        string target = Path.Join(output, "module-under-test");
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        CopyFolder(Path.Join(root, ModuleFolder), Path.Join(target, ModuleFolder));
        string bin = Directory.CreateDirectory(Path.Join(target, ModuleFolder, BinFolder)).FullName;
        File.Copy(assembly, Path.Join(bin, "Tracers.dll"));
        foreach (string name in (string[])["Tracers.Engine.dll", "Tracers.Marks.dll"])
            File.Copy(Path.Join(output, name), Path.Join(bin, name));
        File.Copy(Path.Join(root, Manifest), Path.Join(target, Manifest));
        LayOutHelp(Path.Join(root, ModuleFolder, HelpFolder), Path.Join(bin, HelpFolder), Path.Join(target, HelpFolder));
        return Path.Join(target, Manifest);
    }

    // As the build does: a command's help is found beside its assembly, topics only beside the manifest.
    private static void LayOutHelp(string source, string commands, string topics)
    {
        Directory.CreateDirectory(commands);
        Directory.CreateDirectory(topics);
        foreach (string file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Join(file.EndsWith(".xml", StringComparison.Ordinal) ? commands : topics, Path.GetFileName(file)));
        }
    }

    private static string? FindRoot(string from)
    {
        for (DirectoryInfo? folder = new(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Join(folder.FullName, Manifest)))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    private static void CopyFolder(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (string file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Join(target, Path.GetFileName(file)));
        }

        foreach (string folder in Directory.EnumerateDirectories(source))
        {
            if (Path.GetFileName(folder) != BinFolder)
            {
                CopyFolder(folder, Path.Join(target, Path.GetFileName(folder)));
            }
        }
    }
}
