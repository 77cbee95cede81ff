using System.Diagnostics;
using System.Globalization;

namespace Tracers.Demo;

/// <summary>The load as a process of its own: what the clients do is not to be taken for the service's work.</summary>
internal static class LoadProcess
{
    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(int port, DemoOptions options, CancellationToken ending)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!);
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(LoadProcess).Assembly.Location);
        start.ArgumentList.Add("load");
        Add("--port", port);
        Add("--clients", options.Clients);
        Add("--seconds", options.Seconds);
        using Process load = Process.Start(start)!;
        try
        {
            await load.WaitForExitAsync(ending);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C in a terminal has reached the load as well; a signal to this process alone has not.
            load.Kill();
            await load.WaitForExitAsync(CancellationToken.None);
        }

        return load.ExitCode;

        void Add(string name, int? value)
        {
            if (value is not { } number) return;
            start.ArgumentList.Add(name);
            start.ArgumentList.Add(number.ToString(CultureInfo.InvariantCulture));
        }
    }
}
