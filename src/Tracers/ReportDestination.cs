namespace Tracers;

/// <summary>Where the reports of captures are written.</summary>
/// <param name="path">A file, or a folder that is there: in that a report has its capture's name.</param>
internal sealed class ReportDestination(string path)
{
    private const string Extension = ".html";

    // What goes from the end of a capture's name. The number of one in a row of files stays: they are captures of their own.
    private static readonly string[] s_captureExtensions = [".gz", ".scap", ".nettrace", ".etl"];

    private readonly bool _isFolder = Directory.Exists(path);

    /// <summary>The file for the report of a capture.</summary>
    public string For(string capture) => _isFolder ? Path.Join(path, NameFor(capture)) : path;

    private static string NameFor(string capture)
    {
        string name = Path.GetFileName(capture);
        foreach (string extension in s_captureExtensions)
        {
            if (name.Length > extension.Length && name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                name = name[..^extension.Length];
        }

        return name + Extension;
    }
}
