namespace Tracers.Demo;

/// <summary>A temporary folder with the files that can be downloaded. It goes with the service.</summary>
internal sealed class ServiceFolder : IDisposable
{
    private const long MB = 1 << 20;
    private const long LargeBytes = 512 * MB;
    private const long SmallerBytes = 64 * MB;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracers-demo-");

    public ServiceFolder(TextWriter output)
    {
        long large = LargeBytes;
        if (new DriveInfo(_folder.FullName).AvailableFreeSpace < 2 * LargeBytes)
        {
            large = SmallerBytes;
            output.WriteLine($"There is little space for {_folder.FullName}: the largest download has {large / MB} MB instead of {LargeBytes / MB}.");
        }

        Downloads = [Create("notes.txt", 20 << 10), Create("photo.jpg", 2 * MB), Create("song.flac", 24 * MB), Create("disk.img", large)];
    }

    public string Path => _folder.FullName;

    /// <summary>The paths of the files, the smallest first.</summary>
    public IReadOnlyList<string> Downloads { get; }

    public string PathOf(string name) => System.IO.Path.Join(Path, name);

    public void Dispose() => _folder.Delete(recursive: true);

    // A file of nothing but zeros takes no space where the file system knows holes.
    private string Create(string name, long bytes)
    {
        string path = PathOf(name);
        using FileStream file = File.Create(path);
        file.SetLength(bytes);
        return path;
    }
}
