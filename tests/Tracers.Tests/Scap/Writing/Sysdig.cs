using System.Diagnostics;
using Xunit;

namespace Tracers.Tests.Scap.Writing;

/// <summary>Runs sysdig, whose answers are the measure of what we write.</summary>
internal static class Sysdig
{
    private const string Binary = "/usr/bin/sysdig";

    /// <summary>What sysdig prints for a file that it must read without complaint; the test is skipped where there is no sysdig.</summary>
    public static string Read(string path, params IEnumerable<string> arguments)
    {
        (int exitCode, string output, string error) = Run(path, arguments);
        Assert.True(exitCode == 0 && error.Length == 0, $"sysdig ended with {exitCode}: {error}");
        return output;
    }

    /// <summary>What sysdig prints, also if it fails.</summary>
    public static (int ExitCode, string Output, string Error) Run(string path, params IEnumerable<string> arguments)
    {
        Skip.IfNot(File.Exists(Binary), "sysdig is not installed: apt-get install sysdig");
        ProcessStartInfo start = new(Binary, ["-r", path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TZ"] = "UTC";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
