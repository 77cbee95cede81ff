namespace Tracers.Page.Binding;

/// <summary>A file of the page's sources.</summary>
internal sealed class SourceFile
{
    private readonly string _folder;

    /// <param name="path">Its full path.</param>
    /// <param name="folder">The folder of the page.</param>
    public SourceFile(string path, string folder)
    {
        Path = path;
        _folder = folder;
        Text = File.ReadAllText(path).ReplaceLineEndings("\n");
    }

    public string Path { get; }

    public string Text { get; }

    /// <summary>Whether others wrote it: it lies in a folder of its own, with its licence, and is taken as it is.</summary>
    public bool IsForeign => System.IO.Path.GetDirectoryName(Path) != _folder;

    /// <summary>The licence of a file that others wrote; null where there is none.</summary>
    public string? Licence
    {
        get
        {
            string path = System.IO.Path.Join(System.IO.Path.GetDirectoryName(Path), "LICENSE");
            return IsForeign && File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n").Trim() : null;
        }
    }

    /// <summary>A finding at a place in the text.</summary>
    /// <param name="index">The place, from 0.</param>
    /// <param name="message">What is wrong.</param>
    public Finding At(int index, string message)
    {
        ReadOnlySpan<char> before = Text.AsSpan(0, Math.Clamp(index, 0, Text.Length));
        return new(Path, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'), message);
    }
}
