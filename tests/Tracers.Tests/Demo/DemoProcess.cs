using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Demo;

/// <summary>The built demo as a process of its own.</summary>
internal sealed partial class DemoProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _error;

    private DemoProcess(string program, IEnumerable<string> arguments)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The program's file, in the configuration of this test.</summary>
    public static string Program { get; } = Repository.PathOf(
        $"src/Tracers.Demo/bin/{new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name}/net10.0/Tracers.Demo.dll");

    public string Error => _error.Result;

    /// <summary>Starts it.</summary>
    public static DemoProcess Start(params string[] arguments) => new("dotnet", ["exec", Program, .. arguments]);

    /// <summary>Starts it under a program that is given its command line.</summary>
    public static DemoProcess StartUnder(string program, string[] options, params string[] arguments) =>
        new(program, [.. options, "dotnet", "exec", Program, .. arguments]);

    /// <summary>The address that it serves at, once it does, and the folder of its files.</summary>
    public (Uri Address, string Folder) WaitUntilItServes()
    {
        string? line = _process.StandardOutput.ReadLineAsync().WaitAsync(s_patience).GetAwaiter().GetResult();
        Match serves = Serves().Match(line ?? "");
        Assert.True(serves.Success, $"{line}\n{(line is null ? Error : "")}");
        return (new Uri(serves.Groups["address"].Value), serves.Groups["folder"].Value);
    }

    /// <summary>Waits for its end and gives the exit code and what it wrote.</summary>
    public (int Code, string Output) Finish()
    {
        string output = _process.StandardOutput.ReadToEndAsync().WaitAsync(s_patience).GetAwaiter().GetResult();
        Assert.True(_process.WaitForExit(s_patience), "The demo did not end.");
        return (_process.ExitCode, output);
    }

    /// <summary>Asks it to end.</summary>
    public void Terminate()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        // Asked first: it takes its files away with it.
        if (!_process.HasExited && !OperatingSystem.IsWindows()) Terminate();
        if (OperatingSystem.IsWindows() || !_process.WaitForExit(s_patience)) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    [GeneratedRegex("^(?<address>http://127.0.0.1:[0-9]+) serves .* from (?<folder>.*)$")]
    private static partial Regex Serves();
}
