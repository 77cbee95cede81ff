using System.Diagnostics;
using System.Text.RegularExpressions;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.DotNet;

/// <summary>The test service as a process of its own.</summary>
internal sealed partial class DotNetService : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private DotNetService(bool http2, IReadOnlyDictionary<string, string> environment)
    {
        ProcessStartInfo start = new("dotnet", ["exec", Program, .. http2 ? ["--http2"] : Array.Empty<string>()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        string? line = _process.StandardOutput.ReadLineAsync().WaitAsync(s_patience).GetAwaiter().GetResult();
        Match listening = Listening().Match(line ?? "");
        Assert.True(listening.Success, $"The service said '{line}'.");
        Address = new Uri(listening.Groups["address"].Value);
        Http2Address = http2 ? new Uri(listening.Groups["http2"].Value) : null;
    }

    /// <summary>The program's file, in the configuration of this test.</summary>
    public static string Program { get; } = Repository.PathOf(
        $"tests/Tracers.TestService/bin/{new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name}/net10.0/Tracers.TestService.dll");

    /// <summary>The startup hook, in the configuration of this test.</summary>
    public static string Hook { get; } = Repository.PathOf(
        $"src/Tracers.StartupHook/bin/{new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name}/net8.0/Tracers.StartupHook.dll");

    public int Pid => _process.Id;

    /// <summary>Where it serves HTTP/1.1.</summary>
    public Uri Address { get; }

    /// <summary>Where it serves HTTP/2 without TLS; null where it was not asked to.</summary>
    public Uri? Http2Address { get; }

    /// <summary>Starts it and waits until it serves.</summary>
    /// <param name="http2">Whether it serves HTTP/2 too.</param>
    /// <param name="environment">Variables that it is given beside those of this process.</param>
    public static DotNetService Start(bool http2 = false, params (string Name, string Value)[] environment) =>
        new(http2, environment.ToDictionary(v => v.Name, v => v.Value));

    /// <summary>Ends it in good order.</summary>
    public void Stop()
    {
        _process.StandardInput.Close();
        Assert.True(_process.WaitForExit(s_patience), "The service did not end.");
    }

    /// <summary>Ends it at once, as kill -9 does.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(s_patience))
                _process.Kill();
        }

        _process.Dispose();
    }

    [GeneratedRegex("^listening on (?<address>http://127.0.0.1:[0-9]+)( and (?<http2>http://127.0.0.1:[0-9]+))?$")]
    private static partial Regex Listening();
}
