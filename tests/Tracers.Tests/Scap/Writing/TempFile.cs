namespace Tracers.Tests.Scap.Writing;

/// <summary>The path of a file that is gone after the test.</summary>
internal sealed class TempFile : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"tracers-{Guid.NewGuid():N}.scap");

    public void Dispose() => File.Delete(Path);
}
