namespace Tracers.Tests.PowerShell;

/// <summary>An empty folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("tracers-").FullName;

    /// <summary>Makes a file with this content and returns its full path.</summary>
    public string File(string name, string content = "x")
    {
        string path = Path.Join(FullName, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
