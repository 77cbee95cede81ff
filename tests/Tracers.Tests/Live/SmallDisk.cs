using System.Diagnostics;
using Xunit;

namespace Tracers.Tests.Live;

/// <summary>A folder with room for four megabytes, in memory, until it is disposed of. Where none can be made the test is skipped.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _path;

    public SmallDisk(string path)
    {
        _path = path;
        Directory.CreateDirectory(path);
        Skip.If(Run("mount", "-t", "tmpfs", "-o", "size=4m", "tracers", path) != 0, "A tmpfs cannot be mounted here.");
    }

    public void Dispose() => Assert.Equal(0, Run("umount", _path));

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
