using System.Diagnostics;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>A generated capture of a busy server: 16 MB, four processes, a fixed seed. Made once for all tests, gone with them.</summary>
public sealed class LoadCapture : IDisposable
{
    private readonly TempFile _file = new();
    private bool _made;

    /// <summary>Its path; the test is skipped where the generator or its interpreter is missing.</summary>
    public string Path
    {
        get
        {
            if (_made)
                return _file.Path;
            Make(_file.Path, "16", "1", "4");

            // Of a file that was written just now its reader looks whether it still is.
            File.SetLastWriteTimeUtc(_file.Path, DateTime.UtcNow.AddHours(-1));
            _made = true;
            return _file.Path;
        }
    }

    /// <summary>Generates a capture; the test is skipped where the generator or its interpreter is missing.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="arguments">Megabytes, seed and processes.</param>
    public static void Make(string path, params IEnumerable<string> arguments)
    {
        string generator = Repository.Shared("tools/make_load_capture.py");
        Skip.IfNot(File.Exists("/usr/bin/python3"), "no python3 to generate a load capture");
        ProcessStartInfo start = new("/usr/bin/python3", [generator, path, .. arguments]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    public void Dispose() => _file.Dispose();
}
