using System.Diagnostics;
using Xunit;

namespace Tracers.Tests.Live;

/// <summary>A run of the workload that the test can meet on the way.</summary>
internal sealed class WorkloadProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Task<string> _error;

    /// <summary>Starts it in a folder.</summary>
    public WorkloadProcess(string program, string folder, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    public int Pid => _process.Id;

    /// <summary>What a run that needs no meeting was.</summary>
    /// <returns>Its pid.</returns>
    public static int Run(string program, string folder, params IEnumerable<string> arguments)
    {
        using WorkloadProcess run = new(program, folder, arguments);
        run.End();
        return run.Pid;
    }

    /// <summary>Waits until it says that it is there.</summary>
    public void Meet() => Assert.Equal("ready", _process.StandardOutput.ReadLine());

    /// <summary>Waits until it sleeps in the call with which it waits for the test.</summary>
    public void WaitUntilItWaits() => Assert.True(
        SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{Pid}/stat") is var stat && stat[(stat.LastIndexOf(')') + 2)..].StartsWith('S'), s_patience), "the workload does not wait");

    /// <summary>Lets it go on.</summary>
    public void GoOn()
    {
        _process.StandardInput.Write('\n');
        _process.StandardInput.Flush();
    }

    /// <summary>Waits for its end, which has to be a good one.</summary>
    public void End()
    {
        _process.StandardInput.Close();
        Assert.True(_process.WaitForExit(s_patience), "the workload does not end");
        Assert.True(_process.ExitCode == 0, $"the workload ended with {_process.ExitCode}: {_error.GetAwaiter().GetResult()}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
